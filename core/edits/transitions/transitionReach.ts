import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema, type Transition } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import { subtractFlicks } from '../../time/flicks.ts';
import { frameDuration } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import {
  companionCuts,
  cutOf,
  type Reach,
  refuseTooLong,
  roomAcross,
  transitionAcross,
} from './transitionCuts.ts';

const scope = z.enum(['linked', 'alone']).default('linked');

/**
 * Says how far a transition reaches before and after its cut; a side that is not given stays.
 *
 *   ███╳|╳███   →   █╳╳╳|╳███     (neither the clips nor the cut move)
 *
 * The cross-fade of the linked sound at the same time becomes as long where there is media for it, and stays where
 * there is not. Refuses `edit/not-enough-handle` with the room on each side in the details, `edit/bad-duration` for
 * less than a frame in all, `edit/bad-time` for a side below zero, `edit/track-locked`.
 */
export const transitionSetReach = defineEdit({
  type: 'transition.setReach',
  label: 'Change transition',
  summary:
    'Sets how far a transition reaches before and after its cut, with the cross-fade of its linked sound. Nothing moves.',
  parameters: {
    transitionId: objectIdSchema,
    before: timeInputSchema.optional().describe('Default: as it is.'),
    after: timeInputSchema.optional().describe('Default: as it is.'),
    scope,
  },
  apply(draft, command) {
    const transition = draft.need('transition', command.transitionId);
    const timeline = draft.timelineOf(cutOf(draft, transition).incoming);
    const { before, after } = command;
    const reach = {
      before: before === undefined ? transition.reach.before : timeOn(timeline, before),
      after: after === undefined ? transition.reach.after : timeOn(timeline, after),
    };
    return setReach(draft, transition, reach, command.scope);
  },
});

/**
 * Moves one edge of a transition to a time; the other edge and the cut stay.
 *
 *   ███╳|╳███   →   ███╳|╳╳╳█
 *
 * The head cannot pass the cut, nor the tail: refuses `edit/beyond-limit`. Else as `transition.setReach`.
 */
export const transitionTrim = defineEdit({
  type: 'transition.trim',
  label: 'Trim transition',
  summary:
    'Moves the head or tail of a transition, with the cross-fade of its linked sound. The clips and the cut stay.',
  parameters: {
    transitionId: objectIdSchema,
    edge: z.enum(['head', 'tail']),
    to: timeInputSchema.describe('Timeline time of the edge.'),
    scope,
  },
  apply(draft, command) {
    const transition = draft.need('transition', command.transitionId);
    const { incoming } = cutOf(draft, transition);
    const cut = itemStart(incoming);
    const to = timeOn(draft.timelineOf(incoming), command.to);
    const isHead = command.edge === 'head';
    if (isHead ? to > cut : to < cut) {
      refuse('edit/beyond-limit', 'The edge of a transition cannot pass its cut.', { to, cut });
    }
    const side = isHead ? { before: subtractFlicks(cut, to) } : { after: subtractFlicks(to, cut) };
    return setReach(draft, transition, { ...transition.reach, ...side }, command.scope);
  },
});

function setReach(
  draft: Draft,
  transition: Transition,
  reach: Reach,
  which: 'linked' | 'alone',
): { transitionIds: string[] } {
  const cut = cutOf(draft, transition);
  draft.refuseLocked(draft.trackOf(cut.incoming));
  if (reach.before + reach.after < frameDuration(draft.timelineOf(cut.incoming).format.frameRate)) {
    refuse('edit/bad-duration', 'That is shorter than one frame. Remove the transition instead.', {
      ...reach,
    });
  }
  const hasRoom = (room: Reach) => reach.before <= room.before && reach.after <= room.after;
  if (!hasRoom(roomAcross(draft, cut))) refuseTooLong(draft, cut);
  const others = companionCuts(draft, cut, which).flatMap((companion) => {
    const other = transitionAcross(draft, companion);
    if (other === undefined) return [];
    draft.refuseLocked(draft.trackOf(companion.incoming));
    return hasRoom(roomAcross(draft, companion)) ? [other] : [];
  });
  const transitionIds = [transition, ...others].map((each) => each.id);
  for (const id of transitionIds) draft.set<'transition'>(id, { reach });
  return { transitionIds };
}
