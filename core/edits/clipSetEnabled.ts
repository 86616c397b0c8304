import { z } from 'zod';
import { refuse } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineEdit } from './definition.ts';
import { gatherItems } from './moveItems.ts';

/**
 * Switches clips and their linked companions off, or on again. One that is off keeps its place and is neither seen
 * nor heard; dissolves into and out of it do not run. Refuses `edit/cannot-disable` for titles and captions.
 *
 *   ████▓▓▓████   →   ████░░░████     (nothing moves)
 */
export const clipSetEnabled = defineEdit({
  type: 'clip.setEnabled',
  label: 'Enable clip',
  summary:
    'Switches clips and their linked companions on or off. One that is off is neither seen nor heard; nothing moves.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    enabled: z.boolean(),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const items = gatherItems(draft, command.clipIds, command.scope);
    for (const item of items) {
      draft.refuseLocked(draft.trackOf(item));
      if (item.kind !== 'clip') {
        refuse('edit/cannot-disable', 'Titles and captions cannot be switched off one by one.', {
          itemId: item.id,
        });
      }
      draft.set<'clip'>(item.id, { disabled: command.enabled ? undefined : true });
    }
    return { clipIds: items.map((item) => item.id) };
  },
});
