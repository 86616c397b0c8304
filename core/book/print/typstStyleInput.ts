import type { BookLayout } from './printLayout.ts';

/** What the rules of a page are made from. */
export type TypstStyleInput = {
  layout: BookLayout;
  title: string;
  authors: readonly string[];
  description: string | undefined;
  language: string;
  /** Author and title as they stand over pages, short enough for a line. */
  runningTitle: string;
  runningAuthor: string;
};
