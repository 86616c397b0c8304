import type { Clip, ObjectId, Timeline } from '../model/entities.ts';
import { itemEnd, itemStart } from '../model/items.ts';
import { type ProjectReader, tracksOfKind } from '../model/project.ts';
import { addFlicks, type Flicks, maxFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { sampleAt } from '../time/rate.ts';
import { runningTransitions, sourceAt } from './pictureLayers.ts';

/** A stretch of sound in the mix. Sample numbers count at the timeline's sample rate from its beginning. */
export type SoundPart = {
  clipId: ObjectId;
  assetId: ObjectId;
  /** Source time at `startSample`. */
  sourceIn: Flicks;
  startSample: number;
  /** Exclusive. */
  endSample: number;
  /** Linear factor, 1 as recorded. */
  gain: number;
  /** Lengths of the linear fades of cross-fades. */
  fadeInSamples: number;
  fadeOutSamples: number;
};

/** Every sounding clip that is not switched off, of the tracks that are not muted, with the cross-fades into and out of it. */
export function soundParts(project: ProjectReader, timeline: Timeline): SoundPart[] {
  return tracksOfKind(project, timeline.id, 'audio')
    .filter((track) => !track.muted)
    .flatMap((track) => project.itemsOn(track.id))
    .filter((item): item is Clip => item.kind === 'clip' && !item.disabled)
    .map((clip) => soundPart(project, timeline, clip))
    .filter((part) => part.gain > 0 && part.endSample > part.startSample);
}

function soundPart(project: ProjectReader, timeline: Timeline, clip: Clip): SoundPart {
  const transitions = runningTransitions(project, clip);
  const into = transitions.find((transition) => transition.cut.incomingId === clip.id)?.reach;
  const outOf = transitions.find((transition) => transition.cut.outgoingId === clip.id)?.reach;
  const start = maxFlicks(ZERO, subtractFlicks(itemStart(clip), into?.before ?? ZERO));
  const end = addFlicks(itemEnd(clip), outOf?.after ?? ZERO);
  const samples = (time: Flicks) => sampleAt(time, timeline.format.sampleRateHz);
  const length = (reach: { before: Flicks; after: Flicks } | undefined) =>
    reach ? samples(addFlicks(reach.before, reach.after)) : 0;
  return {
    clipId: clip.id,
    assetId: clip.assetId,
    sourceIn: sourceAt(clip, start).sourceIn,
    startSample: samples(start),
    endSample: samples(end),
    gain: gainFactor(clip.gainDb ?? 0),
    fadeInSamples: length(into),
    fadeOutSamples: length(outOf),
  };
}

/** Linear factor of a gain in decibels; −96 dB and below are silence. */
export function gainFactor(gainDb: number): number {
  return gainDb <= -96 ? 0 : 10 ** (gainDb / 20);
}
