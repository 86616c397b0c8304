import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, flicks } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import {
  allLimits,
  companions,
  distanceOn,
  limitsFrom,
  mediaLimits,
  refuseBeyondLimits,
  trimItem,
  UNLIMITED,
} from '../arrange.ts';
import { defineEdit } from '../definition.ts';
import { rippleFrom } from '../rippleFrom.ts';

/**
 * Moves one edge of an item and shifts what follows, so that no gap opens and nothing is covered.
 *
 *   tail, earlier:  ██▓▓▓▓███   →   ██▓▓███      (what follows moves by as much as the edge)
 *   head, later:    ██▓▓▓▓███   →   ██▓▓███      (the item keeps its start and loses its beginning)
 *
 * Linked companions whose same edge stands at the same time are trimmed with it. Scope: everything at or after the
 * edge on the tracks of the item and its companions (with scope `alone` the item’s only) and on those in sync lock
 * moves by the same amount, as `rippleFrom` says. Clamping: none; past the media, or to less than a frame, refuses
 * `edit/beyond-limit` with the limits of `by` in the details. `edit/out-of-sync`: a companion begins before the head
 * and would stay behind, or a track in sync lock cannot follow. `edit/overlap`: a companion that ends later is in the
 * way of what follows. `edit/track-locked`: a locked track of the edit’s own would have to move.
 */
export const clipRippleTrim = defineEdit({
  type: 'clip.rippleTrim',
  label: 'Ripple trim',
  summary:
    'Moves the head or tail of an item, with its linked clips, and shifts everything after it on all tracks in sync lock.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    edge: z.enum(['head', 'tail']),
    by: timeInputSchema.describe('How far the edge moves; negative is earlier.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const { edge } = command;
    const item = draft.needItem(command.clipId);
    const timeline = draft.timelineOf(item);
    const by = distanceOn(timeline, command.by);
    const edgeOf = edge === 'head' ? itemStart : itemEnd;
    const from = edgeOf(item);
    const linked = companions(draft, item, command.scope);
    const trimmed = linked.filter((other) => edgeOf(other) === from);
    for (const other of trimmed) draft.refuseLocked(draft.trackOf(other));
    if (edge === 'head') refuseLeftBehind(linked, item);
    const limits = trimmed.map((other) =>
      limitsFrom(from, mediaLimits(draft.project, other, timeline)[edge]),
    );
    // A head that moves earlier makes the item end later.
    if (edge === 'head')
      limits.push({ min: flicks(itemEnd(item) - UNLIMITED.max), max: UNLIMITED.max });
    refuseBeyondLimits(by, allLimits(limits), { itemId: item.id });
    const trackIds = linked.map((other) => other.placement.trackId);
    const trim = () => {
      for (const { id } of trimmed) {
        const other = draft.needItem(id);
        trimItem(draft, other, edge, addFlicks(edgeOf(other), by));
      }
    };
    const isShorter = edge === 'head' ? by > 0 : by < 0;
    const distance = Math.abs(by);
    // The edge moves on empty ground: what it leaves is closed behind it, and room is made before it grows.
    if (isShorter) {
      trim();
      rippleFrom(draft, trackIds, edge === 'head' ? addFlicks(from, by) : from, flicks(-distance));
    } else {
      rippleFrom(draft, trackIds, from, flicks(distance));
      trim();
    }
    return { clipIds: trimmed.map((other) => other.id) };
  },
});

/** Refuses `edit/out-of-sync` where a linked clip is under way at the head and would not move with the item. */
function refuseLeftBehind(linked: readonly Item[], item: Item): void {
  const from = itemStart(item);
  const behind = linked.find((other) => itemStart(other) < from && from < itemEnd(other));
  if (behind === undefined) return;
  refuse(
    'edit/out-of-sync',
    'A linked clip begins earlier and would no longer be in step. Trim this clip alone, or make both begin together.',
    { itemId: item.id, linkedId: behind.id },
  );
}
