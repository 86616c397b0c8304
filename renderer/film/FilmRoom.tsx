import { Film } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { rate } from '#core/time/rate.ts';
import { useCommands } from '../app/commands.ts';
import { projectStore, useOpenProject, useProjectState } from '../client/project.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SplitPane } from '../ui/SplitPane.tsx';
import { PasteAttributesDialog } from './clipboard/PasteAttributesDialog.tsx';
import { useClipboardEvents } from './clipboard/useClipboardEvents.ts';
import { filmCommands } from './commands/filmCommands.ts';
import { announce, createFilmSession, FilmContext, useFilm, useFilmState } from './filmSession.ts';
import { Inspector } from './inspector/Inspector.tsx';
import { MediaPanel } from './media/MediaPanel.tsx';
import { NumberedImportDialog } from './media/NumberedImportDialog.tsx';
import { useFreshMediaStatus } from './mediaStatus.ts';
import { ProgramMonitor } from './preview/ProgramMonitor.tsx';
import { TimelinePanel } from './timeline/TimelinePanel.tsx';
import { useTimelinePath } from './timelines/openTimelines.ts';

/** Where a film is cut: media, preview, inspector, timeline. */
export function FilmRoom() {
  const timeline = useTimelinePath().at(-1);
  if (timeline === undefined) return <NoTimeline />;
  return <CuttingRoom key={timeline.id} timeline={timeline} />;
}

function CuttingRoom({ timeline }: { timeline: Timeline }) {
  const { projectId } = useOpenProject();
  const session = useMemo(
    () => createFilmSession({ projectId, timelineId: timeline.id, project: openProject }),
    [projectId, timeline.id],
  );
  const version = useProjectState((state) => state.open?.version);
  useFreshMediaStatus();
  useCommands(useMemo(() => filmCommands(session), [session]));
  useClipboardEvents(session);
  useEffect(() => session.player.refresh(), [session, version]);
  useEffect(() => () => session.player.dispose(), [session]);
  const name = useRef(timeline.name);
  useEffect(() => announce(session, `Timeline “${name.current}”`), [session]);
  return (
    <FilmContext value={session}>
      <SplitPane
        name="film.timeline"
        label="Timeline"
        direction="column"
        fixed="second"
        initial={332}
        min={150}
        max={900}
        restMin={220}
        first={
          <SplitPane
            name="film.media"
            label="Media panel"
            direction="row"
            fixed="first"
            initial={288}
            min={200}
            max={640}
            restMin={480}
            first={<MediaPanel timeline={timeline} />}
            second={
              <SplitPane
                name="film.inspector"
                label="Inspector"
                direction="row"
                fixed="second"
                initial={272}
                min={200}
                max={520}
                restMin={280}
                first={<ProgramMonitor timeline={timeline} />}
                second={<Inspector timeline={timeline} />}
              />
            }
          />
        }
        second={<TimelinePanel timeline={timeline} />}
      />
      <Announcements />
      <ForgetGone />
      <PasteAttributesDialog />
      <NumberedImportDialog timeline={timeline} />
    </FilmContext>
  );
}

/** What a screen reader is told about playhead and selection. */
function Announcements() {
  const words = useFilmState((state) => state.announcement);
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}

/** Takes out of the selection what an edit or an undo has removed. */
function ForgetGone() {
  const session = useFilm();
  const { project, version } = useOpenProject();
  useEffect(() => {
    const { selection, focused } = session.state.getState();
    const isThere = (id: string) =>
      project.item(id) !== undefined ||
      project.find('transition', id) !== undefined ||
      project.find('marker', id) !== undefined;
    const kept = [...selection].filter(isThere);
    if (kept.length !== selection.size) session.state.setState({ selection: new Set(kept) });
    if (focused !== null && !isThere(focused)) session.state.setState({ focused: null });
  }, [session, project, version]);
  return null;
}

function NoTimeline() {
  const start = () =>
    projectStore.edit([
      {
        type: 'timeline.create',
        name: 'Film',
        format: { frameRate: rate(30), width: 1920, height: 1080, sampleRateHz: 48_000 },
      },
    ]);
  return (
    <div className="flex grow bg-panel">
      <EmptyState
        icon={Film}
        title="This project has no film yet"
        text="Start one to cut picture and sound: full HD, 30 frames per second."
        actions={
          <Button look="primary" onClick={start}>
            Start a film
          </Button>
        }
      />
    </div>
  );
}

function openProject() {
  const { open } = projectStore.store.getState();
  if (open === null) throw new Error('No project is open.');
  return open.project;
}
