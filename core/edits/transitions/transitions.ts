import type { Clip, Transition } from '../../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../../model/items.ts';
import type { ProjectReader } from '../../model/project.ts';
import {
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../../time/flicks.ts';
import { frameStart, snapToFrame, wholeFrames } from '../../time/rate.ts';
import { spareMedia } from '../arrange.ts';
import type { Draft } from '../draft.ts';

/**
 * How far a transition across a cut may reach: before it, the incoming clip needs spare media ahead of its in point;
 * after it, the outgoing clip needs spare media behind its out point; and neither may run into another transition
 * of its clips or past their ends.
 */
export function transitionRoom(
  project: ProjectReader,
  cut: { outgoing: Clip; incoming: Clip },
  except?: Transition,
): { before: Flicks; after: Flicks } {
  const others = (clip: Clip) =>
    project.transitionsOf(clip.id).filter((other) => other.id !== except?.id);
  const headReach =
    others(cut.outgoing).find((other) => other.cut.incomingId === cut.outgoing.id)?.reach.after ??
    ZERO;
  const tailReach =
    others(cut.incoming).find((other) => other.cut.outgoingId === cut.incoming.id)?.reach.before ??
    ZERO;
  return {
    before: minFlicks(
      spareFrames(project, cut.incoming, 'head'),
      maxFlicks(ZERO, subtractFlicks(itemDuration(cut.outgoing), headReach)),
    ),
    after: minFlicks(
      spareFrames(project, cut.outgoing, 'tail'),
      maxFlicks(ZERO, subtractFlicks(itemDuration(cut.incoming), tailReach)),
    ),
  };
}

function spareFrames(project: ProjectReader, clip: Clip, edge: 'head' | 'tail'): Flicks {
  const spare = spareMedia(project, clip)[edge];
  if (!Number.isFinite(spare)) return flicks(Number.MAX_SAFE_INTEGER);
  const track = project.find('track', clip.placement.trackId);
  const timeline = track && project.find('timeline', track.timelineId);
  if (timeline === undefined) return ZERO;
  const { frameRate } = timeline.format;
  // Between frames of the timeline no transition begins, wherever in its source a clip does.
  return edge === 'head'
    ? snapToFrame(flicks(spare), frameRate, 'floor')
    : wholeFrames(flicks(spare), frameRate);
}

/**
 * After an edit has moved clips: removes transitions whose edit point is gone, and shortens those that lack media
 * now. Only transitions of the given clips are looked at.
 */
export function settleTransitions(draft: Draft, clipIds: Iterable<string>): void {
  const { project } = draft;
  const seen = new Set<string>();
  for (const clipId of clipIds) {
    for (const transition of project.transitionsOf(clipId)) {
      if (seen.has(transition.id)) continue;
      seen.add(transition.id);
      settle(draft, transition);
    }
  }
}

function settle(draft: Draft, transition: Transition): void {
  const outgoing = draft.project.find('clip', transition.cut.outgoingId);
  const incoming = draft.project.find('clip', transition.cut.incomingId);
  const touches =
    outgoing !== undefined &&
    incoming !== undefined &&
    outgoing.placement.trackId === incoming.placement.trackId &&
    itemEnd(outgoing) === itemStart(incoming);
  if (!touches) {
    draft.remove(transition.id);
    return;
  }
  const room = transitionRoom(draft.project, { outgoing, incoming }, transition);
  const reach = {
    before: minFlicks(transition.reach.before, room.before),
    after: minFlicks(transition.reach.after, room.after),
  };
  if (reach.before === transition.reach.before && reach.after === transition.reach.after) return;
  const frame = frameStart(1, draft.timelineOf(outgoing).format.frameRate);
  if (reach.before + reach.after < frame) draft.remove(transition.id);
  else draft.set<'transition'>(transition.id, { reach });
}
