import { refuse } from '../../fault.ts';
import type { Clip, ObjectId, Registers, Transition } from '../../model/entities.ts';
import { itemEnd, itemStart } from '../../model/items.ts';
import { type Flicks, flicks, minFlicks } from '../../time/flicks.ts';
import { frameAt, frameDuration, frameStart, type Rate } from '../../time/rate.ts';
import { companions, itemsBeside } from '../arrange.ts';
import type { Draft } from '../draft.ts';
import { transitionRoom } from './transitions.ts';

/** An edit point: two clips that touch on one track. */
export type Cut = { outgoing: Clip; incoming: Clip };

/** What a transition is like, wherever it stands. */
export type Look = Pick<Registers<'transition'>, 'transitionKind' | 'direction'>;

export type Reach = Registers<'transition'>['reach'];

/** The edit point at one edge of a clip; null where no other clip touches it. */
export function cutAt(draft: Draft, clip: Clip, edge: 'head' | 'tail'): Cut | null {
  const { before, after } = itemsBeside(draft.project, clip);
  const other = edge === 'head' ? before : after;
  if (other?.kind !== 'clip') return null;
  const [outgoing, incoming] = edge === 'head' ? [other, clip] : [clip, other];
  return itemEnd(outgoing) === itemStart(incoming) ? { outgoing, incoming } : null;
}

/** The edit point that a transition bridges. */
export function cutOf(draft: Draft, transition: Transition): Cut {
  return {
    outgoing: draft.need('clip', transition.cut.outgoingId),
    incoming: draft.need('clip', transition.cut.incomingId),
  };
}

export function transitionAcross(draft: Draft, cut: Cut): Transition | undefined {
  return draft.project
    .transitionsOf(cut.incoming.id)
    .find((transition) => transition.cut.outgoingId === cut.outgoing.id);
}

/** The edit points at the same time between clips linked with the incoming one: of a picture, those of its sound. */
export function companionCuts(draft: Draft, cut: Cut, scope: 'linked' | 'alone'): Cut[] {
  return companions(draft, cut.incoming, scope).flatMap((linked) => {
    if (linked.id === cut.incoming.id || linked.kind !== 'clip') return [];
    if (itemStart(linked) !== itemStart(cut.incoming)) return [];
    return cutAt(draft, linked, 'head') ?? [];
  });
}

/** How a transition of `look` is across a cut: sound always cross-fades. */
function lookAcross(draft: Draft, cut: Cut, look: Look): Look {
  return draft.trackOf(cut.incoming).trackKind === 'audio' ? { transitionKind: 'dissolve' } : look;
}

/** Refuses `edit/no-direction` for a kind that moves nowhere. */
export function refuseDirection(look: Look): void {
  if (look.direction === undefined || !['dissolve', 'dip'].includes(look.transitionKind)) return;
  refuse(
    'edit/no-direction',
    'Only wipes, slides and pushes have a direction. Leave it out.',
    look,
  );
}

/** The room across a cut, the transition that is there apart. */
export function roomAcross(draft: Draft, cut: Cut): Reach {
  return transitionRoom(draft.project, cut, transitionAcross(draft, cut));
}

/** A reach that is half before the cut, with an odd frame. */
export function centred(duration: Flicks, frameRate: Rate): Reach {
  const before = frameStart(Math.ceil(frameAt(duration, frameRate, 'nearest') / 2), frameRate);
  return { before, after: flicks(duration - before) };
}

/** Of a reach, what there is room for. */
export function fitted(reach: Reach, room: Reach): Reach {
  return {
    before: minFlicks(reach.before, room.before),
    after: minFlicks(reach.after, room.after),
  };
}

/**
 * The id of a new transition across a cut, in place of one that is there; null, and nothing changed, where media is
 * missing. Refuses `edit/track-locked`.
 */
export function addAcross(draft: Draft, cut: Cut, reach: Reach, look: Look): ObjectId | null {
  draft.refuseLocked(draft.trackOf(cut.incoming));
  const existing = transitionAcross(draft, cut);
  const room = transitionRoom(draft.project, cut, existing);
  if (reach.before > room.before || reach.after > room.after) return null;
  if (existing !== undefined) draft.remove(existing.id);
  return draft.create('transition', {
    cut: { outgoingId: cut.outgoing.id, incomingId: cut.incoming.id },
    reach,
    ...lookAcross(draft, cut, look),
  });
}

/** Refuses `edit/not-enough-handle` with the room and the longest centred transition in the details. */
export function refuseTooLong(draft: Draft, cut: Cut): never {
  const frame = frameDuration(draft.timelineOf(cut.incoming).format.frameRate);
  const room = roomAcross(draft, cut);
  refuse(
    'edit/not-enough-handle',
    'There is not enough spare media beyond the cut for so long a transition. Make it shorter, or trim the clips first.',
    {
      // Centred, with an odd frame before the cut.
      longest: Math.min(2 * room.before, 2 * room.after + frame),
      room,
    },
  );
}
