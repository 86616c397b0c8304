import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import { addFlicks, subtractFlicks } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { gatherItems, moveItems } from './moveItems.ts';

/**
 * Moves an item, further ones and all that is linked or grouped with them by the same amount. Transitions between
 * them stay.
 *
 *   overwrite:  ▓▓▓..█████   →   .....▓▓▓██     (what stands at the new place is replaced)
 *   insert:     ▓▓▓..█████   →   .....▓▓▓█████  (later items make room for the whole block)
 *
 * `trackId` applies to the item `clipId`; all others stay on their tracks. Scope: the tracks they come to stand on;
 * `insert` takes along what `rippleFrom` says. Clamping: none; before the beginning of the timeline refuses
 * `edit/bad-time`. `edit/wrong-track`, `edit/track-locked`, `edit/several-timelines`.
 */
export const clipMove = defineEdit({
  type: 'clip.move',
  label: 'Move clip',
  summary:
    'Moves items, with what is linked or grouped with them, in time by the same amount, and the first to another track of its kind.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    clipIds: z
      .array(objectIdSchema)
      .max(10_000)
      .default([])
      .describe('More items that move by the same amount.'),
    to: timeInputSchema.describe('New start of the first item on the timeline.'),
    trackId: objectIdSchema.optional(),
    mode: z.enum(['overwrite', 'insert']).default('overwrite'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const to = timeOn(draft.timelineOf(item), command.to);
    const delta = subtractFlicks(to, itemStart(item));
    const items = gatherItems(draft, [item.id, ...command.clipIds], command.scope, 'groups');
    const moved = items.map((other) => ({
      item: other,
      trackId: destination(draft, other, other.id === item.id ? command.trackId : undefined),
      start: addFlicks(itemStart(other), delta),
    }));
    moveItems(draft, moved, command.mode);
    return { clipIds: moved.map((entry) => entry.item.id) };
  },
});

function destination(draft: Draft, item: Item, trackId: ObjectId | undefined): ObjectId {
  const from = draft.trackOf(item);
  if (trackId === undefined) return from.id;
  const to = draft.need('track', trackId);
  if (to.trackKind !== from.trackKind || to.timelineId !== from.timelineId) {
    refuse('edit/wrong-track', `Track “${to.name}” cannot hold this.`, { trackId });
  }
  return to.id;
}
