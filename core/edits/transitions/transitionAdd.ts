import { z } from 'zod';
import { refuse } from '../../fault.ts';
import {
  type Item,
  objectIdSchema,
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
} from '../../model/entities.ts';
import { subtractFlicks } from '../../time/flicks.ts';
import { frameDuration } from '../../time/rate.ts';
import { timeInputSchema } from '../../time/timeInput.ts';
import { durationOn, timeOn } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import {
  addAcross,
  centred,
  companionCuts,
  type Cut,
  cutAt,
  fitted,
  type Look,
  refuseDirection,
  refuseTooLong,
  roomAcross,
} from './transitionCuts.ts';

const lookParameters = {
  transitionKind: z.enum(TRANSITION_KINDS).default('dissolve'),
  direction: z
    .enum(TRANSITION_DIRECTIONS)
    .optional()
    .describe('Where a wipe, slide or push moves to; default: left.'),
};

/**
 * Puts a transition across the edit point at one edge of a clip: `before` of its duration ahead of the cut, by default
 * half of it, with an odd frame.
 *
 *   █████|█████   →   ████╳╳████     (nothing moves: both clips show some of their spare media)
 *
 * Where the linked sound has its edit point at the same time it is cross-faded as well, whatever the kind. A
 * transition that is there already is replaced. Refuses `edit/no-cut` without a touching neighbour,
 * `edit/not-enough-handle`, with the longest possible duration in the details, where media is missing,
 * `edit/no-direction` for a dissolve or dip with one, and `edit/track-locked`.
 */
export const transitionAdd = defineEdit({
  type: 'transition.add',
  label: 'Add transition',
  summary:
    'Puts a transition across the edit point at a clip’s head or tail, with a cross-fade of its linked sound. Nothing moves.',
  parameters: {
    clipId: objectIdSchema,
    edge: z.enum(['head', 'tail']).default('head'),
    duration: timeInputSchema,
    before: timeInputSchema
      .optional()
      .describe('How much of the duration lies before the cut; default: half.'),
    ...lookParameters,
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    refuseDirection(command);
    const item = draft.needItem(command.clipId);
    const cut = neededCut(draft, item, command.edge);
    const timeline = draft.timelineOf(item);
    const duration = durationOn(timeline, command.duration);
    const centre = centred(duration, timeline.format.frameRate);
    const before = command.before === undefined ? centre.before : timeOn(timeline, command.before);
    if (before > duration) {
      refuse('edit/bad-duration', 'More of the transition lies before the cut than it lasts.', {
        before,
        duration,
      });
    }
    const reach = { before, after: subtractFlicks(duration, before) };
    const look = lookOf(command);
    const id = addAcross(draft, cut, reach, look);
    if (id === null) refuseTooLong(draft, cut);
    const others = companionCuts(draft, cut, command.scope).flatMap(
      (companion) => addAcross(draft, companion, reach, look) ?? [],
    );
    return { transitionIds: [id, ...others] };
  },
});

/**
 * Puts a transition across each of several edit points, centred, as `transition.add` does one by one.
 *
 *   ███|███|███   →   ██╳╳█╳╳██     (nothing moves)
 *
 * Where media is missing it is made shorter, or, with `fit: 'skip'`, left out. What was left out is told with a code:
 * `edit/no-cut`, `edit/not-enough-handle`. Refuses with the first of these where no transition at all could be put,
 * and `edit/no-direction`, `edit/track-locked`.
 */
export const transitionAddAll = defineEdit({
  type: 'transition.addAll',
  label: 'Add transitions',
  summary:
    'Puts a transition across each of several edit points, shorter where media is missing. Nothing moves.',
  parameters: {
    cuts: z
      .array(
        z.strictObject({ clipId: objectIdSchema, edge: z.enum(['head', 'tail']).default('head') }),
      )
      .min(1)
      .max(10_000),
    duration: timeInputSchema,
    ...lookParameters,
    fit: z.enum(['shorten', 'skip']).default('shorten'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    refuseDirection(command);
    const look = lookOf(command);
    /** Incoming clips whose cut has been dealt with, by itself or with the picture it is linked to. */
    const done = new Set<string>();
    const transitionIds: string[] = [];
    const leftOut: { clipId: string; edge: 'head' | 'tail'; code: string }[] = [];
    for (const { clipId, edge } of command.cuts) {
      const item = draft.needItem(clipId);
      const cut = item.kind === 'clip' ? cutAt(draft, item, edge) : null;
      if (cut === null) {
        leftOut.push({ clipId, edge, code: 'edit/no-cut' });
        continue;
      }
      if (done.has(cut.incoming.id)) continue;
      const all = [cut, ...companionCuts(draft, cut, command.scope)];
      const made = all.map((one) => {
        done.add(one.incoming.id);
        return addFitting(draft, one, command, look);
      });
      if (made[0] === null) leftOut.push({ clipId, edge, code: 'edit/not-enough-handle' });
      transitionIds.push(...made.filter((id) => id !== null));
    }
    const first = leftOut[0];
    if (transitionIds.length === 0 && first !== undefined) {
      const cut = neededCut(draft, draft.needItem(first.clipId), first.edge);
      refuseTooLong(draft, cut);
    }
    return { transitionIds, leftOut };
  },
});

function addFitting(
  draft: Draft,
  cut: Cut,
  command: { duration: number | string; fit: 'shorten' | 'skip' },
  look: Look,
): string | null {
  const timeline = draft.timelineOf(cut.incoming);
  const { frameRate } = timeline.format;
  const wanted = centred(durationOn(timeline, command.duration), frameRate);
  const reach = command.fit === 'skip' ? wanted : fitted(wanted, roomAcross(draft, cut));
  if (reach.before + reach.after < frameDuration(frameRate)) {
    draft.refuseLocked(draft.trackOf(cut.incoming));
    return null;
  }
  return addAcross(draft, cut, reach, look);
}

function neededCut(draft: Draft, item: Item, edge: 'head' | 'tail'): Cut {
  if (item.kind !== 'clip')
    refuse('edit/no-cut', 'Transitions join clips; titles and captions fade by themselves.');
  return (
    cutAt(draft, item, edge) ??
    refuse('edit/no-cut', 'A transition needs another clip that touches this one.', {
      clipId: item.id,
    })
  );
}

function lookOf({ transitionKind, direction }: Look): Look {
  return direction === undefined ? { transitionKind } : { transitionKind, direction };
}
