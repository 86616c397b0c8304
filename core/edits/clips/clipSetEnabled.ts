import { z } from 'zod';
import { type Item, objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';
import { gatherItems } from './moveItems.ts';

/**
 * Switches clips with their linked companions, titles and captions off, or on again. What is off keeps its place and is
 * neither seen nor heard; transitions into and out of it do not run.
 *
 *   ████▓▓▓████   →   ████░░░████     (nothing moves)
 *
 * Scope: those items. Refuses `edit/track-locked`, `edit/several-timelines`.
 */
export const clipSetEnabled = defineEdit({
  type: 'clip.setEnabled',
  label: 'Enable clip',
  summary:
    'Switches items, with their linked companions, on or off. What is off is neither seen nor heard; nothing moves.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000).describe('Clips, titles or captions.'),
    enabled: z.boolean(),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const items = gatherItems(draft, command.clipIds, command.scope);
    for (const item of items) {
      draft.refuseLocked(draft.trackOf(item));
      draft.set<Item['kind']>(item.id, { disabled: command.enabled ? undefined : true });
    }
    return { clipIds: items.map((item) => item.id) };
  },
});
