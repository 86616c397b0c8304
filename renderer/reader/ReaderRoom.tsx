import { BookX } from 'lucide-react';
import { type ComponentType, useEffect, useState } from 'react';
import { ErrorBoundary } from '../app/ErrorBoundary.tsx';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { ReadingDesk } from './readingDesk.ts';
import { closeReader, openToRead, type ReaderNow, useReader } from './readerState.ts';

type Page = ComponentType<{ desk: ReadingDesk }>;
let loadedPage: Page | null = null;

/**
 * What shows a book, fetched while the book is opened. Without `lazy`: React shows what it has waited for a third of a second
 * late.
 */
function usePage(): Page | null {
  const [page, setPage] = useState(() => loadedPage);
  useEffect(() => {
    if (page !== null) return;
    import('./ReadingPage.tsx').then(
      ({ ReadingPage }) => {
        loadedPage = ReadingPage;
        setPage(() => ReadingPage);
      },
      // The boundary around it shows what went wrong, as with any other part that cannot be loaded.
      (error: unknown) =>
        setPage(() => {
          throw error;
        }),
    );
  }, [page]);
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
  if (now.phase === 'closed') return null;
  return (
    <section
      aria-label="Reader"
      data-whole-window
      className="fixed inset-0 z-30 flex flex-col bg-app"
    >
      <ErrorBoundary what="The reader">
        <Shown now={now} />
      </ErrorBoundary>
    </section>
  );
}

function Shown({ now }: { now: Exclude<ReaderNow, { phase: 'closed' }> }) {
  const Page = usePage();
  if (now.phase === 'failed') {
    return (
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
    );
  }
  if (now.phase === 'opening' || Page === null) return <Waiting />;
  return <Page key={now.desk.book.sessionId} desk={now.desk} />;
}

function Waiting() {
  return (
    <div role="status" className="m-auto animate-wait text-sm text-muted">
      Opening the book…
    </div>
  );
}
