import type { Editor } from '@tiptap/core';
import { create } from 'zustand';
import { recall, remember } from '../ui/remembered.ts';

type WritingState = {
  /** The editor that was written in last, which the toolbar and panels act on. */
  editor: Editor | null;
  chapterId: string | null;
  /** Nothing but the text. */
  isFocused: boolean;
  /** The line that is written stays at the same height of the window. */
  isTypewriter: boolean;
  /** Quotation marks, dashes and ellipses are set as they are typed. */
  isSmart: boolean;
  /** The picture whose description is being written. */
  picture: { editor: Editor; pos: number } | null;
};

/** How the writing room is set up now, and which text it acts on. */
export const useWriting = create<WritingState>(() => ({
  editor: null,
  chapterId: null,
  isFocused: false,
  isTypewriter: recall('book.typewriter', false),
  isSmart: recall('book.smart', true),
  picture: null,
}));

/** Turns a comfort on or off, and remembers it. */
export function toggleComfort(name: 'isTypewriter' | 'isSmart'): void {
  const on = !useWriting.getState()[name];
  remember(name === 'isSmart' ? 'book.smart' : 'book.typewriter', on);
  useWriting.setState(name === 'isSmart' ? { isSmart: on } : { isTypewriter: on });
}
