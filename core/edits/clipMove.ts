import { z } from 'zod';
import { refuse } from '../fault.ts';
import { type Item, objectIdSchema, type Track } from '../model/entities.ts';
import { itemDuration, itemStart } from '../model/items.ts';
import { addFlicks, subtractFlicks } from '../time/flicks.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { clearRange, companions, openGap, place, timeOn } from './arrange.ts';
import type { Draft } from './draft.ts';
import { defineEdit } from './definition.ts';

/**
 * Moves an item and its linked companions by the same amount.
 *
 *   overwrite:  ▓▓▓..█████   →   .....▓▓▓██     (what stands at the new place is replaced)
 *   insert:     ▓▓▓..█████   →   .....▓▓▓█████  (later items make room)
 *
 * `trackId` applies to the named item; companions stay on their tracks. Scope: the tracks they come to stand on.
 */
export const clipMove = defineEdit({
  type: 'clip.move',
  label: 'Move clip',
  summary:
    'Moves an item and its linked companions in time, and the item to another track of its kind.',
  parameters: {
    clipId: objectIdSchema.describe('A clip, title or caption.'),
    to: timeInputSchema.describe('New start on the timeline.'),
    trackId: objectIdSchema.optional(),
    mode: z.enum(['overwrite', 'insert']).default('overwrite'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    const to = timeOn(draft.timelineOf(item), command.to);
    const delta = subtractFlicks(to, itemStart(item));
    const moved = companions(draft, item, command.scope).map((other) => ({
      item: other,
      track: destination(draft, other, other.id === item.id ? command.trackId : undefined),
      start: addFlicks(itemStart(other), delta),
    }));
    if (moved.some(({ start }) => start < 0)) {
      refuse('edit/bad-time', 'A linked clip would start before the beginning of the timeline.', {
        to,
      });
    }
    // Everything leaves its place before room is made, so that an item never cuts its own companions.
    for (const entry of moved) place(draft, entry.item, itemStart(entry.item), PARKED_TRACK);
    for (const { item: other, track, start } of moved) {
      if (command.mode === 'insert') openGap(draft, track.id, start, itemDuration(other));
      else clearRange(draft, track.id, start, addFlicks(start, itemDuration(other)));
    }
    for (const { item: other, track, start } of moved) place(draft, other, start, track.id);
    return { clipIds: moved.map((entry) => entry.item.id) };
  },
});

/** No track has this id: an item placed here is off the timeline for the moment. */
const PARKED_TRACK = '-';

function destination(draft: Draft, item: Item, trackId: string | undefined): Track {
  const from = draft.trackOf(item);
  draft.refuseLocked(from);
  if (trackId === undefined) return from;
  const to = draft.need('track', trackId);
  draft.refuseLocked(to);
  if (to.trackKind !== from.trackKind || to.timelineId !== from.timelineId) {
    refuse('edit/wrong-track', `Track “${to.name}” cannot hold this.`, { trackId });
  }
  return to;
}
