import {
  ArrowLeft,
  AudioLines,
  Bookmark,
  BookmarkCheck,
  List,
  NotebookPen,
  Pause,
  Search,
  SkipBack,
  SkipForward,
  Square,
  Type,
  Undo2,
} from 'lucide-react';
import { classes } from '../ui/classes.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { closeReader } from './readerState.ts';
import { useDesk, useDeskState } from './useDesk.ts';

/** Title and controls above the page. */
export function ReaderHead({ areShown }: { areShown: boolean }) {
  const desk = useDesk();
  const panel = useDeskState((state) => state.panel);
  const narrator = useDeskState((state) => state.narrator);
  const canGoBack = useDeskState((state) => state.back.length > 0);
  // Both say what is in sight, on which the bookmark depends.
  useDeskState((state) => state.sight);
  useDeskState((state) => state.annotations);
  const isBookmarked = desk.bookmarkInSight() !== undefined;
  const { title, creators } = desk.book;
  return (
    <header
      className={classes(
        'absolute inset-x-0 top-0 z-10 flex h-11 items-center gap-1 bg-panel px-2 transition-opacity duration-150 focus-within:opacity-100',
        areShown || narrator !== 'stopped' ? 'opacity-100' : 'opacity-0',
      )}
    >
      <IconButton
        icon={ArrowLeft}
        label="Close the book"
        keys="Escape"
        onClick={() => void closeReader()}
      />
      {canGoBack && (
        <IconButton
          icon={Undo2}
          label="Back to where you were"
          keys="Alt+ArrowLeft"
          onClick={() => void desk.goBack()}
        />
      )}
      <p className="min-w-0 grow truncate px-1 text-sm">
        <bdi
          dir={title.direction}
          lang={title.language ?? desk.book.language}
          className="font-medium"
        >
          {title.text || 'Untitled'}
        </bdi>
        {creators.length > 0 && <span className="text-muted"> · {creators.join(', ')}</span>}
      </p>
      {narrator !== 'stopped' && (
        <>
          <IconButton
            icon={SkipBack}
            label="Read the sentence before"
            onClick={() => desk.narrator.skip(-1)}
          />
          <IconButton
            icon={SkipForward}
            label="Read the next sentence"
            onClick={() => desk.narrator.skip(1)}
          />
          <IconButton
            icon={Square}
            label="Stop reading aloud"
            onClick={() => desk.narrator.stop()}
          />
        </>
      )}
      <IconButton
        icon={narrator === 'playing' ? Pause : AudioLines}
        label={narrator === 'playing' ? 'Pause reading aloud' : 'Read aloud'}
        keys="R"
        pressed={narrator !== 'stopped'}
        onClick={() => void desk.toggleNarration()}
      />
      <IconButton
        icon={isBookmarked ? BookmarkCheck : Bookmark}
        label={isBookmarked ? 'Remove the bookmark' : 'Bookmark this page'}
        keys="B"
        pressed={isBookmarked}
        onClick={() => void desk.toggleBookmark()}
      />
      <IconButton
        icon={Search}
        label="Search in the book"
        keys="Mod+F"
        pressed={panel === 'search'}
        onClick={() => desk.togglePanel('search')}
      />
      <IconButton
        icon={List}
        label="Contents"
        keys="T"
        pressed={panel === 'contents'}
        onClick={() => desk.togglePanel('contents')}
      />
      <IconButton
        icon={NotebookPen}
        label="Bookmarks and notes"
        keys="N"
        pressed={panel === 'notes'}
        onClick={() => desk.togglePanel('notes')}
      />
      <IconButton
        icon={Type}
        label="Appearance"
        keys="A"
        pressed={panel === 'appearance'}
        onClick={() => desk.togglePanel('appearance')}
      />
    </header>
  );
}
