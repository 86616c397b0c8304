import { refuse } from '../fault.ts';
import type { Clip, Item, ObjectId, Timeline } from '../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../model/items.ts';
import { firstIndexEndingAfter, type ProjectReader } from '../model/project.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  LONGEST_TIME,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { frameDuration, snapToFrame, wholeFrames } from '../time/rate.ts';
import { resolveTime, type TimeInput } from '../time/timeInput.ts';
import type { Draft } from './draft.ts';

/** `input` as a time on `timeline`, moved to the nearest frame. Refuses `edit/bad-time` before zero. */
export function timeOn(timeline: Timeline, input: TimeInput): Flicks {
  const { frameRate } = timeline.format;
  const time = snapToFrame(resolveTime(input, frameRate), frameRate);
  if (time < 0) refuse('edit/bad-time', 'That is before the beginning of the timeline.', { time });
  return time;
}

/** `input` as a duration of at least one frame. Refuses `edit/bad-duration`. */
export function durationOn(timeline: Timeline, input: TimeInput): Flicks {
  const { frameRate } = timeline.format;
  const duration = snapToFrame(resolveTime(input, frameRate), frameRate);
  if (duration < frameDuration(frameRate)) {
    refuse('edit/bad-duration', 'That is shorter than one frame.', { duration });
  }
  return duration;
}

/** `input` as a distance on `timeline` in whole frames; negative is earlier. */
export function distanceOn(timeline: Timeline, input: TimeInput): Flicks {
  const { frameRate } = timeline.format;
  return snapToFrame(resolveTime(input, frameRate), frameRate);
}

/** Puts the start of an item elsewhere on its own or another track. Refuses `edit/bad-time` past 30 days. */
export function place(
  draft: Draft,
  item: Item,
  start: Flicks,
  trackId: ObjectId = item.placement.trackId,
): void {
  refuseBeyondTimeline(start);
  draft.set<'clip'>(item.id, { placement: { trackId, start } });
}

/** Refuses `edit/bad-time` for items that would start after 30 days. */
export function refuseBeyondTimeline(start: Flicks): void {
  if (start <= LONGEST_TIME) return;
  refuse('edit/bad-time', 'A timeline can be 30 days long. This would put clips beyond that.', {
    start,
  });
}

/** The items before and after `item` on its track. */
export function itemsBeside(
  project: ProjectReader,
  item: Item,
): { before: Item | undefined; after: Item | undefined } {
  const items = project.itemsOn(item.placement.trackId);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemStart(items[middle] as Item) < itemStart(item)) low = middle + 1;
    else high = middle;
  }
  const index = items.indexOf(item, low);
  return { before: items[index - 1], after: items[index + 1] };
}

/**
 * Cuts one item in two at `at`, strictly inside it. Gives the new right-hand item; the left keeps its id, and a
 * transition at the old end follows to the right-hand item.
 */
export function splitItem(draft: Draft, item: Item, at: Flicks): Item {
  const offset = subtractFlicks(at, itemStart(item));
  if (offset <= 0 || at >= itemEnd(item)) {
    refuse('edit/not-inside', 'The cut must be inside the clip.', { itemId: item.id, at });
  }
  const id = draft.newId();
  const placement = { trackId: item.placement.trackId, start: at };
  if (item.kind === 'clip') {
    const { in: first, out: last } = item.sourceRange;
    const cut = addFlicks(first, offset);
    const sourceRange = isStill(draft.project, item)
      ? { in: ZERO, out: subtractFlicks(last, cut) }
      : { in: cut, out: last };
    const { id: _id, kind: _kind, deleted: _deleted, ...registers } = item;
    draft.create('clip', { ...registers, placement, sourceRange }, id);
    draft.set<'clip'>(item.id, { sourceRange: { in: first, out: cut } });
    for (const transition of draft.project.transitionsOf(item.id)) {
      if (transition.cut.outgoingId !== item.id) continue;
      draft.set<'transition'>(transition.id, { cut: { ...transition.cut, outgoingId: id } });
    }
  } else {
    const rest = subtractFlicks(item.duration, offset);
    const { id: _id, kind, deleted: _deleted, ...registers } = item;
    if (kind === 'graphic')
      draft.create(kind, { ...(registers as typeof item), placement, duration: rest }, id);
    else draft.create(kind, { ...(registers as typeof item), placement, duration: rest }, id);
    draft.set<'graphic'>(item.id, { duration: offset });
  }
  return draft.needItem(id);
}

/** Empties a stretch of a track: items inside go, items that reach in are shortened, one that spans it is split. */
export function clearRange(draft: Draft, trackId: ObjectId, start: Flicks, end: Flicks): void {
  for (const item of itemsWithin(draft, trackId, start, end)) {
    let inside = item;
    if (itemStart(inside) < start) inside = splitItem(draft, inside, start);
    if (itemEnd(inside) > end) splitItem(draft, inside, end);
    draft.remove(inside.id);
  }
}

/** Makes room: splits an item that spans `at`, then moves everything from `at` on later by `duration`. */
export function openGap(draft: Draft, trackId: ObjectId, at: Flicks, duration: Flicks): void {
  for (const item of itemsWithin(draft, trackId, at, addFlicks(at, 1 as Flicks))) {
    if (itemStart(item) < at) splitItem(draft, item, at);
  }
  shiftFrom(draft, trackId, at, duration);
}

/** Moves every item of a track that starts at or after `from` by `delta` (negative: earlier). */
export function shiftFrom(draft: Draft, trackId: ObjectId, from: Flicks, delta: Flicks): void {
  const items = draft.project.itemsOn(trackId).filter((item) => itemStart(item) >= from);
  for (const item of items) place(draft, item, addFlicks(itemStart(item), delta));
}

