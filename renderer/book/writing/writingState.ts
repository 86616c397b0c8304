import type { Editor } from '@tiptap/core';
import type { Command } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { create } from 'zustand';
import { recall, remember } from '../../ui/remembered.ts';

/** A small question about the text, asked in a dialog. */
export type TextQuestion = 'link' | 'language' | 'comment' | null;

type WritingState = {
  /** The editor that was written in last, which the toolbar and panels act on. */
  editor: Editor | null;
  chapterId: string | null;
  /** The open footnote that is written in, whose text is an editor of its own. */
  noteView: EditorView | null;
  /** Nothing but the text. */
  isFocused: boolean;
  /** The line that is written stays at the same height of the window. */
  isTypewriter: boolean;
  /** Quotation marks, dashes and ellipses are set as they are typed. */
  isSmart: boolean;
  /** Misspelt words are underlined. */
  isSpelling: boolean;
  question: TextQuestion;
  /** The picture whose description is being written. */
  picture: { editor: Editor; pos: number } | null;
  /** The comment that was chosen last, in the text or in the list. */
  commentId: string | null;
};

/** How the writing room is set up now, and which text it acts on. */
export const useWriting = create<WritingState>(() => ({
  editor: null,
  chapterId: null,
  noteView: null,
  isFocused: false,
  isTypewriter: recall('book.isTypewriter', false),
  isSmart: recall('book.isSmart', true),
  isSpelling: recall('book.isSpelling', true),
  question: null,
  picture: null,
  commentId: null,
}));

/** Turns a comfort on or off, and remembers it. */
export function toggleComfort(name: 'isTypewriter' | 'isSmart' | 'isSpelling'): void {
  const on = !useWriting.getState()[name];
  remember(`book.${name}`, on);
  useWriting.setState({ [name]: on });
}

/** The text that is written in now: that of an open footnote, or of the chapter. */
export function activeView(): EditorView | null {
  const { noteView, editor } = useWriting.getState();
  if (noteView !== null && !noteView.isDestroyed) return noteView;
  return editor === null || editor.isDestroyed ? null : editor.view;
}

/** Does something to the text that is written in, and goes on writing. */
export function runInText(command: Command): boolean {
  const view = activeView();
  if (view === null || !view.editable) return false;
  const isDone = command(view.state, view.dispatch, view);
  view.focus();
  return isDone;
}
