import type { OpenDialog, SaveDialog } from '#core/contract/shell.ts';
import { type FileQuestion, useFileQuestion } from './fileQuestion.ts';

/** Whether this window belongs to the desktop shell, which has dialogs and a file manager of its own. */
export const isDesktop = window.inkreel !== undefined;

/** Asks for files or a folder to open: the system's dialog, or the one of the interface. Empty when cancelled. */
export function chooseToOpen(dialog: OpenDialog): Promise<string[]> {
  if (window.inkreel) return window.inkreel.chooseToOpen(dialog);
  return ask({ kind: 'open', ...dialog });
}

/** Asks where to save; a file that is there was agreed to be replaced. Null when cancelled. */
export async function chooseToSave(dialog: SaveDialog): Promise<string | null> {
  if (window.inkreel) return window.inkreel.chooseToSave(dialog);
  const [path = null] = await ask({ kind: 'save', ...dialog });
  return path;
}

/** Shows a file in the system's file manager; only where `isDesktop`. */
export function showInFolder(path: string): void {
  void window.inkreel?.showInFolder(path);
}

/** Paths of dropped files, where the shell knows them; a browser never tells. */
export function pathsOfFiles(files: Iterable<File>): string[] {
  return [...files].flatMap((file) => window.inkreel?.pathOfFile(file) ?? []);
}

function ask(question: FileQuestion): Promise<string[]> {
  return new Promise((resolve) => {
    useFileQuestion.getState().answer([]);
    useFileQuestion.setState({
      question,
      answer: (paths) => {
        useFileQuestion.setState({ question: null, answer: () => {} });
        resolve(paths);
      },
    });
  });
}
