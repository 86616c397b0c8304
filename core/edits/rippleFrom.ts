import { refuse } from '../fault.ts';
import type { ObjectId, Track } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { addFlicks, type Flicks, flicks, maxFlicks } from '../time/flicks.ts';
import { itemsFrom, itemsWithin, place } from './arrange.ts';
import type { Draft } from './draft.ts';
import { splitTracks } from './splitTracks.ts';

/**
 * What an edit that pushes or pulls takes along, for every command alike.
 *
 *   V2      ▒▒▒▒▒    ▒▒▒            V2      ▒▒▒▒▒        ▒▒▒     begins later: moves; spans the point: stays whole
 *   V1 ███████|██████         →     V1 ███████▓▓▓▓██████         the edit’s own track
 *   A2 ~~~~~~~~~~~~~~~~ ~~~         A2 ~~~~~~~~~~~~~~~~     ~~~  music that began earlier goes on
 *   marks       ▲    ▲              marks           ▲    ▲
 *
 * Everything moves that begins at or after the point: on the edit’s own tracks; on every other track of the timeline
 * unless its sync lock is off or it is locked, for a locked track never moves; and the timeline’s markers. When a
 * stretch is taken out, what begins inside it moves to where it began.
 *
 *   V1 ███[▓▓▓▓]█████         →     V1 ████████
 *   C1      ▒▒▒    ▒▒               C1    ▒▒▒▒▒
 *
 * Where two items of another track would then overlap, refuses `edit/out-of-sync`, naming the track. A locked track of
 * the edit’s own on which something would move refuses `edit/track-locked`; before zero or past 30 days, `edit/bad-time`.
 */
export function rippleFrom(
  draft: Draft,
  trackIds: Iterable<ObjectId>,
  from: Flicks,
  delta: Flicks,
): void {
  const own = new Set(trackIds);
  if (delta < 0)
    closeStretches(draft, [{ trackIds: own, start: addFlicks(from, delta), end: from }]);
  if (delta <= 0) return;
  for (const track of tracksWith(draft, own)) {
    if (!own.has(track.id) && !follows(track)) continue;
    moveItemsFrom(draft, track, from, () => delta);
  }
  moveMarkers(draft, own, (time) => (time >= from ? delta : 0));
}

/** Makes room on tracks: cuts what stands across `at`, and moves everything from there on later, as above. */
export function openGap(
  draft: Draft,
  trackIds: readonly ObjectId[],
  at: Flicks,
  duration: Flicks,
): void {
  splitTracks(draft, trackIds, at);
  rippleFrom(draft, trackIds, at, duration);
}

/** Time that is taken out, and the tracks of the edit that takes it out, on which it is empty. */
export type Stretch = { trackIds: ReadonlySet<ObjectId>; start: Flicks; end: Flicks };

/** Closes stretches that do not overlap, each once, as above. All are of one timeline. */
export function closeStretches(draft: Draft, stretches: readonly Stretch[]): void {
  const inOrder = [...stretches].sort((a, b) => a.start - b.start);
  const own = new Set(stretches.flatMap(({ trackIds }) => [...trackIds]));
  for (const track of tracksWith(draft, own)) {
    const closed = follows(track)
      ? inOrder
      : inOrder.filter(({ trackIds }) => trackIds.has(track.id));
    const [first] = closed;
    if (first === undefined) continue;
    const gone = goneBefore(closed);
    moveItemsFrom(draft, track, first.start, (start) => flicks(-gone(start)));
    if (!own.has(track.id)) refuseCollision(draft, track, first.start);
  }
  const gone = goneBefore(inOrder);
  moveMarkers(draft, own, (time) => flicks(-gone(time)));
}

function follows(track: Track): boolean {
  return track.syncLocked !== false && track.locked !== true;
}

/** Tracks of the timeline that holds `own`. */
function tracksWith(draft: Draft, own: ReadonlySet<ObjectId>): Track[] {
  const [first] = own;
  if (first === undefined) return [];
  const others = draft.project.tracksOf(draft.need('track', first).timelineId);
  return others.filter((track) => own.has(track.id) || follows(track));
}

