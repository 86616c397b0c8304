import { create } from 'zustand';
import type { OpenDialog, SaveDialog } from '#core/contract/shell.ts';

/** What the file dialog of the interface is asked. */
export type FileQuestion = ({ kind: 'open' } & OpenDialog) | ({ kind: 'save' } & SaveDialog);

type FileQuestionState = {
  question: FileQuestion | null;
  /** Ends the question; an empty list means cancelled. */
  answer: (paths: string[]) => void;
};

/** The question that `files/FileDialog` shows, if any. */
export const useFileQuestion = create<FileQuestionState>(() => ({
  question: null,
  answer: () => {},
}));
