import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import type { CallOutput } from '#core/contract/contract.ts';
import { projectStore } from '../client/project.ts';
import { callOrNotify } from '../client/query.ts';
import { chooseToOpen } from '../client/shell.ts';
import { useBookState } from './bookState.ts';

const MANUSCRIPTS = [
  {
    name: 'Manuscripts',
    extensions: ['epub', 'docx', 'md', 'markdown', 'html', 'htm', 'xhtml', 'txt'],
  },
];

/** Makes a book with one empty chapter in the open project. */
export function newBook(): void {
  const open = projectStore.store.getState().open;
  if (open === null) return;
  const title = open.project.find('project', PROJECT_OBJECT_ID)?.name ?? 'Untitled book';
  const made = projectStore.edit([
    {
      type: 'book.create',
      metadata: {
        title,
        authors: [],
        language: navigator.language,
        identifier: `urn:uuid:${crypto.randomUUID()}`,
      },
      chapters: [{ title: '', blocks: [] }],
    },
  ]);
  const bookId = made.ok ? made.value[0]?.['bookId'] : undefined;
  if (typeof bookId === 'string') useBookState.setState({ bookId, chapterId: null, view: 'write' });
}

export type ImportReport = CallOutput<'book.import'>;

/** Asks for a manuscript and reads it into a new book; null when it was cancelled or could not be read. */
export async function importManuscript(): Promise<ImportReport | null> {
  const open = projectStore.store.getState().open;
  const [path] = await chooseToOpen({
    title: 'Import manuscript',
    choose: 'file',
    filters: MANUSCRIPTS,
  });
  if (open === null || path === undefined) return null;
  const answer = await callOrNotify('book.import', { projectId: open.projectId, path });
  if (answer === null) return null;
  useBookState.setState({ bookId: answer.bookId, chapterId: null, view: 'write' });
  return answer;
}
