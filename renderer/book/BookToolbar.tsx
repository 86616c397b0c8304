import { BookOpen, Glasses, PanelLeft, PanelRight, PencilLine } from 'lucide-react';
import { chapterWords } from '../app/projectFacts.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { flushEdits } from '../client/flush.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { openToRead } from '../reader/readerState.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { plural } from '../ui/words.ts';
import { togglePanel, useBookState } from './bookState.ts';

/** Switches between writing and pages; says how long the chapter is. */
export function BookToolbar({ bookId }: { bookId: string }) {
  const { view, chapterId, hasList, hasSide } = useBookState();
  const { projectId } = useOpenProject();
  const count = useProject(
    (project) => {
      const chapters = chaptersOf(project, bookId);
      const chapter = chapters.find((one) => one.id === chapterId) ?? chapters[0];
      const language = project.find('book', bookId)?.metadata.language ?? 'en';
      return chapter === undefined ? null : chapterWords(chapter, language);
    },
    [bookId, chapterId],
  );
  return (
    <div className="flex h-10 flex-none items-center gap-2 px-2">
      <IconButton
        icon={PanelLeft}
        label={hasList ? 'Hide chapters' : 'Show chapters'}
        size="small"
        onClick={() => togglePanel('list')}
      />
      <Segmented
        label="View"
        size="small"
        value={view}
        options={[
          { value: 'write', label: 'Write', icon: PencilLine },
          { value: 'preview', label: 'Preview', icon: BookOpen },
        ]}
        onChange={(next) => {
          flushEdits();
          useBookState.setState({ view: next });
        }}
      />
      <Button
        look="quiet"
        size="small"
        icon={Glasses}
        onClick={() => void openToRead({ projectId, bookId })}
      >
        Read
      </Button>
      <p role="status" className="min-w-0 grow truncate text-right text-xs tabular-nums text-faint">
        {view === 'write' && count !== null && `${plural(count, 'word')} in this chapter`}
      </p>
      <IconButton
        icon={PanelRight}
        label={hasSide ? 'Hide details' : 'Show details'}
        size="small"
        onClick={() => togglePanel('side')}
      />
    </div>
  );
}
