import { refuse } from '../fault.ts';
import type {
  Clip,
  Graphic,
  Item,
  Marker,
  ObjectId,
  Registers,
  Timeline,
} from '../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../model/items.ts';
import { offsetOfSource } from '../model/markerTimes.ts';
import { partOf } from '../model/partOf.ts';
import {
  assetOf,
  firstIndexEndingAfter,
  type ProjectReader,
  timelineEnd,
} from '../model/project.ts';
import { spareTime } from '../model/sourceRange.ts';
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

/** The one timeline that all of the items (one at least) stand on. Refuses `edit/several-timelines`. */
export function timelineOfAll(draft: Draft, items: readonly Item[]): Timeline {
  const timelines = new Map(
    items.map((item) => draft.timelineOf(item)).map((timeline) => [timeline.id, timeline]),
  );
  const [timeline] = timelines.values();
  if (timeline === undefined || timelines.size > 1) {
    refuse('edit/several-timelines', 'Choose items of one timeline only.', {
      clipIds: items.map((item) => item.id),
    });
  }
  return timeline;
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
  const index = items.indexOf(item, firstIndexStartingAt(items, itemStart(item)));
  return { before: items[index - 1], after: items[index + 1] };
}

/** Items of a track that start at or after a time, earliest first. */
export function itemsFrom(project: ProjectReader, trackId: ObjectId, from: Flicks): Item[] {
  const items = project.itemsOn(trackId);
  return items.slice(firstIndexStartingAt(items, from));
}

