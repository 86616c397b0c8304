import { z } from 'zod';
import { refuse } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { companions, timeOn, trimItem, trimLimits } from './arrange.ts';
import { defineEdit } from './definition.ts';

/**
 * Moves one edge of an item; the other edge and every other item stay.
 *
 *   head:  ████████   →   ..██████      tail:  ████████   →   █████...
 *
 * Linked companions whose same edge stands at the same time are trimmed with it. The edge stops nowhere by itself:
 * past the media or a neighbour the edit is refused with the limit in the details.
 */
export const clipTrim = defineEdit({
  type: 'clip.trim',
  label: 'Trim clip',
  summary: 'Moves the head or tail of an item, with its linked companions. Nothing else moves.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    edge: z.enum(['head', 'tail']),
    to: timeInputSchema.describe('Timeline time of the edge.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const { edge } = command;
    const item = draft.needItem(command.clipId);
    const timeline = draft.timelineOf(item);
    const to = timeOn(timeline, command.to);
    const edgeOf = edge === 'head' ? itemStart : itemEnd;
    const affected = companions(draft, item, command.scope).filter(
      (other) => edgeOf(other) === edgeOf(item),
    );
    for (const other of affected) {
      draft.refuseLocked(draft.trackOf(other));
      const limits = trimLimits(draft.project, other, timeline)[edge];
      if (to < limits.min || to > limits.max) {
        refuse(
          'edit/beyond-limit',
          'The edge cannot go that far: the media or a neighbouring clip ends there.',
          {
            itemId: other.id,
            edge,
            min: limits.min,
            max: limits.max,
          },
        );
      }
    }
    for (const other of affected) trimItem(draft, other, edge, to);
    return { clipIds: affected.map((other) => other.id) };
  },
});
