import { type Chapter, chapterLabel, matterOf } from './manuscript.ts';

/** An entry of the table of contents: what it is called, where it leads, and what stands below it. */
export type TocEntry = { label: string; href: string; children: TocEntry[] };

/** What stands in a chapter's documents, as far as a table of contents names it. */
export type ChapterPlace = {
  chapter: Chapter;
  /** Address of the chapter's first document. */
  href: string;
  headings: readonly { label: string; href: string }[];
};

/** The table of contents: chapters in their order with their headings, those of a part below the part. */
export function tocOf(places: readonly ChapterPlace[]): TocEntry[] {
  const top: TocEntry[] = [];
  let part: TocEntry | null = null;
  for (const [index, { chapter, href, headings }] of places.entries()) {
    const children = headings.map((heading) => ({ ...heading, children: [] }));
    const entry: TocEntry = { label: chapterLabel(chapter, index), href, children };
    if (chapter.role === 'part') part = entry;
    else if (matterOf(chapter) !== 'body') part = null;
    if (part === null || part === entry) top.push(entry);
    else part.children.push(entry);
  }
  return top;
}

/** How many levels a table of contents has. */
export function tocDepth(entries: readonly TocEntry[]): number {
  return entries.reduce((depth, entry) => Math.max(depth, 1 + tocDepth(entry.children)), 0);
}
