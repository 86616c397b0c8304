import { z } from 'zod';
import { refuse } from '../fault.ts';
import type { Item } from '../model/entities.ts';
import { objectIdSchema } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { addFlicks, type Flicks, subtractFlicks } from '../time/flicks.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { companions, splitItem, timeOn } from './arrange.ts';
import type { Draft } from './draft.ts';
import { defineEdit } from './definition.ts';
import { relink } from './splitTracks.ts';

/**
 * Cuts an item in two; its linked companions that span the same moment are cut with it, and the new halves are
 * linked to each other.
 *
 *   ████████   →   ███|█████     (playback is unchanged)
 *
 * Inside a dissolve two clips are seen at once and a cut would change the picture: refuses `edit/inside-transition`.
 */
export const clipSplit = defineEdit({
  type: 'clip.split',
  label: 'Split clip',
  summary:
    'Cuts an item in two at a time inside it, with its linked companions. Nothing moves; playback is unchanged.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    at: timeInputSchema.describe('Timeline time strictly inside the item.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const at = timeOn(draft.timelineOf(item), command.at);
    const affected = companions(draft, item, command.scope).filter(
      (other) => other.id === item.id || (itemStart(other) < at && at < itemEnd(other)),
    );
    for (const other of affected) {
      draft.refuseLocked(draft.trackOf(other));
      refuseInsideTransition(draft, other, at);
    }
    const halves = affected.map((other) => splitItem(draft, other, at));
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
