import { z } from 'zod';
import { type Item, type ObjectId, objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { addFlicks, maxFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import { copyItems } from './copyItems.ts';
import { defineEdit } from '../definition.ts';
import { gatherItems, makeRoom } from './moveItems.ts';

/**
 * Puts copies of items, with what is linked or grouped with them, on the same tracks, by default right behind the last.
 *
 *   insert:     ▓▓▓████   →   ▓▓▓▓▓▓████     (later items make room for the whole block)
 *   overwrite:  ▓▓▓████   →   ▓▓▓▓▓▓█        (what stands there is replaced)
 *
 * Copies keep their distances, have links and groups of their own, and the transitions between them. Scope: the tracks
 * of the items; an insert takes along what `rippleFrom` says. Clamping: none; past 30 days refuses `edit/bad-time`.
 */
export const clipDuplicate = defineEdit({
  type: 'clip.duplicate',
  label: 'Duplicate',
  summary:
    'Copies items, with what is linked or grouped with them, on the same tracks; later items make room or are replaced.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    at: timeInputSchema
      .optional()
      .describe('Start of the earliest copy; default: the end of the last item.'),
    mode: z.enum(['overwrite', 'insert']).default('insert'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const originals = gatherItems(draft, command.clipIds, command.scope, 'groups');
    const [first] = originals;
    if (first === undefined) return { clipIds: [] };
    const at =
      command.at === undefined
        ? originals.reduce((latest, item) => maxFlicks(latest, itemEnd(item)), ZERO)
        : timeOn(draft.timelineOf(first), command.at);
    const delta = subtractFlicks(at, itemStart(first));
    const destinations = originals.map((item) => ({
      item,
      trackId: trackIdOf(item),
      start: addFlicks(itemStart(item), delta),
    }));
    makeRoom(draft, destinations, command.mode);
    const copies = copyItems(draft, originals, { trackOf: trackIdOf, by: delta });
    return { clipIds: [...copies.values()] };
  },
});

function trackIdOf(item: Item): ObjectId {
  return item.placement.trackId;
}
