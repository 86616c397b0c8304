import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { companions, timelineOfAll, timeOn, trimItem, trimLimits } from '../arrange.ts';
import { defineEdit } from '../definition.ts';

/**
 * Moves one edge of an item, or the same edge of several, to a time; the other edges and every other item stay.
 *
 *   head:  ████████   →   ..██████      tail:  ████████   →   █████...
 *
 * Linked companions whose same edge stands at the same time as that of the clip they are linked with are trimmed with
 * it. Scope: those items. Clamping: none; past the media, a neighbour, or to less than a frame, refuses
 * `edit/beyond-limit` with the limits in the details. `edit/track-locked`, `edit/several-timelines`.
 */
export const clipTrim = defineEdit({
  type: 'clip.trim',
  label: 'Trim clip',
  summary:
    'Moves the head or tail of items to a time, with their linked companions. Nothing else moves.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    clipIds: z
      .array(objectIdSchema)
      .max(10_000)
      .default([])
      .describe('More items to trim to the same time.'),
    edge: z.enum(['head', 'tail']),
    to: timeInputSchema.describe('Timeline time of the edge.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const { edge, scope } = command;
    const named = [command.clipId, ...command.clipIds].map((id) => draft.needItem(id));
    const timeline = timelineOfAll(draft, named);
    const to = timeOn(timeline, command.to);
    const edgeOf = edge === 'head' ? itemStart : itemEnd;
    const affected = new Map<ObjectId, Item>();
    for (const item of named) {
      for (const other of companions(draft, item, scope)) {
        if (edgeOf(other) === edgeOf(item)) affected.set(other.id, other);
      }
    }
    for (const other of affected.values()) {
      draft.refuseLocked(draft.trackOf(other));
      const limits = trimLimits(draft.project, other, timeline)[edge];
      if (to >= limits.min && to <= limits.max) continue;
      refuse(
        'edit/beyond-limit',
        'The edge cannot go that far: the media or a neighbouring clip ends there.',
        { itemId: other.id, edge, min: limits.min, max: limits.max },
      );
    }
    for (const other of affected.values()) trimItem(draft, other, edge, to);
    return { clipIds: [...affected.keys()] };
  },
});
