import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { companions, splitItem, timelineOfAll, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { relink } from '../splitTracks.ts';

/**
 * Cuts an item in two, or several at the same time; linked companions that span the moment are cut with them, and the
 * new halves of linked clips are linked with each other. Both halves stay in the group and keep all else they had.
 *
 *   ████████   →   ███|█████     (playback is unchanged)
 *
 * Scope: those items. Clamping: none. `edit/not-inside`: a named item is not under way at this time.
 * `edit/inside-transition`: inside a transition two clips are seen at once, and a cut would change the picture.
 * `edit/track-locked`, `edit/several-timelines`.
 */
export const clipSplit = defineEdit({
  type: 'clip.split',
  label: 'Split clip',
  summary:
    'Cuts items in two at a time inside them, with their linked companions. Nothing moves; playback is unchanged.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    clipIds: z
      .array(objectIdSchema)
      .max(10_000)
      .default([])
      .describe('More items to cut at the same time.'),
    at: timeInputSchema.describe('Timeline time strictly inside the item.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const named = [command.clipId, ...command.clipIds].map((id) => draft.needItem(id));
    const at = timeOn(timelineOfAll(draft, named), command.at);
    const affected = new Map<ObjectId, Item>();
    for (const item of named) {
      affected.set(item.id, item);
      for (const other of companions(draft, item, command.scope)) {
        if (itemStart(other) < at && at < itemEnd(other)) affected.set(other.id, other);
      }
    }
    for (const other of affected.values()) {
      draft.refuseLocked(draft.trackOf(other));
      refuseInsideTransition(draft, other, at);
    }
    const halves = [...affected.values()].map((other) => splitItem(draft, other, at));
    relink(draft, halves);
    return { newIds: halves.map((half) => half.id) };
  },
});

/** Refuses `edit/inside-transition` where a dissolve of `item` is under way at `at`. */
export function refuseInsideTransition(draft: Draft, item: Item, at: Flicks): void {
  const isInside = draft.project
    .transitionsOf(item.id)
    .some(({ cut, reach }) =>
      cut.incomingId === item.id
        ? at < addFlicks(itemStart(item), reach.after)
        : at > subtractFlicks(itemEnd(item), reach.before),
    );
  if (!isInside) return;
  refuse(
    'edit/inside-transition',
    'There is a dissolve at this time. Remove it or make it shorter, then split.',
    { itemId: item.id, at },
  );
}
