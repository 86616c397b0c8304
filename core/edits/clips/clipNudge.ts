import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import { addFlicks } from '../../time/flicks.ts';
import { distanceOn } from '../arrange.ts';
import { defineEdit } from '../definition.ts';
import { gatherItems, moveItems } from './moveItems.ts';

/**
 * Moves items and what is linked or grouped with them by a number of frames.
 *
 *   ▓▓▓.███   →   .▓▓▓███   →   ..▓▓▓██     (what stands at the new place is replaced)
 *
 * Scope: the tracks of the items. Clamping: none; before the beginning of the timeline refuses `edit/bad-time`.
 */
export const clipNudge = defineEdit({
  type: 'clip.nudge',
  label: 'Nudge',
  summary:
    'Moves items, with what is linked or grouped with them, by frames, in place of what stands there. Nothing else moves.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    frames: z.int().min(-1_000_000).max(1_000_000).describe('Negative is earlier.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const items = gatherItems(draft, command.clipIds, command.scope, 'groups');
    const moved = items.map((item) => ({
      item,
      trackId: item.placement.trackId,
      start: addFlicks(itemStart(item), distanceOn(draft.timelineOf(item), `${command.frames}f`)),
    }));
    moveItems(draft, moved, 'overwrite');
    return { clipIds: items.map((item) => item.id) };
  },
});
