import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/**
 * Takes transitions away, with the cross-fades of the linked sound.
 *
 *   ███╳╳███   →   ████|████     (the clips stay as they are)
 *
 * Refuses `edit/track-locked`.
 */
export const transitionRemove = defineEdit({
  type: 'transition.remove',
  label: 'Remove transition',
  summary: 'Removes transitions, with those of the linked clips; the clips stay as they are.',
  parameters: {
    transitionId: objectIdSchema,
    transitionIds: z.array(objectIdSchema).max(10_000).default([]).describe('Further ones.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const chosen = [command.transitionId, ...command.transitionIds].map((id) =>
      draft.need('transition', id),
    );
    for (const transition of chosen) {
      // A companion of one before it is gone already.
      if (draft.project.find('transition', transition.id) === undefined) continue;
      const incoming = draft.needItem(transition.cut.incomingId);
      const clips = command.scope === 'alone' ? [incoming] : draft.project.linkedWith(incoming);
      for (const clip of clips) {
        for (const other of draft.project.transitionsOf(clip.id)) {
          if (other.cut.incomingId !== clip.id) continue;
          draft.refuseLocked(draft.trackOf(clip));
          draft.remove(other.id);
        }
      }
    }
    return {};
  },
});
