import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { BookRoom } from '../book/BookRoom.tsx';
import { useProjectState } from '../client/project.ts';
import { queryClient } from '../client/query.ts';
import { BookExportDialog } from '../export/BookExportDialog.tsx';
import { FilmExportDialog } from '../export/FilmExportDialog.tsx';
import { FileDialog } from '../files/FileDialog.tsx';
import { HomeRoom } from '../home/HomeRoom.tsx';
import { LibraryRoom } from '../library/LibraryRoom.tsx';
import { ReaderRoom } from '../reader/ReaderRoom.tsx';
import { useReader } from '../reader/readerState.ts';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FileDrop } from './FileDrop.tsx';
import { Notices } from './Notices.tsx';
import { OfflineBanner } from './OfflineBanner.tsx';
import { isProjectRoom, usePlace } from './place.ts';
import { Rail } from './Rail.tsx';
import { ReadOnlyBanner } from './ReadOnlyBanner.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { TopBar } from './TopBar.tsx';

const FilmRoom = lazy(async () => ({ default: (await import('../film/FilmRoom.tsx')).FilmRoom }));

/** The whole window. */
export function App() {
  const isReading = useReader((state) => state.now.phase !== 'closed');
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={500} skipDelayDuration={200}>
        <div inert={isReading} className="grid h-full grid-cols-[auto_minmax(0,1fr)] bg-app">
          <Rail />
          <div className="flex min-h-0 min-w-0 flex-col">
            <TopBar />
            <OfflineBanner />
            <ReadOnlyBanner />
            <main className="flex min-h-0 grow flex-col overflow-hidden rounded-tl-md">
              <Room />
            </main>
          </div>
        </div>
        <ReaderRoom />
        <FilmExportDialog />
        <BookExportDialog />
        <ShortcutsDialog />
        <FileDialog />
        <FileDrop />
        <Notices />
      </TooltipProvider>
    </QueryClientProvider>
  );
}

function Room() {
  const wanted = usePlace((place) => place.room);
  const phase = useProjectState((state) => state.phase);
  const projectId = useProjectState((state) => state.open?.projectId ?? '');
  if (phase === 'opening') return <Opening />;
  const room = phase === 'open' || !isProjectRoom(wanted) ? wanted : 'home';
  return (
    <ErrorBoundary key={`${room} ${projectId}`} what={ROOM_NAMES[room]}>
      {isProjectRoom(room) && <h1 className="sr-only">{room === 'film' ? 'Film' : 'Book'}</h1>}
      {room === 'home' && <HomeRoom />}
      {room === 'library' && <LibraryRoom />}
      {room === 'book' && <BookRoom />}
      {room === 'film' && (
        <Suspense fallback={<Opening />}>
          <FilmRoom />
        </Suspense>
      )}
    </ErrorBoundary>
  );
}

const ROOM_NAMES = {
  home: 'Home',
  library: 'The library',
  film: 'The film room',
  book: 'The book room',
};

/** The room's shape while a project is read. */
function Opening() {
  return (
    <div role="status" aria-label="Opening project" className="flex grow flex-col gap-0.5">
      <div className="flex min-h-0 grow gap-0.5">
        <Skeleton className="w-72 rounded-none" />
        <Skeleton className="grow rounded-none" />
      </div>
      <Skeleton className="h-72 rounded-none" />
    </div>
  );
}
