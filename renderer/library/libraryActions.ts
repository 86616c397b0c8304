import type { ShelfBook } from '#core/contract/library.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { openProjectAt } from '../app/openings.ts';
import { goTo } from '../app/place.ts';
import { useBookState } from '../book/bookState.ts';
import { flushEdits } from '../client/flush.ts';
import { notify } from '../client/notices.ts';
import { projectStore } from '../client/project.ts';
import { callOrNotify, refresh } from '../client/query.ts';
import { openToRead } from '../reader/openToRead.ts';

/** Opens a book of the shelf in the book room. */
export async function openBook({ path, bookId }: ShelfBook): Promise<void> {
  await openProjectAt(path);
  if (projectStore.store.getState().open?.path !== path) return;
  useBookState.setState({ bookId, chapterId: null });
  goTo('book');
}

/** Opens a book of the shelf in the reader. */
export async function readBook({ path, bookId }: ShelfBook): Promise<void> {
  await openProjectAt(path);
  const { open } = projectStore.store.getState();
  if (open?.path === path) await openToRead({ projectId: open.projectId, bookId });
}

/** Puts a copy of a book beside it. */
export async function duplicateBook(book: ShelfBook): Promise<void> {
  await changeShelf(book, `A copy of ${nameOf(book)} is on the shelf.`, () =>
    callOrNotify('library.duplicate', { path: book.path, bookId: book.bookId }),
  );
}

export async function setStatus(book: ShelfBook, status: ShelfBook['status']): Promise<void> {
  await editShelf(
    book,
    { type: 'book.setStatus', bookId: book.bookId, status },
    `${nameOf(book)} is ${status === 'draft' ? 'a draft' : 'published'} now.`,
  );
}

export async function setArchived(book: ShelfBook, archived: boolean): Promise<void> {
  await editShelf(
    book,
    { type: 'book.setStatus', bookId: book.bookId, archived },
    archived ? `${nameOf(book)} was archived.` : `${nameOf(book)} is back on the shelf.`,
  );
}

export async function deleteBook(book: ShelfBook): Promise<void> {
  await editShelf(
    book,
    { type: 'book.delete', bookId: book.bookId },
    `${nameOf(book)} was deleted from “${book.projectName}”.`,
  );
}

function nameOf({ metadata }: ShelfBook): string {
  return metadata.title.trim() === '' ? 'The untitled book' : `“${metadata.title}”`;
}

async function editShelf(book: ShelfBook, command: EditCommand, text: string): Promise<void> {
  await changeShelf(book, text, () =>
    callOrNotify('library.edit', { path: book.path, commands: [command] }),
  );
}

/** Changes a book and says so, with the way back. */
async function changeShelf(
  { path, bookId }: ShelfBook,
  text: string,
  change: () => Promise<{ revision: number; changed: boolean } | null>,
): Promise<void> {
  // What was just written in an open project comes before what is done to it here.
  flushEdits();
  await projectStore.settled();
  const done = await change();
  if (done === null) return;
  refresh('library.list');
  const undo = async () => {
    const undone = await callOrNotify('library.undo', { path, revision: done.revision });
    if (undone !== null) refresh('library.list');
  };
  if (!done.changed) return;
  notify({
    tone: 'done',
    topic: `shelf ${bookId}`,
    text,
    action: { label: 'Undo', run: () => void undo() },
  });
}
