import { BookX } from 'lucide-react';
import { lazy, Suspense, useEffect } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { closeReader, openToRead, useReader } from './readerState.ts';

const ReadingPage = lazy(async () => ({
  default: (await import('./ReadingPage.tsx')).ReadingPage,
}));

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
      {now.phase === 'opening' && <Waiting />}
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
      {now.phase === 'open' && (
        <Suspense fallback={<Waiting />}>
          <ReadingPage key={now.desk.book.sessionId} desk={now.desk} />
        </Suspense>
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
