import type { Fault } from '#core/fault.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { chooseToOpen } from '../client/shell.ts';
import { closeReader, type ReadingSource, useReader } from './readerState.ts';

/** Opens a book to read: a file, or the book of a project as it is now. */
export async function openToRead(source: ReadingSource): Promise<void> {
  flushEdits();
  await closeReader();
  useReader.setState({ now: { phase: 'opening', source } });
  // What shows books is fetched while the book is read. Without `lazy`: React shows what it has waited for a third of a
  // second late.
  const [opened, parts] = await Promise.all([
    engine.call('reading.open', source),
    Promise.all([import('./readingDesk.ts'), import('./ReadingPage.tsx')]).catch(() => null),
  ]);
  const { now } = useReader.getState();
  const isWanted = now.phase === 'opening' && now.source === source;
  if (opened.ok && isWanted && parts !== null) {
    const [{ ReadingDesk: Desk }, { ReadingPage: Page }] = parts;
    const desk = new Desk(opened.value, engine);
    useReader.setState({ now: { phase: 'open', source, desk, Page } });
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