function itemsWithin(draft: Draft, trackId: ObjectId, start: Flicks, end: Flicks): Item[] {
  const items = draft.project.itemsOn(trackId);
  const first = firstIndexEndingAfter(items, start);
  const found: Item[] = [];
  for (let index = first; index < items.length; index++) {
    const item = items[index] as Item;
    if (itemStart(item) >= end) break;
    found.push(item);
  }
  return found;
}

/** How far something may go, both ends inclusive. */
export type Limits = { min: Flicks; max: Flicks };

/** How far the edges of an item may go: the media's ends and the neighbours. `head` and `tail` in timeline time. */
export type TrimLimits = { head: Limits; tail: Limits };

/** No limit but the longest time there is, with room to add to it. */
export const UNLIMITED: Limits = { min: flicks(-2 * LONGEST_TIME), max: flicks(2 * LONGEST_TIME) };

/** What all of the limits allow. */
export function allLimits(limits: readonly Limits[]): Limits {
  return limits.reduce(
    (all, one) => ({ min: maxFlicks(all.min, one.min), max: minFlicks(all.max, one.max) }),
    UNLIMITED,
  );
}

/** The limits of a place, as those of a distance from `place`. */
export function limitsFrom(place: Flicks, limits: Limits): Limits {
  return { min: subtractFlicks(limits.min, place), max: subtractFlicks(limits.max, place) };
}

/** Refuses `edit/beyond-limit` for a distance that is outside `limits`, which the details give. */
export function refuseBeyondLimits(
  by: Flicks,
  limits: Limits,
  details: { itemId: ObjectId },
): void {
  if (by >= limits.min && by <= limits.max) return;
  refuse(
    'edit/beyond-limit',
    'It cannot go that far: the media or a neighbouring clip ends there.',
    { ...details, by, ...limits },
  );
}

/** Limits of `item` on its track in `timeline`; still pictures, titles and captions have no media end. */
export function trimLimits(project: ProjectReader, item: Item, timeline: Timeline): TrimLimits {
  const { head, tail } = mediaLimits(project, item, timeline);
  const { before, after } = itemsBeside(project, item);
  return {
    head: { min: maxFlicks(head.min, before ? itemEnd(before) : ZERO), max: head.max },
    tail: { min: tail.min, max: after ? minFlicks(tail.max, itemStart(after)) : tail.max },
  };
}

/** Limits of `item` in `timeline` were it alone on its track. The head may come to lie before zero. */
export function mediaLimits(project: ProjectReader, item: Item, timeline: Timeline): TrimLimits {
  const { frameRate } = timeline.format;
  const frame = frameDuration(frameRate);
  const available = item.kind === 'clip' ? availableRange(project, item) : null;
  let earliest = UNLIMITED.min;
  let latest = UNLIMITED.max;
  if (item.kind === 'clip' && available !== null) {
    const spareHead = subtractFlicks(item.sourceRange.in, available.in);
    const spareTail = subtractFlicks(available.out, item.sourceRange.out);
    earliest = snapToFrame(subtractFlicks(itemStart(item), spareHead), frameRate, 'ceil');
    latest = addFlicks(itemEnd(item), maxFlicks(ZERO, wholeFrames(spareTail, frameRate)));
  }
  return {
    head: { min: earliest, max: subtractFlicks(itemEnd(item), frame) },
    tail: { min: addFlicks(itemStart(item), frame), max: latest },
  };
}

/** The media that exists for a clip; null for a still picture, which lasts as long as one likes. */
export function availableRange(
  project: ProjectReader,
  clip: Clip,
): { in: Flicks; out: Flicks } | null {
  const asset = project.find('asset', clip.assetId);
  if (asset === undefined || asset.facts.mediaKind === 'image') return null;
  return { in: ZERO, out: asset.facts.duration };
}

/** A still picture has no frames of its own: its range only carries the duration, and begins at zero. */
function isStill(project: ProjectReader, clip: Clip): boolean {
  return project.find('asset', clip.assetId)?.facts.mediaKind === 'image';
}

/** Moves one edge of an item to `to`; a head trim keeps the picture where it is in time. */
export function trimItem(draft: Draft, item: Item, edge: 'head' | 'tail', to: Flicks): void {
  if (item.kind === 'clip') {
    const { in: first, out: last } = item.sourceRange;
    if (edge === 'head') {
      const delta = subtractFlicks(to, itemStart(item));
      const sourceRange = isStill(draft.project, item)
        ? { in: ZERO, out: subtractFlicks(itemDuration(item), delta) }
        : { in: addFlicks(first, delta), out: last };
      draft.set<'clip'>(item.id, { sourceRange });
      place(draft, item, to);
    } else {
      draft.set<'clip'>(item.id, {
        sourceRange: { in: first, out: addFlicks(first, subtractFlicks(to, itemStart(item))) },
      });
    }
    return;
  }
  if (edge === 'head') {
    draft.set<'graphic'>(item.id, { duration: subtractFlicks(itemEnd(item), to) });
    place(draft, item, to);
  } else {
    draft.set<'graphic'>(item.id, { duration: subtractFlicks(to, itemStart(item)) });
  }
}

/** Items that an edit of `item` takes along: its links, unless it is to stand alone. */
export function companions(draft: Draft, item: Item, scope: 'linked' | 'alone'): Item[] {
  return scope === 'alone' ? [item] : draft.project.linkedWith(item);
}
