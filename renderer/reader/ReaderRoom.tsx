import { BookX } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { openToRead } from './openToRead.ts';
import { closeReader, type ReaderNow, useReader } from './readerState.ts';

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
      <Shown now={now} />
    </section>
  );
}

function Shown({ now }: { now: Exclude<ReaderNow, { phase: 'closed' }> }) {
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
  if (now.phase === 'opening') return <Waiting />;
  const { Page, desk } = now;
  return <Page key={desk.book.sessionId} desk={desk} />;
}

function Waiting() {
  return (
    <div role="status" className="m-auto animate-wait text-sm text-muted">
      Opening the book…
    </div>
  );
}