/** Index of the first item of a sorted list that starts at or after `time`; the list’s length if none does. */
export function firstIndexStartingAt(items: readonly Item[], time: Flicks): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (itemStart(items[middle] as Item) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Cuts one item in two at `at`, strictly inside it. Gives the new right-hand item; the left keeps its id. A transition
 * at the old end follows to the right-hand item, as do markers of what it shows; of its fades each half keeps the one
 * at the old edge.
 */
export function splitItem(draft: Draft, item: Item, at: Flicks): Item {
  const offset = subtractFlicks(at, itemStart(item));
  if (offset <= 0 || at >= itemEnd(item)) {
    refuse('edit/not-inside', 'The cut must be inside the clip.', { itemId: item.id, at });
  }
  const whole = item.kind === 'graphic' ? withMotion(item) : item;
  const source = sourceKind(draft.project, item);
  const left = partOf(whole, ZERO, offset, source);
  const right = partOf(whole, offset, itemDuration(item), source);
  if (item.kind === 'clip' && item.fades !== undefined) {
    Object.assign(left, { fades: fadesOf(minFlicks(item.fades.in, offset), ZERO) });
    const rest = subtractFlicks(itemDuration(item), offset);
    Object.assign(right, { fades: fadesOf(ZERO, minFlicks(item.fades.out, rest)) });
  }
  const { id: _id, kind, deleted: _deleted, ...registers } = item;
  const placement = { trackId: item.placement.trackId, start: at };
  const id = draft.create(kind, { ...registers, ...right, placement } as Registers<Item['kind']>);
  draft.set<Item['kind']>(item.id, left);
  for (const transition of draft.project.transitionsOf(item.id)) {
    if (transition.cut.outgoingId !== item.id) continue;
    draft.set<'transition'>(transition.id, { cut: { ...transition.cut, outgoingId: id } });
  }
  if (item.kind === 'clip') moveMarkers(draft, item, offset, id);
  return draft.needItem(id);
}

/** Both halves of a split title go on moving as the whole did. */
function withMotion(graphic: Graphic): Graphic {
  const { motion = { offset: ZERO, duration: graphic.duration } } = graphic;
  return { ...graphic, motion };
}

function fadesOf(fadeIn: Flicks, fadeOut: Flicks): Clip['fades'] {
  return fadeIn === 0 && fadeOut === 0 ? undefined : { in: fadeIn, out: fadeOut };
}

/** Gives the right-hand half of a split clip the markers that come after the cut, hidden ones too. */
function moveMarkers(draft: Draft, whole: Clip, offset: Flicks, rightId: ObjectId): void {
  const isStill = sourceKind(draft.project, whole) === 'still';
  for (const { id, span } of draft.project.markersOf(whole.id)) {
    if (clipTimeOf(whole, span.time) < offset) continue;
    draft.set<'marker'>(id, { ownerId: rightId });
    if (isStill) shiftMarker(draft, id, span, flicks(-offset));
  }
}

/** When a clip comes to a time of its source: where it shows it, else where it would if it went on. */
function clipTimeOf(clip: Clip, source: Flicks): number {
  const { sourceRange } = clip;
  const duration = itemDuration(clip);
  return (
    offsetOfSource(sourceRange, source, { from: ZERO, to: duration }) ??
    offsetOfSource(sourceRange, source, { from: duration, to: LONGEST_TIME }) ??
    Number.NEGATIVE_INFINITY
  );
}

/** Still pictures begin at zero wherever they are cut, so their markers count from there. */
function shiftMarker(draft: Draft, id: ObjectId, span: Marker['span'], by: Flicks): void {
  draft.set<'marker'>(id, { span: { ...span, time: addFlicks(span.time, by) } });
}

/**
 * Empties a stretch of a track: items inside go, items that reach in are shortened, one that spans it is split. Gives
 * the new item after the stretch, where one was cut there; it still has the link of the whole (`clearRanges` mends that).
 */
export function clearRange(
  draft: Draft,
  trackId: ObjectId,
  start: Flicks,
  end: Flicks,
): Item | undefined {
  let rest: Item | undefined;
  for (const item of itemsWithin(draft.project, trackId, start, end)) {
    let inside = item;
    if (itemStart(inside) < start) inside = splitItem(draft, inside, start);
    if (itemEnd(inside) > end) rest = splitItem(draft, inside, end);
    draft.remove(inside.id);
  }
  return rest;
}

/** Items of a track that have something in a stretch, earliest first. */
export function itemsWithin(
  project: ProjectReader,
  trackId: ObjectId,
  start: Flicks,
  end: Flicks,
): Item[] {
  const items = project.itemsOn(trackId);
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
  let earliest = UNLIMITED.min;
  let latest = UNLIMITED.max;
  if (item.kind === 'clip') {
    const spare = spareMedia(project, item);
    if (Number.isFinite(spare.head)) {
      const head = subtractFlicks(itemStart(item), flicks(spare.head));
      earliest = snapToFrame(head, frameRate, 'ceil');
    }
    if (Number.isFinite(spare.tail)) {
      latest = addFlicks(itemEnd(item), wholeFrames(flicks(spare.tail), frameRate));
    }
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
  if (clip.nestedTimelineId !== undefined) {
    return { in: ZERO, out: timelineEnd(project, clip.nestedTimelineId) };
  }
  const asset = assetOf(project, clip);
  if (asset === undefined || asset.facts.mediaKind === 'image') return null;
  return { in: ZERO, out: asset.facts.duration };
}

/** How much longer a clip could be at each edge, in flicks of the timeline; Infinity for still pictures. */
export function spareMedia(project: ProjectReader, clip: Clip): { head: number; tail: number } {
  const available = availableRange(project, clip);
  if (available === null) return { head: Number.POSITIVE_INFINITY, tail: Number.POSITIVE_INFINITY };
  return spareTime(clip.sourceRange, available);
}

/** A still picture has no frames of its own: its range only carries the duration, and begins at zero. */
function sourceKind(project: ProjectReader, item: Item): 'still' | 'running' {
  const isStill = item.kind === 'clip' && assetOf(project, item)?.facts.mediaKind === 'image';
  return isStill ? 'still' : 'running';
}

/** Moves one edge of an item to `to`; a head trim keeps the picture, and what marks it, where it is in time. */
export function trimItem(draft: Draft, item: Item, edge: 'head' | 'tail', to: Flicks): void {
  const offset = subtractFlicks(to, itemStart(item));
  const [from, until] = edge === 'head' ? [offset, itemDuration(item)] : [ZERO, offset];
  const source = sourceKind(draft.project, item);
  draft.set<Item['kind']>(item.id, partOf(item, from, until, source));
  if (edge === 'tail') return;
  place(draft, item, to);
  if (source === 'running' || offset === 0) return;
  for (const { id, span } of draft.project.markersOf(item.id)) {
    shiftMarker(draft, id, span, flicks(-offset));
  }
}

/**
 * Items that an edit of `item` takes along, itself included; nothing else decides that. `alone` takes none; otherwise
 * those that share its link, and for edits that move, copy or remove whole items (`groups`) also those that share the
 * group of any of them. Refuses `edit/several-timelines` where one of them stands on another timeline.
 */
export function companions(
  draft: Draft,
  item: Item,
  scope: 'linked' | 'alone',
  reach: 'links' | 'groups' = 'links',
): Item[] {
  if (scope === 'alone') return [item];
  const found = reach === 'links' ? draft.project.linkedWith(item) : bundleOf(draft, item);
  const timeline = draft.timelineOf(item).id;
  const stray = found.find((other) => draft.timelineOf(other).id !== timeline);
  if (stray !== undefined) {
    refuse(
      'edit/several-timelines',
      'This is linked or grouped with something on another timeline. Unlink or ungroup it first, or edit it alone.',
      { itemId: item.id, otherId: stray.id },
    );
  }
  return found;
}

/** Everything that hangs together with an item by links and groups. */
function bundleOf(draft: Draft, item: Item): Item[] {
  const found = new Map([[item.id, item]]);
  const seen = new Set<ObjectId | undefined>();
  for (const one of found.values()) {
    const linkId = one.kind === 'clip' ? one.linkId : undefined;
    const others = [
      ...(seen.has(linkId) ? [] : draft.project.linkedWith(one)),
      ...(seen.has(one.groupId) ? [] : draft.project.groupedWith(one)),
    ];
    seen.add(linkId).add(one.groupId);
    for (const other of others) found.set(other.id, other);
  }
  return [...found.values()];
}
