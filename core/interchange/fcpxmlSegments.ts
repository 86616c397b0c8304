import { addFlicks, type Flicks, flicks, subtractFlicks } from '../time/flicks.ts';
import {
  type InterchangeClip,
  type InterchangeItem,
  type InterchangeTrack,
  type InterchangeTransition,
  interchangeDuration,
} from './interchangeTimeline.ts';
import { trimTrack } from './trimTrack.ts';

/** Clips of one kind that follow each other without a gap, with the transitions between them. */
export type Segment = {
  kind: InterchangeTrack['kind'];
  /** The lane, counted through all storylines: 0 is the primary one. */
  layer: number;
  start: Flicks;
  items: InterchangeClip[];
  transitions: InterchangeTransition[];
};

export function segmentEnd(segment: Segment): Flicks {
  return segment.items.reduce(
    (end, item) => addFlicks(end, interchangeDuration(item)),
    segment.start,
  );
}

/** The segments of a list of items that starts at `start`. */
export function segmentsOf(
  content: { items: readonly InterchangeItem[]; transitions: readonly InterchangeTransition[] },
  place: { kind: Segment['kind']; layer: number; start: Flicks },
): Segment[] {
  const after = new Map(content.transitions.map((each) => [each.afterItemIndex, each]));
  const segments: Segment[] = [];
  let open: Segment | null = null;
  let time = place.start;
  for (const [index, item] of content.items.entries()) {
    if (item.kind === 'gap') open = null;
    else {
      if (open === null) {
        open = { kind: place.kind, layer: place.layer, start: time, items: [], transitions: [] };
        segments.push(open);
      }
      open.items.push(item);
      const transition = after.get(index);
      if (transition !== undefined && content.items[index + 1]?.kind === 'clip') {
        open.transitions.push({ ...transition, afterItemIndex: open.items.length - 1 });
      }
    }
    time = addFlicks(time, interchangeDuration(item));
  }
  return segments;
}

/** What of segments lies between two times, moved to begin at `at`. */
export function windowOf(
  segments: readonly Segment[],
  window: { from: Flicks; to: Flicks; at: Flicks; layer: number },
): Segment[] {
  const { from, to, at, layer } = window;
  return segments.flatMap((segment) => {
    const [start, end] = [segment.start, segmentEnd(segment)];
    if (end <= from || start >= to) return [];
    const first = flicks(Math.max(start, from));
    const length = subtractFlicks(flicks(Math.min(end, to)), first);
    const part = trimTrack(segment, subtractFlicks(first, start), length);
    return segmentsOf(part, {
      kind: segment.kind,
      layer: segment.layer + layer,
      start: addFlicks(at, subtractFlicks(first, from)),
    });
  });
}

/**
 * The segments of one kind and lane on as few tracks as they need: most often one. Where two stand at the same time,
 * the later one goes to a further track.
 */
export function tracksOf(
  segments: readonly Segment[],
  kind: Segment['kind'],
): Omit<InterchangeTrack, 'name' | 'muted'>[] {
  const tracks: (Omit<InterchangeTrack, 'name' | 'muted'> & { end: number })[] = [];
  for (const segment of [...segments].sort((a, b) => a.start - b.start)) {
    let track = tracks.find(({ end }) => end <= segment.start);
    if (track === undefined) {
      track = { kind, items: [], transitions: [], end: 0 };
      tracks.push(track);
    }
    if (segment.start > track.end) {
      track.items.push({ kind: 'gap', duration: flicks(segment.start - track.end) });
    }
    const before = track.items.length;
    for (const one of segment.items) track.items.push(one);
    for (const transition of segment.transitions) {
      track.transitions.push({ ...transition, afterItemIndex: before + transition.afterItemIndex });
    }
    track.end = segmentEnd(segment);
  }
  return tracks.map(({ end: _, ...track }) => track);
}
