import { z } from 'zod';
import { type Item, objectIdSchema, type Timeline } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, flicks, type Flicks, subtractFlicks } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import {
  allLimits,
  companions,
  distanceOn,
  itemsBeside,
  type Limits,
  limitsFrom,
  mediaLimits,
  place,
  refuseBeyondLimits,
  trimItem,
  UNLIMITED,
} from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/**
 * Moves an item between its neighbours: the one it moves away from grows, the other becomes shorter.
 *
 *   ████|▓▓▓|█████   →   ██████|▓▓▓|███     (the item shows the same; the neighbours' outer edges stay)
 *
 * Linked companions slide by as much between their own neighbours. Beside a gap, the gap gives way. Scope: the item,
 * its companions, and the edges that touch them. Clamping: none; where a neighbour has no more media or would vanish
 * refuses `edit/beyond-limit` with the limits of `by` in the details. `edit/track-locked`: on any of the tracks.
 */
export const clipSlide = defineEdit({
  type: 'clip.slide',
  label: 'Slide clip',
  summary:
    'Moves an item and its linked companions in time; the neighbours that touch them absorb it. Nothing else moves.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    by: timeInputSchema.describe('How far the item moves; negative is earlier.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const timeline = draft.timelineOf(item);
    const by = distanceOn(timeline, command.by);
    const moved = companions(draft, item, command.scope);
    const movedIds = new Set(moved.map((other) => other.id));
    const slides = moved.map((other) => {
      draft.refuseLocked(draft.trackOf(other));
      const { before, after } = itemsBeside(draft.project, other);
      return {
        item: other,
        before: before && !movedIds.has(before.id) ? before : undefined,
        after: after && !movedIds.has(after.id) ? after : undefined,
      };
    });
    const limits = slides.map((slide) => slideLimits(draft, slide, timeline));
    refuseBeyondLimits(by, allLimits(limits), { itemId: item.id });
    for (const { item: other, before, after } of slides) {
      const start = itemStart(other);
      const end = itemEnd(other);
      if (before && itemEnd(before) === start) retrim(draft, before, 'tail', addFlicks(start, by));
      if (after && itemStart(after) === end) retrim(draft, after, 'head', addFlicks(end, by));
    }
    for (const { item: other } of slides) place(draft, other, addFlicks(itemStart(other), by));
    return { clipIds: [...movedIds] };
  },
});

type Slide = { item: Item; before: Item | undefined; after: Item | undefined };

function slideLimits(draft: Draft, { item, before, after }: Slide, timeline: Timeline): Limits {
  const start = itemStart(item);
  const end = itemEnd(item);
  const limits: Limits[] = [{ min: flicks(-start), max: UNLIMITED.max }];
  if (before !== undefined) {
    limits.push(
      itemEnd(before) === start
        ? limitsFrom(start, mediaLimits(draft.project, before, timeline).tail)
        : { min: subtractFlicks(itemEnd(before), start), max: UNLIMITED.max },
    );
  }
  if (after !== undefined) {
    limits.push(
      itemStart(after) === end
        ? limitsFrom(end, mediaLimits(draft.project, after, timeline).head)
        : { min: UNLIMITED.min, max: subtractFlicks(itemStart(after), end) },
    );
  }
  return allLimits(limits);
}

/** Trims an item as it is now: one that lies between two sliding ones is trimmed at both edges. */
function retrim(draft: Draft, item: Item, edge: 'head' | 'tail', to: Flicks): void {
  trimItem(draft, draft.needItem(item.id), edge, to);
}
