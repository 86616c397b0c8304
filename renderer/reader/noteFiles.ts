import { callOrNotify } from '../client/query.ts';
import { notify } from '../client/notices.ts';
import { chooseToOpen, chooseToSave } from '../client/shell.ts';
import { asFileName, plural } from '../ui/words.ts';
import type { ReadingDesk } from './readingDesk.ts';

const NOTE_FILES = [{ name: 'EPUB annotations', extensions: ['annotation', 'json'] }];

/** Asks where, and writes the notes of a book there. */
export async function exportNotes(desk: ReadingDesk): Promise<void> {
  const name = asFileName(desk.book.title.text) || 'Book';
  const output = await chooseToSave({
    title: 'Export notes',
    defaultPath: `${name}.annotation`,
    filters: NOTE_FILES,
  });
  if (output === null) return;
  const { sessionId } = desk.book;
  const written = await callOrNotify('reading.exportAnnotations', {
    sessionId,
    output,
    force: true,
  });
  if (written !== null)
    notify({ tone: 'done', text: `${plural(written.count, 'annotation')} exported.` });
}

/** Asks which file, and adds its notes to the book. */
export async function importNotes(desk: ReadingDesk): Promise<void> {
  const [path] = await chooseToOpen({ title: 'Import notes', choose: 'file', filters: NOTE_FILES });
  if (path === undefined) return;
  const { sessionId } = desk.book;
  const read = await callOrNotify('reading.importAnnotations', { sessionId, path });
  if (read === null) return;
  desk.setAnnotations(read.annotations);
  const skipped = read.skipped > 0 ? ` ${read.skipped} could not be read.` : '';
  const other = read.isOfOtherBook
    ? ' They were made in another book, so some may not be found.'
    : '';
  notify({
    tone: read.skipped > 0 || read.isOfOtherBook ? 'info' : 'done',
    text: `${plural(read.added, 'annotation')} added.${skipped}${other}`,
  });
}
