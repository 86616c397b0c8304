import { BookX } from 'lucide-react';
import { type ComponentType, useEffect, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { ReadingDesk } from './readingDesk.ts';
import { closeReader, openToRead, useReader } from './readerState.ts';

type Page = ComponentType<{ desk: ReadingDesk }>;
let loadedPage: Page | null = null;

/**
 * What shows a book, fetched while the book is opened. Without `lazy`: React shows what it has waited for a third of a second
 * late.
 */
function usePage(isWanted: boolean): Page | null {
  const [page, setPage] = useState(() => loadedPage);
  useEffect(() => {
    if (!isWanted || page !== null) return;
    void import('./ReadingPage.tsx').then(({ ReadingPage }) => {
      loadedPage = ReadingPage;
      setPage(() => ReadingPage);
    });
  }, [isWanted, page]);
  return page;
}

/** A book over the whole window: the page, and controls when they are wanted. */
export function ReaderRoom() {
  const now = useReader((state) => state.now);
  useEffect(() => {
    if (now.phase === 'closed' || now.phase === 'open') return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') void closeReader();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [now.phase]);
  const Page = usePage(now.phase !== 'closed');
  if (now.phase === 'closed') return null;
  return (
    <section
      aria-label="Reader"
      data-whole-window
      className="fixed inset-0 z-30 flex flex-col bg-app"
    >
      {(now.phase === 'opening' || (now.phase === 'open' && Page === null)) && <Waiting />}
      {now.phase === 'failed' && (
        <EmptyState
          icon={BookX}
          title="This book could not be opened"
          text={now.fault.message}
          actions={
            <>
              <Button onClick={() => void closeReader()}>Back</Button>
              <Button look="primary" onClick={() => void openToRead(now.source)}>
                Try again
              </Button>
            </>
          }
        />
      )}
      {now.phase === 'open' && Page !== null && (
        <Page key={now.desk.book.sessionId} desk={now.desk} />
      )}
    </section>
  );
}

function Waiting() {
  return (
    <div role="status" className="m-auto animate-wait text-sm text-muted">
      Opening the book…
    </div>
  );
}
