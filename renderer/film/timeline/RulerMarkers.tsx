import type { Marker, Timeline } from '#core/model/entities.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { useProject } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { select, useFilm, useFilmState } from '../filmSession.ts';
import { describeMarker } from '../words.ts';
import type { MountedWindow } from './timelineView.ts';

export const MARKER_COLOURS: Record<NonNullable<Marker['color']>, string> = {
  red: 'bg-marker-red',
  orange: 'bg-marker-orange',
  yellow: 'bg-marker-yellow',
  green: 'bg-marker-green',
  blue: 'bg-marker-blue',
  purple: 'bg-marker-purple',
};

/** The marked range and the markers of a timeline, on its ruler. */
export function RulerMarkers(props: { timeline: Timeline; mounted: MountedWindow }) {
  const { timeline, mounted } = props;
  const markers = useProject((project) => project.markersOf(timeline.id), [timeline.id]);
  const session = useFilm();
  const selection = useFilmState((state) => state.selection);
  const x = (time: number) => Math.round((time - mounted.from) / mounted.flicksPerPixel);
  const isMounted = (marker: Marker) =>
    addFlicks(marker.span.time, marker.span.duration) >= mounted.from &&
    marker.span.time <= mounted.to;
  const choose = (marker: Marker) => {
    select(session, [marker.id]);
    session.player.seek(marker.span.time);
  };
  return (
    <>
      <MarkedRange timeline={timeline} x={x} />
      {markers.filter(isMounted).map((marker) => (
        <div
          key={marker.id}
          className="absolute top-0"
          style={{ left: x(marker.span.time) }}
          title={describeMarker(marker, timeline)}
        >
          {marker.span.duration > 0 && (
            <span
              className={classes('absolute top-0 h-1 opacity-70', colourOf(marker))}
              style={{
                width: Math.max(2, Math.round(marker.span.duration / mounted.flicksPerPixel)),
              }}
            />
          )}
          <button
            type="button"
            aria-label={describeMarker(marker, timeline)}
            tabIndex={-1}
            onPointerDown={(event) => {
              event.stopPropagation();
              choose(marker);
            }}
            className="pointer-events-auto absolute -left-3 flex h-4 w-6 justify-center"
          >
            <span
              className={classes(
                'h-2.5 w-2 rounded-b-full',
                marker.markerKind === 'chapter' && 'rounded-none',
                colourOf(marker),
                selection.has(marker.id) && 'outline-2 outline-strong',
              )}
            />
          </button>
        </div>
      ))}
    </>
  );
}

function MarkedRange({ timeline, x }: { timeline: Timeline; x: (time: number) => number }) {
  const range = timeline.markedRange;
  if (range === undefined) return null;
  const left = range.in === undefined ? null : x(range.in);
  const right = range.out === undefined ? null : x(range.out);
  return (
    <>
      {left !== null && right !== null && (
        <span className="absolute inset-y-0 bg-accent-soft" style={{ left, width: right - left }} />
      )}
      {left !== null && (
        <span
          className="absolute inset-y-0 w-1 border-y-2 border-l-2 border-accent"
          style={{ left }}
        />
      )}
      {right !== null && (
        <span
          className="absolute inset-y-0 w-1 -translate-x-full border-y-2 border-r-2 border-accent"
          style={{ left: right }}
        />
      )}
    </>
  );
}

/** Chapters stand out by their colour where nobody has chosen one. */
function colourOf(marker: Marker): string {
  return MARKER_COLOURS[marker.color ?? (marker.markerKind === 'chapter' ? 'purple' : 'blue')];
}
