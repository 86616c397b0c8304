import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { snapToFrame } from '../time/rate.ts';
import type { Clip, Marker } from './entities.ts';
import { itemDuration, itemStart } from './items.ts';
import type { ProjectReader } from './project.ts';
import { type SourceRange, sourceTimeAt } from './sourceRange.ts';

/** A marker of a clip where the timeline shows it. */
export type ShownMarker = { marker: Marker; time: Flicks; duration: Flicks };

/**
 * The markers of a clip that can be seen, with their times and durations on the timeline, earliest first. One whose
 * source lies beyond the clip’s edges is hidden, one that reaches over an edge ends there; a frozen clip shows none.
 */
export function clipMarkerTimes(project: ProjectReader, clip: Clip): ShownMarker[] {
  const duration = itemDuration(clip);
  const { sourceRange } = clip;
  const track = project.find('track', clip.placement.trackId);
  const frameRate = track && project.find('timeline', track.timelineId)?.format.frameRate;
  if (frameRate === undefined) return [];
  const shown = (source: Flicks): Flicks | null => {
    const offset = offsetOfSource(sourceRange, source, { from: ZERO, to: duration });
    if (offset === null) return null;
    // Slow motion shows a moment for several flicks: the beginning of a frame among them is meant.
    const frame = snapToFrame(addFlicks(itemStart(clip), offset), frameRate);
    const isIt = sourceTimeAt(sourceRange, subtractFlicks(frame, itemStart(clip))) === source;
    return isIt ? frame : addFlicks(itemStart(clip), offset);
  };
  return project
    .markersOf(clip.id)
    .flatMap((marker): ShownMarker[] => {
      const { span } = marker;
      const [first, last] = [
        shown(maxFlicks(span.time, minFlicks(sourceRange.in, addFlicks(span.time, span.duration)))),
        shown(
          minFlicks(addFlicks(span.time, span.duration), maxFlicks(sourceRange.out, span.time)),
        ),
      ];
      if (first === null || last === null) return [];
      const time = minFlicks(first, last);
      if (time >= itemStart(clip) + duration) return [];
      return [{ marker, time, duration: flicks(Math.abs(last - first)) }];
    })
    .sort((a, b) => a.time - b.time);
}

/**
 * The first time of a clip (flicks from its beginning) between `from` and `to`, both included, at which it comes to a
 * time of its source; null where it does not, and for a frozen clip. Found by halving: between the keys of a curve
 * time runs one way only.
 */
export function offsetOfSource(
  range: SourceRange,
  source: Flicks,
  { from, to }: { from: Flicks; to: Flicks },
): Flicks | null {
  if (range.in === range.out) return null;
  const keys = range.retime?.kind === 'curve' ? range.retime.keys : [];
  const turns = keys.map(({ time }) => time).filter((time) => from < time && time < to);
  let start = from;
  for (const end of [...turns, to]) {
    const [first, last] = [sourceTimeAt(range, start), sourceTimeAt(range, end)];
    const isWithin = Math.min(first, last) <= source && source <= Math.max(first, last);
    if (isWithin) {
      return firstWith(start, end, (offset) =>
        first <= last
          ? sourceTimeAt(range, offset) >= source
          : sourceTimeAt(range, offset) <= source,
      );
    }
    start = end;
  }
  return null;
}

/** The first whole time at which something holds that goes on holding, and holds at `to`. */
function firstWith(from: Flicks, to: Flicks, holds: (time: Flicks) => boolean): Flicks {
  let [low, high]: [number, number] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(flicks(middle))) high = middle;
    else low = middle + 1;
  }
  return flicks(low);
}
