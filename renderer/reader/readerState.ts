import { create } from 'zustand';
import type { CallInput } from '#core/contract/contract.ts';
import type { Fault } from '#core/fault.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { refresh } from '../client/query.ts';
import { chooseToOpen } from '../client/shell.ts';
import type { ReadingDesk } from './readingDesk.ts';

export type ReadingSource = CallInput<'reading.open'>;

export type ReaderNow =
  | { phase: 'closed' }
  | { phase: 'opening'; source: ReadingSource }
  | { phase: 'failed'; source: ReadingSource; fault: Fault }
  | { phase: 'open'; source: ReadingSource; desk: ReadingDesk };

/** The book that is being read over everything else, if any. */
export const useReader = create<{ now: ReaderNow }>(() => ({ now: { phase: 'closed' } }));

/** Opens a book to read: a file, or the book of a project as it is now. */
export async function openToRead(source: ReadingSource): Promise<void> {
  flushEdits();
  await closeReader();
  useReader.setState({ now: { phase: 'opening', source } });
  // What shows books is fetched while the book is read.
  const [opened, parts] = await Promise.all([
    engine.call('reading.open', source),
    import('./readingDesk.ts').catch(() => null),
  ]);
  const { now } = useReader.getState();
  const isWanted = now.phase === 'opening' && now.source === source;
  if (opened.ok && isWanted && parts !== null) {
    const desk = new parts.ReadingDesk(opened.value, engine);
    useReader.setState({ now: { phase: 'open', source, desk } });
    return;
  }
  if (isWanted) {
    const fault = opened.ok ? NOT_LOADED : opened.error;
    useReader.setState({ now: { phase: 'failed', source, fault } });
  }
  // Nobody reads it.
  if (opened.ok) await engine.call('reading.close', { sessionId: opened.value.sessionId });
}

const NOT_LOADED: Fault = {
  code: 'client/part-not-loaded',
  message:
    'The reader itself could not be loaded. Reload the window; if that does not help, install Inkreel again.',
};

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
