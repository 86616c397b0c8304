import type { Loss } from '../contract/films.ts';
import type { ObjectId } from '../model/entities.ts';
import { rangeDuration, spareTime } from '../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { type Rate, snapToFrame, wholeFrames } from '../time/rate.ts';
import { type TransitionNote, transitionNote } from './clipNotes.ts';
import type { PlacedClip } from './placedClip.ts';
import {
  type InterchangeTrack,
  type InterchangeTransition,
  trackLabel,
} from './interchangeTimeline.ts';

/** A transition into a placed clip that the project has room for. */
type FittedTransition = {
  clipId: ObjectId;
  look: TransitionNote;
  before: Flicks;
  after: Flicks;
};

/**
 * The transitions of a track, shortened to the spare media and to the clips they join; left out where nothing
 * remains or a clip is missing. Both are reported.
 */
export function fitTransitions(
  track: InterchangeTrack,
  clips: readonly PlacedClip[],
  frameRate: Rate,
): { transitions: FittedTransition[]; losses: Loss[] } {
  const byIndex = new Map(clips.map((clip) => [clip.index, clip]));
  /** How much of the head of a clip the transition before it takes. */
  const takenHeads = new Map<number, Flicks>();
  const transitions: FittedTransition[] = [];
  const losses: Loss[] = [];
  const lose = (index: number, code: string, message: string) =>
    losses.push({ code, where: `${trackLabel(track)}, after item ${index + 1}`, message });
  for (const transition of track.transitions) {
    const { afterItemIndex, kind: wanted, before, after } = transition;
    const outgoing = byIndex.get(afterItemIndex);
    const incoming = byIndex.get(afterItemIndex + 1);
    if (outgoing === undefined || incoming === undefined || !touches(outgoing, incoming)) {
      lose(
        afterItemIndex,
        'interchange/transition-place',
        'A dissolve was left out because one of its clips is missing or shorter.',
      );
      continue;
    }
    const room = {
      before: minFlicks(
        spareHead(incoming, frameRate),
        subtractFlicks(length(outgoing), takenHeads.get(afterItemIndex) ?? ZERO),
      ),
      after: minFlicks(spareTail(outgoing, frameRate), length(incoming)),
    };
    const fitted = {
      before: minFlicks(snapToFrame(before, frameRate), room.before),
      after: minFlicks(snapToFrame(after, frameRate), room.after),
    };
    if (fitted.before !== before || fitted.after !== after) {
      lose(
        afterItemIndex,
        'interchange/transition-length',
        fitted.before + fitted.after === 0
          ? 'A dissolve was left out because there is no spare media for it.'
          : 'A dissolve was fitted to whole frames and to the spare media beyond the cut.',
      );
    }
    if (fitted.before + fitted.after === 0) continue;
    takenHeads.set(afterItemIndex + 1, fitted.after);
    const kind = track.kind === 'audio' ? 'dissolve' : wanted;
    if (kind !== wanted) {
      lose(
        afterItemIndex,
        'interchange/transition-kind',
        'Sound always cross-fades. The transition became a dissolve.',
      );
    }
    transitions.push({ clipId: incoming.clipId, look: lookOf(transition, kind), ...fitted });
  }
  return { transitions, losses };
}

/** What moves nowhere has no direction, whatever a file says. */
function lookOf(transition: InterchangeTransition, kind: TransitionNote['kind']): TransitionNote {
  const isMoving = kind !== 'dissolve' && kind !== 'dip';
  return isMoving ? transitionNote(transition) : { kind };
}

function touches(outgoing: PlacedClip, incoming: PlacedClip): boolean {
  return addFlicks(outgoing.start, length(outgoing)) === incoming.start;
}

function length(clip: PlacedClip): Flicks {
  return rangeDuration(clip.sourceRange);
}

/** As `transitionRoom` of the edits counts it. */
function spareHead(clip: PlacedClip, frameRate: Rate): Flicks {
  const { head } = spareOf(clip);
  return Number.isFinite(head) ? snapToFrame(flicks(head), frameRate, 'floor') : FOREVER;
}

function spareTail(clip: PlacedClip, frameRate: Rate): Flicks {
  const { tail } = spareOf(clip);
  return Number.isFinite(tail) ? maxFlicks(ZERO, wholeFrames(flicks(tail), frameRate)) : FOREVER;
}

const FOREVER = flicks(Number.MAX_SAFE_INTEGER);

function spareOf({ asset, sourceRange }: PlacedClip): { head: number; tail: number } {
  if (asset.duration === null)
    return { head: Number.POSITIVE_INFINITY, tail: Number.POSITIVE_INFINITY };
  return spareTime(sourceRange, { in: ZERO, out: asset.duration });
}
