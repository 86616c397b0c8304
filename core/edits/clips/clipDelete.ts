import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { defineEdit } from '../definition.ts';
import { gatherItems } from './moveItems.ts';
import { closeStretches, emptiedBy } from '../rippleFrom.ts';

/**
 * Removes items and what is linked or grouped with them.
 *
 *   gap keep (lift):      ██▓▓▓██   →   ██...██
 *   gap close (extract):  ██▓▓▓██   →   ████       (what begins later moves earlier, as `rippleFrom` says)
 *
 * Each stretch that is left empty is closed once, however many items stood in it; where picture and sound began or
 * ended apart, only what is empty on both. Scope: the items; with `close`, what follows on their tracks and on those in
 * sync lock. Clamping: none. `edit/track-locked`: something on a locked track would go, or on a track of these items
 * would have to move. `edit/out-of-sync`: another track cannot follow. `edit/several-timelines`.
 */
export const clipDelete = defineEdit({
  type: 'clip.delete',
  label: 'Delete clip',
  summary:
    'Removes items, with what is linked or grouped with them, leaving a gap or closing it on all tracks that are in sync lock.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    gap: z.enum(['keep', 'close']).default('keep'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const items = gatherItems(draft, command.clipIds, command.scope, 'groups');
    for (const item of items) {
      draft.refuseLocked(draft.trackOf(item));
      draft.remove(item.id);
    }
    if (command.gap === 'close') {
      const removed = items.map((item) => ({
        trackId: item.placement.trackId,
        start: itemStart(item),
        end: itemEnd(item),
      }));
      closeStretches(draft, emptiedBy(draft, removed));
    }
    return { clipIds: items.map((item) => item.id) };
  },
});
