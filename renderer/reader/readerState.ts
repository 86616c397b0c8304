import { create } from 'zustand';
import type { CallInput } from '#core/contract/contract.ts';
import type { Fault } from '#core/fault.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { refresh } from '../client/query.ts';
import { chooseToOpen } from '../client/shell.ts';
import type { ReadingDesk } from './readingDesk.ts';

export type ReadingSource = CallInput<'reading.open'>;

type ReaderState =
  | { phase: 'closed' }
  | { phase: 'opening'; source: ReadingSource }
  | { phase: 'failed'; source: ReadingSource; fault: Fault }
  | { phase: 'open'; source: ReadingSource; desk: ReadingDesk };

/** The book that is being read over everything else, if any. */
export const useReader = create<{ now: ReaderState }>(() => ({ now: { phase: 'closed' } }));

/** Opens a book to read: a file, or the book of a project as it is now. */
export async function openToRead(source: ReadingSource): Promise<void> {
  flushEdits();
  await closeReader();
  useReader.setState({ now: { phase: 'opening', source } });
  // What shows books is fetched while the book is read.
  const [opened, { ReadingDesk: Desk }] = await Promise.all([
    engine.call('reading.open', source),
    import('./readingDesk.ts'),
  ]);
  const { now } = useReader.getState();
  if (now.phase !== 'opening' || now.source !== source) return;
  useReader.setState({
    now: opened.ok
      ? { phase: 'open', source, desk: new Desk(opened.value, engine) }
      : { phase: 'failed', source, fault: opened.error },
  });
}

/** Asks for a book and opens it to read. */
export async function chooseBookToRead(): Promise<void> {
  const [path] = await chooseToOpen({
    title: 'Open a book to read',
    choose: 'file',
    filters: [{ name: 'Books (EPUB)', extensions: ['epub'] }],
  });
  if (path !== undefined) await openToRead({ path });
}

/** Goes back to the room behind the book; its place is kept. */
export async function closeReader(): Promise<void> {
  const { now } = useReader.getState();
  useReader.setState({ now: { phase: 'closed' } });
  if (now.phase !== 'open') return;
  await now.desk.close();
  refresh('reading.recent');
}
