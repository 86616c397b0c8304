import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { type Item, objectIdSchema, type Timeline } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import {
  allLimits,
  companions,
  itemsBeside,
  type Limits,
  limitsFrom,
  mediaLimits,
  refuseBeyondLimits,
  timeOn,
  trimItem,
  trimLimits,
} from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/**
 * Moves the edit point between two items that touch: one grows by what the other loses.
 *
 *   █████|▓▓▓▓▓   →   ███████|▓▓▓     (both still touch, together they last as long as before)
 *
 * Clips linked to either whose edge stands at the same time go along: with the neighbour that touches them, or alone
 * where there is none. Scope: those edges; nothing else moves. Clamping: none; where media or an item ends refuses
 * `edit/beyond-limit` with the limits, as distances, in the details. `edit/no-cut`: nothing touches this edge.
 */
export const clipRoll = defineEdit({
  type: 'clip.roll',
  label: 'Roll edit',
  summary:
    'Moves the edit point between two touching items, with their linked clips. The total length stays.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    edge: z.enum(['head', 'tail']),
    to: timeInputSchema.describe('New timeline time of the edit point.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const timeline = draft.timelineOf(item);
    const to = timeOn(timeline, command.to);
    const named = editPoint(draft, item, command.edge);
    const { outgoing, incoming } = named;
    if (outgoing === undefined || incoming === undefined) {
      refuse('edit/no-cut', 'Only an edit point between two clips that touch can be rolled.', {
        itemId: item.id,
        edge: command.edge,
      });
    }
    const at = itemStart(incoming);
    const linked = [
      ...companions(draft, outgoing, command.scope)
        .filter((other) => itemEnd(other) === at)
        .map((other) => editPoint(draft, other, 'tail')),
      ...companions(draft, incoming, command.scope)
        .filter((other) => itemStart(other) === at)
        .map((other) => editPoint(draft, other, 'head')),
    ];
    // Items of a track do not overlap, so there is one edit point at this time on each.
    const points = [...new Map(linked.map((point) => [point.trackId, point])).values()];
    for (const point of points) draft.refuseLocked(draft.need('track', point.trackId));
    const limits = points.flatMap((point) => limitsOf(draft, point, timeline));
    refuseBeyondLimits(subtractFlicks(to, at), limitsFrom(at, allLimits(limits)), {
      itemId: item.id,
    });
    for (const point of points) roll(draft, point, to);
    return {
      clipIds: points.flatMap((point) =>
        [point.outgoing, point.incoming].flatMap((side) => side?.id ?? []),
      ),
    };
  },
});

/** What meets at one edge of an item on its track; one side is missing beside a gap. */
type EditPoint = { trackId: string; outgoing: Item | undefined; incoming: Item | undefined };

function editPoint(draft: Draft, item: Item, edge: 'head' | 'tail'): EditPoint {
  const { trackId } = item.placement;
  const { before, after } = itemsBeside(draft.project, item);
  if (edge === 'head') {
    const touches = before !== undefined && itemEnd(before) === itemStart(item);
    return { trackId, outgoing: touches ? before : undefined, incoming: item };
  }
  const touches = after !== undefined && itemStart(after) === itemEnd(item);
  return { trackId, outgoing: item, incoming: touches ? after : undefined };
}

function limitsOf(draft: Draft, point: EditPoint, timeline: Timeline): Limits[] {
  const { outgoing, incoming } = point;
  // The neighbour gives way, so only the media limits a side that has one.
  const limits = outgoing && incoming ? mediaLimits : trimLimits;
  return [
    ...(outgoing ? [limits(draft.project, outgoing, timeline).tail] : []),
    ...(incoming ? [limits(draft.project, incoming, timeline).head] : []),
  ];
}

function roll(draft: Draft, { outgoing, incoming }: EditPoint, to: Flicks): void {
  if (outgoing) trimItem(draft, outgoing, 'tail', to);
  if (incoming) trimItem(draft, incoming, 'head', to);
}
