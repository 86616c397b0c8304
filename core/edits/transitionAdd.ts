import { z } from 'zod';
import { refuse } from '../fault.ts';
import { type Clip, objectIdSchema, type Registers, type Transition } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { subtractFlicks } from '../time/flicks.ts';
import { frameAt, frameDuration, frameStart } from '../time/rate.ts';
import { timeInputSchema } from '../time/timeInput.ts';
import { companions, durationOn, itemsBeside, timeOn } from './arrange.ts';
import type { Draft } from './draft.ts';
import { defineEdit } from './definition.ts';
import { transitionRoom } from './transitions.ts';

/**
 * Dissolves across the edit point at one edge of a clip: `before` of its duration ahead of the cut, by default half
 * of it, with an odd frame.
 *
 *   █████|█████   →   ████╳╳████     (nothing moves: both clips show some of their spare media)
 *
 * Where the linked sound has its edit point at the same time it is cross-faded as well. A transition that is there
 * already is replaced. Refuses `edit/no-cut` without a touching neighbour and `edit/not-enough-handle`, with the
 * longest possible duration in the details, where media is missing.
 */
export const transitionAdd = defineEdit({
  type: 'transition.add',
  label: 'Add dissolve',
  summary:
    'Dissolves across the edit point at a clip’s head or tail, with its linked sound. Nothing moves.',
  parameters: {
    clipId: objectIdSchema,
    edge: z.enum(['head', 'tail']).default('head'),
    duration: timeInputSchema,
    before: timeInputSchema
      .optional()
      .describe('How much of the duration lies before the cut; default: half.'),
    transitionKind: z.enum(['dissolve']).default('dissolve'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const item = draft.needItem(command.clipId);
    if (item.kind !== 'clip')
      refuse('edit/no-cut', 'Dissolves join clips; titles and captions fade by themselves.');
    const timeline = draft.timelineOf(item);
    const { frameRate } = timeline.format;
    const duration = durationOn(timeline, command.duration);
    const cut = neighbours(draft, item, command.edge);
    if (cut === null) {
      refuse('edit/no-cut', 'A dissolve needs another clip that touches this one.', {
        clipId: item.id,
      });
    }
    const before =
      command.before === undefined
        ? frameStart(Math.ceil(frameAt(duration, frameRate, 'nearest') / 2), frameRate)
        : timeOn(timeline, command.before);
    if (before > duration) {
      refuse('edit/bad-duration', 'More of the dissolve lies before the cut than it lasts.', {
        before,
        duration,
      });
    }
    const registers = {
      transitionKind: command.transitionKind,
      reach: { before, after: subtractFlicks(duration, before) },
    };
    const id = addAcross(draft, cut, registers);
    if (id === null) {
      const room = transitionRoom(draft.project, cut, transitionAcross(draft, cut));
      refuse(
        'edit/not-enough-handle',
        'There is not enough spare media beyond the cut for so long a dissolve. Make it shorter, or trim the clips first.',
        {
          // Centred, with an odd frame before the cut.
          longest: Math.min(2 * room.before, 2 * room.after + frameDuration(frameRate)),
          room,
        },
      );
    }
    const transitionIds = [id];
    for (const linked of companions(draft, cut.incoming, command.scope)) {
      if (linked.id === cut.incoming.id || linked.kind !== 'clip') continue;
      const companion = neighbours(draft, linked, 'head');
      if (companion === null || itemStart(linked) !== itemStart(cut.incoming)) continue;
      const companionId = addAcross(draft, companion, registers);
      if (companionId !== null) transitionIds.push(companionId);
    }
    return { transitionIds };
  },
});

/** Takes a transition away; the clips stay as they are. Its companion on the linked sound goes too. */
export const transitionRemove = defineEdit({
  type: 'transition.remove',
  label: 'Remove dissolve',
  summary:
    'Removes a transition, with its companion on the linked sound; the clips stay as they are.',
  parameters: { transitionId: objectIdSchema },
  apply(draft, command) {
    const transition = draft.need('transition', command.transitionId);
    const incoming = draft.needItem(transition.cut.incomingId);
    for (const linked of draft.project.linkedWith(incoming)) {
      for (const other of draft.project.transitionsOf(linked.id)) {
        if (other.cut.incomingId !== linked.id) continue;
        draft.refuseLocked(draft.trackOf(linked));
        draft.remove(other.id);
      }
    }
    return {};
  },
});

type Cut = { outgoing: Clip; incoming: Clip };

function neighbours(draft: Draft, clip: Clip, edge: 'head' | 'tail'): Cut | null {
  const { before, after } = itemsBeside(draft.project, clip);
  const other = edge === 'head' ? before : after;
  if (other?.kind !== 'clip') return null;
  const [outgoing, incoming] = edge === 'head' ? [other, clip] : [clip, other];
  return itemEnd(outgoing) === itemStart(incoming) ? { outgoing, incoming } : null;
}

function transitionAcross(draft: Draft, cut: Cut): Transition | undefined {
  return draft.project
    .transitionsOf(cut.incoming.id)
    .find((transition) => transition.cut.outgoingId === cut.outgoing.id);
}

/** The new transition's id in place of one that is there; null, and nothing changed, where media is missing. */
function addAcross(
  draft: Draft,
  cut: Cut,
  registers: Pick<Registers<'transition'>, 'reach' | 'transitionKind'>,
): string | null {
  draft.refuseLocked(draft.trackOf(cut.incoming));
  const existing = transitionAcross(draft, cut);
  const room = transitionRoom(draft.project, cut, existing);
  if (registers.reach.before > room.before || registers.reach.after > room.after) return null;
  if (existing !== undefined) draft.remove(existing.id);
  return draft.create('transition', {
    cut: { outgoingId: cut.outgoing.id, incomingId: cut.incoming.id },
    ...registers,
  });
}
