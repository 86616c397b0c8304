import { refuse } from '../../fault.ts';
import type { Item, ObjectId } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, type Flicks, maxFlicks, minFlicks, subtractFlicks } from '../../time/flicks.ts';
import { companions, place, refuseBeyondTimeline, timelineOfAll } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { openGap } from '../rippleFrom.ts';
import { clearRanges } from '../splitTracks.ts';

/** An item with the place it is to get. */
export type Destination = { item: Item; trackId: ObjectId; start: Flicks };

/**
 * What becomes of what stands at the new place: it is replaced, or what begins later makes room for the whole block, on
 * all tracks that `rippleFrom` names.
 */
export type RoomMode = 'overwrite' | 'insert';

/**
 * Moves items together, so that they never cut or push each other; transitions between them stay. Refuses
 * `edit/track-locked` and, before zero or past 30 days, `edit/bad-time`.
 */
export function moveItems(draft: Draft, moved: readonly Destination[], mode: RoomMode): void {
  for (const { item, trackId } of moved) {
    draft.refuseLocked(draft.trackOf(item));
    draft.refuseLocked(draft.need('track', trackId));
  }
  // Everything leaves its place before room is made, so that an item never cuts its own companions.
  for (const { item } of moved) place(draft, item, itemStart(item), PARKED_TRACK);
  makeRoom(draft, moved, mode);
  for (const { item, trackId, start } of moved) place(draft, item, start, trackId);
}

/** Makes the stretches empty in which items are to stand. */
export function makeRoom(draft: Draft, moved: readonly Destination[], mode: RoomMode): void {
  for (const { start, trackId } of moved) {
    draft.refuseLocked(draft.need('track', trackId));
    refuseBeyondTimeline(start);
    if (start >= 0) continue;
    refuse('edit/bad-time', 'Something would start before the beginning of the timeline.', {
      start,
    });
  }
  if (mode === 'overwrite') {
    clearRanges(
      draft,
      moved.map(({ item, start, trackId }) => ({
        trackId,
        start,
        end: addFlicks(start, itemDuration(item)),
      })),
    );
    return;
  }
  const [first, ...others] = moved;
  if (first === undefined) return;
  const start = others.reduce((earliest, { start: at }) => minFlicks(earliest, at), first.start);
  const end = moved.reduce((latest, { item, start: at }) => {
    return maxFlicks(latest, addFlicks(at, itemDuration(item)));
  }, start);
  const trackIds = [...new Set(moved.map(({ trackId }) => trackId))];
  openGap(draft, trackIds, start, subtractFlicks(end, start));
}

/**
 * The named items and their companions (as `companions` decides), each once, in order of time. Refuses
 * `edit/several-timelines`.
 */
export function gatherItems(
  draft: Draft,
  clipIds: readonly ObjectId[],
  scope: 'linked' | 'alone',
  reach: 'links' | 'groups' = 'links',
): Item[] {
  const found = new Map<ObjectId, Item>();
  for (const id of clipIds) {
    if (found.has(id)) continue;
    for (const item of companions(draft, draft.needItem(id), scope, reach))
      found.set(item.id, item);
  }
  const items = [...found.values()];
  timelineOfAll(draft, items);
  return items.sort((a, b) => itemStart(a) - itemStart(b) || itemEnd(a) - itemEnd(b));
}

/** No track has this id: an item placed here is off the timeline for the moment. */
const PARKED_TRACK = '-';
