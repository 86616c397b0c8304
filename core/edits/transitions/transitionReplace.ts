import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema, TRANSITION_DIRECTIONS, TRANSITION_KINDS } from '../../model/entities.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { companionCuts, cutOf, refuseDirection, transitionAcross } from './transitionCuts.ts';

/**
 * Makes transitions another kind; where they stand and how long they last stays.
 *
 *   ███╳╳███   →   ███▐▐███
 *
 * Sound always cross-fades: of a transition of sound, that of the picture linked with it becomes the other kind.
 * Refuses `edit/sound-cross-fades` where a transition is of sound alone and the kind is not a dissolve,
 * `edit/no-direction`, `edit/track-locked`.
 */
export const transitionReplace = defineEdit({
  type: 'transition.replace',
  label: 'Replace transition',
  summary:
    'Makes transitions another kind; their places and lengths stay, and sound goes on cross-fading.',
  parameters: {
    transitionIds: z.array(objectIdSchema).min(1).max(10_000),
    transitionKind: z.enum(TRANSITION_KINDS),
    direction: z
      .enum(TRANSITION_DIRECTIONS)
      .optional()
      .describe('Where a wipe, slide or push moves to; default: left.'),
  },
  apply(draft, command) {
    refuseDirection(command);
    const { transitionKind, direction } = command;
    const chosen = new Set(command.transitionIds.flatMap((id) => picturesOf(draft, id)));
    if (chosen.size === 0 && transitionKind !== 'dissolve') {
      refuse(
        'edit/sound-cross-fades',
        'Sound always cross-fades. Choose a transition of pictures.',
      );
    }
    for (const id of chosen) {
      draft.refuseLocked(draft.trackOf(cutOf(draft, draft.need('transition', id)).incoming));
      draft.set<'transition'>(id, { transitionKind, direction });
    }
    return { transitionIds: [...chosen] };
  },
});

/** The transition itself when it is one of pictures, else those of the pictures linked with it. */
function picturesOf(draft: Draft, transitionId: string): string[] {
  const transition = draft.need('transition', transitionId);
  const cut = cutOf(draft, transition);
  if (draft.trackOf(cut.incoming).trackKind === 'video') return [transition.id];
  return companionCuts(draft, cut, 'linked').flatMap((companion) => {
    const isPicture = draft.trackOf(companion.incoming).trackKind === 'video';
    return (isPicture ? transitionAcross(draft, companion)?.id : undefined) ?? [];
  });
}
