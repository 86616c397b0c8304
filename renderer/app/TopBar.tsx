import { Keyboard, Redo2, Undo2, Upload } from 'lucide-react';
import { useBookState } from '../book/bookState.ts';
import { projectStore, useOpenProject, useProject, useProjectState } from '../client/project.ts';
import { openExport } from '../export/exportState.ts';
import { useTimelinePath } from '../film/timelines/openTimelines.ts';
import { TimelineSwitcher } from '../film/timelines/TimelineSwitcher.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { JobsButton } from './JobsButton.tsx';
import { isProjectRoom, usePlace } from './place.ts';
import { ProjectName } from './ProjectName.tsx';
import { bookFacts, filmFacts } from './projectFacts.ts';
import { SavedState } from './SavedState.tsx';
import { useShortcutsDialog } from './ShortcutsDialog.tsx';
import { ThemeButton } from './ThemeButton.tsx';

/** What is open, whether it is saved, what runs, and the way out into a file. */
export function TopBar() {
  const isOpen = useProjectState((state) => state.open !== null);
  const room = usePlace((place) => place.room);
  return (
    <header className="flex h-11 flex-none items-center gap-3 bg-app pr-2">
      {isOpen ? (
        <ProjectPart />
      ) : (
        <p className="grow pl-2 text-sm font-semibold tracking-tight">Inkreel</p>
      )}
      <div className="flex flex-none items-center gap-0.5">
        <JobsButton />
        <ThemeButton />
        <IconButton
          icon={Keyboard}
          label="Keyboard shortcuts"
          keys="?"
          onClick={() => useShortcutsDialog.setState({ open: true })}
        />
        {isOpen && isProjectRoom(room) && <ExportButton room={room} />}
      </div>
    </header>
  );
}

function ProjectPart() {
  const { history, readOnly } = useOpenProject();
  const room = usePlace((place) => place.room);
  const bookId = useBookState((state) => state.bookId);
  const timelineId = useTimelinePath().at(-1)?.id;
  const facts = useProject(
    (project) => (room === 'book' ? bookFacts(project, bookId) : filmFacts(project)),
    [room, bookId, timelineId],
  );
  return (
    <>
      <div className="flex min-w-0 grow items-center gap-3">
        <ProjectName />
        <SavedState />
        {room === 'film' && <TimelineSwitcher />}
        {isProjectRoom(room) && facts !== '' && (
          <p className="min-w-0 truncate text-xs tabular-nums text-faint">{facts}</p>
        )}
      </div>
      <div className="flex flex-none items-center gap-0.5">
        <IconButton
          icon={Undo2}
          label={history.undo === null ? 'Nothing to undo' : `Undo: ${history.undo}`}
          keys="Mod+Z"
          disabled={history.undo === null || readOnly}
          onClick={() => void projectStore.undo()}
        />
        <IconButton
          icon={Redo2}
          label={history.redo === null ? 'Nothing to redo' : `Redo: ${history.redo}`}
          keys="Mod+Shift+Z"
          disabled={history.redo === null || readOnly}
          onClick={() => void projectStore.redo()}
        />
        <HistoryButton />
      </div>
    </>
  );
}

function ExportButton({ room }: { room: 'film' | 'book' }) {
  const canExport = useProject(
    (project) =>
      room === 'film' ? project.all('timeline').length > 0 : project.all('book').length > 0,
    [room],
  );
  const words = room === 'film' ? 'Export film' : 'Export book';
  return (
    <Tooltip text={words} keys="Mod+E">
      <Button
        look="primary"
        icon={Upload}
        className="ml-2 h-7"
        disabled={!canExport}
        onClick={() => openExport(room)}
      >
        {words}
      </Button>
    </Tooltip>
  );
}
