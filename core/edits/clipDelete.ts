import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { itemDuration, itemEnd } from '../model/items.ts';
import { flicks } from '../time/flicks.ts';
import { companions, shiftFrom } from './arrange.ts';
import { defineEdit } from './definition.ts';

/**
 * Removes items and their linked companions.
 *
 *   gap keep (lift):      ██▓▓▓██   →   ██...██
 *   gap close (extract):  ██▓▓▓██   →   ████       (later items of the same tracks move earlier)
 */
export const clipDelete = defineEdit({
  type: 'clip.delete',
  label: 'Delete clip',
  summary:
    'Removes items and their linked companions, leaving a gap or closing it on the same tracks.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    gap: z.enum(['keep', 'close']).default('keep'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const named = command.clipIds.map((id) => draft.needItem(id));
    const affected = new Map(
      named
        .flatMap((item) => companions(draft, item, command.scope))
        .map((item) => [item.id, item]),
    );
    for (const item of affected.values()) draft.refuseLocked(draft.trackOf(item));
    // Last first, so that closing one gap does not move an item that is still to go.
    const latestFirst = [...affected.values()].sort((a, b) => itemEnd(b) - itemEnd(a));
    for (const item of latestFirst) {
      draft.remove(item.id);
      if (command.gap === 'close') {
        shiftFrom(draft, item.placement.trackId, itemEnd(item), flicks(-itemDuration(item)));
      }
    }
    return { clipIds: [...affected.keys()] };
  },
});
