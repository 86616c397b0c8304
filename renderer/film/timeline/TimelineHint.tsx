import type { Timeline } from '#core/model/entities.ts';
import { useProject } from '../../client/project.ts';
import { useFilmState } from '../filmSession.ts';

/** What to do with an empty timeline. */
export function TimelineHint({ timeline }: { timeline: Timeline }) {
  const isEmpty = useProject(
    (project) =>
      project.tracksOf(timeline.id).every((track) => project.itemsOn(track.id).length === 0),
    [timeline.id],
  );
  const hasMedia = useProject((project) => project.all('asset').length > 0);
  const isDragging = useFilmState((state) => state.gesture !== null);
  if (!isEmpty || isDragging) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 top-7 bottom-0 flex items-center justify-center p-4">
      <p className="max-w-96 rounded-md bg-raised px-4 py-3 text-center text-sm text-muted">
        <strong className="block text-strong">Nothing is on the timeline yet</strong>
        {hasMedia
          ? 'Drag media here from the panel above, or choose a file there and press Enter.'
          : 'Import media with the button in the panel above, then drag it here.'}
      </p>
    </div>
  );
}