/** How much of the stretches lies before a time, for times that are asked for in their order. */
function goneBefore(stretches: readonly Stretch[]): (time: Flicks) => number {
  let index = 0;
  let whole = 0;
  return (time) => {
    let next = stretches[index];
    while (next !== undefined && next.end <= time) {
      whole += next.end - next.start;
      index += 1;
      next = stretches[index];
    }
    return whole + (next === undefined ? 0 : Math.max(0, time - next.start));
  };
}

function moveItemsFrom(
  draft: Draft,
  track: Track,
  first: Flicks,
  distance: (start: Flicks) => Flicks,
): void {
  for (const item of itemsFrom(draft.project, track.id, first)) {
    const by = distance(itemStart(item));
    if (by === 0) continue;
    draft.refuseLocked(track);
    const start = addFlicks(itemStart(item), by);
    if (start < 0) {
      refuse('edit/bad-time', 'Something would start before the beginning of the timeline.', {
        itemId: item.id,
        start,
      });
    }
    place(draft, item, start);
  }
}

function moveMarkers(
  draft: Draft,
  own: ReadonlySet<ObjectId>,
  distance: (time: Flicks) => Flicks | 0,
): void {
  const [first] = own;
  if (first === undefined) return;
  for (const { id, span } of draft.project.markersOf(draft.need('track', first).timelineId)) {
    const by = distance(span.time);
    if (by === 0) continue;
    draft.set<'marker'>(id, { span: { ...span, time: addFlicks(span.time, flicks(by)) } });
  }
}

/** Refuses `edit/out-of-sync` where something that was pulled runs into what stands before it. */
function refuseCollision(draft: Draft, track: Track, first: Flicks): void {
  const moved = itemsFrom(draft.project, track.id, first);
  const items = draft.project.itemsOn(track.id);
  const before = items[items.length - moved.length - 1];
  moved.forEach((item, index) => {
    const previous = index === 0 ? before : moved[index - 1];
    if (previous === undefined || itemEnd(previous) <= itemStart(item)) return;
    refuse(
      'edit/out-of-sync',
      `Track “${track.name}” cannot stay in step: something on it would cover what stands before it. Switch off its sync lock, or make room there first.`,
      { trackId: track.id, itemId: previous.id, nextId: item.id },
    );
  });
}

/**
 * The stretches that removed items leave empty: of those that stood at one time on several tracks, what is empty on
 * all of these tracks now.
 *
 *   V1 ██[▓▓▓▓]██         V1 ██....██
 *   A1 ~[~~~~~]~~    →    A1 ~.....~~     (the stretch is that of V1: sound and picture stay in step)
 */
export function emptiedBy(draft: Draft, removed: readonly RemovedItem[]): Stretch[] {
  const together: { trackIds: Set<ObjectId>; start: Flicks; end: Flicks }[] = [];
  for (const { trackId, start, end } of [...removed].sort((a, b) => a.start - b.start)) {
    const last = together.at(-1);
    if (last === undefined || start >= last.end) {
      together.push({ trackIds: new Set([trackId]), start, end });
    } else {
      last.trackIds.add(trackId);
      last.end = maxFlicks(last.end, end);
    }
  }
  return together.flatMap((stretch) => emptyOnAll(draft, stretch));
}

/** Where an item stood. */
export type RemovedItem = { trackId: ObjectId; start: Flicks; end: Flicks };

function emptyOnAll(draft: Draft, { trackIds, start, end }: Stretch): Stretch[] {
  const standing = [...trackIds]
    .flatMap((trackId) => itemsWithin(draft.project, trackId, start, end))
    .sort((a, b) => itemStart(a) - itemStart(b));
  const stretches: Stretch[] = [];
  let reached = start;
  for (const item of standing) {
    if (itemStart(item) > reached)
      stretches.push({ trackIds, start: reached, end: itemStart(item) });
    reached = maxFlicks(reached, itemEnd(item));
  }
  if (reached < end) stretches.push({ trackIds, start: reached, end });
  return stretches;
}
