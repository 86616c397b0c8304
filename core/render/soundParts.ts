import { effectNamed } from '../effects/effects.ts';
import type { Effect } from '../model/effects.ts';
import type { Clip, ObjectId, Timeline } from '../model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '../model/items.ts';
import type { Animated } from '../model/keyframes.ts';
import type { ProjectReader } from '../model/project.ts';
import { type SourceRange, sourceTimeAt } from '../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { sampleAt } from '../time/rate.ts';
import { activeTracks } from './activeTracks.ts';
import { runningTransitions } from './pictureLayers.ts';

/**
 * A stretch of sound in the mix. Sample numbers count at the timeline's sample rate from its beginning. `levelAt` says
 * how loud it is at a sample.
 */
export type SoundPart = {
  clipId: ObjectId;
  assetId: ObjectId;
  /** Source time at `startSample`. */
  sourceIn: Flicks;
  startSample: number;
  /** Exclusive. */
  endSample: number;
  /** Linear factor that stays the same, 1 as recorded. */
  gain: number;
  /** Lengths of the linear fades of cross-fades. */
  fadeInSamples: number;
  fadeOutSamples: number;
  /** Absent: as recorded. Else how source time runs, from the time of the mix at which the clip's own time is 0. */
  retime?: { start: Flicks; range: SourceRange };
  /** What changes the level over time or between left and right; all of them apply. */
  levels?: readonly SoundLevel[];
  /** Effects on sound that are switched on, in the order in which they apply. */
  effects?: readonly SoundEffects[];
};

/** Keyframed gain, balance and fades of one clip; its own time 0 stands at `start` of the mix. */
export type SoundLevel = {
  start: Flicks;
  duration: Flicks;
  gainDb?: Animated;
  pan?: Animated;
  fades?: { in: Flicks; out: Flicks };
};

/** The effects of one clip; its own time 0 stands at `start` of the mix. */
export type SoundEffects = { clipId: ObjectId; start: Flicks; effects: readonly Effect[] };

/**
 * Every sounding clip that is not switched off, of the active tracks, with the cross-fades into and out of it. The
 * sound of a nested timeline comes part by part, with the levels of the clip that shows it. Frozen clips are silent,
 * and so are nested timelines that run faster, slower or backwards: `retimedNests` names them.
 */
export function soundParts(project: ProjectReader, timeline: Timeline): SoundPart[] {
  const { sampleRateHz } = timeline.format;
  return stretchesOf(project, timeline.id, [])
    .map((stretch) => soundPart(stretch, sampleRateHz))
    .filter((part) => part.gain > 0 && part.endSample > part.startSample);
}

/** Clips of a timeline, and of those nested in it, whose nested sound cannot be played at their speed. */
export function retimedNests(
  project: ProjectReader,
  timelineId: ObjectId,
  path: readonly ObjectId[] = [],
): Clip[] {
  if (path.includes(timelineId)) return [];
  const within = [...path, timelineId];
  return soundingClips(project, timelineId).flatMap((clip) => {
    const nested = clip.nestedTimelineId;
    if (nested === undefined || isFrozen(clip)) return [];
    const hasSound = stretchesOf(project, nested, within).length > 0;
    if (clip.sourceRange.retime !== undefined && hasSound) return [clip];
    return retimedNests(project, nested, within);
  });
}

/** A stretch of sound before it is counted in samples; times of the mix. */
type Stretch = {
  clip: Clip;
  assetId: ObjectId;
  start: Flicks;
  end: Flicks;
  /** Time of the mix at which the clip's own time is 0. */
  clipStart: Flicks;
  gain: number;
  fadeIn: Flicks;
  fadeOut: Flicks;
  levels: SoundLevel[];
  effects: SoundEffects[];
};

function soundingClips(project: ProjectReader, timelineId: ObjectId): Clip[] {
  return activeTracks(project, timelineId, 'audio')
    .flatMap((track) => project.itemsOn(track.id))
    .filter((item): item is Clip => item.kind === 'clip' && !item.disabled);
}

function stretchesOf(
  project: ProjectReader,
  timelineId: ObjectId,
  path: readonly ObjectId[],
): Stretch[] {
  if (path.includes(timelineId)) return [];
  return soundingClips(project, timelineId).flatMap((clip) => {
    if (isFrozen(clip)) return [];
    const stretch = stretchOf(project, clip);
    if (clip.nestedTimelineId === undefined) return clip.assetId === undefined ? [] : [stretch];
    if (clip.sourceRange.retime !== undefined) return [];
    return stretchesOf(project, clip.nestedTimelineId, [...path, timelineId]).flatMap((inner) =>
      nested(inner, stretch),
    );
  });
}

function stretchOf(project: ProjectReader, clip: Clip): Stretch {
  const transitions = runningTransitions(project, clip);
  const into = transitions.find((transition) => transition.cut.incomingId === clip.id)?.reach;
  const outOf = transitions.find((transition) => transition.cut.outgoingId === clip.id)?.reach;
  const length = (reach: { before: Flicks; after: Flicks } | undefined) =>
    reach ? addFlicks(reach.before, reach.after) : ZERO;
  const level = levelOf(clip);
  const effects = soundEffectsOf(clip);
  return {
    clip,
    assetId: clip.assetId ?? '',
    start: maxFlicks(ZERO, subtractFlicks(itemStart(clip), into?.before ?? ZERO)),
    end: addFlicks(itemEnd(clip), outOf?.after ?? ZERO),
    clipStart: itemStart(clip),
    gain: typeof clip.gainDb === 'object' ? 1 : gainFactor(clip.gainDb ?? 0),
    fadeIn: length(into),
    fadeOut: length(outOf),
    levels: level ? [level] : [],
    effects: effects.length > 0 ? [{ clipId: clip.id, start: itemStart(clip), effects }] : [],
  };
}

function levelOf(clip: Clip): SoundLevel | null {
  const { gainDb, pan, fades } = clip;
  const level = {
    ...(typeof gainDb === 'object' ? { gainDb } : {}),
    ...(pan === undefined || pan === 0 ? {} : { pan }),
    ...(fades && (fades.in > 0 || fades.out > 0) ? { fades } : {}),
  };
  if (Object.keys(level).length === 0) return null;
  return { start: itemStart(clip), duration: itemDuration(clip), ...level };
}

/** Effects that change sound, and those that nobody here knows. */
function soundEffectsOf(clip: Clip): Effect[] {
  return (clip.effects ?? []).filter(
    ({ effect, disabled }) => !disabled && effectNamed(effect)?.of !== 'picture',
  );
}

/** A stretch of a nested timeline as it is heard through the clip that shows that timeline. */
function nested(inner: Stretch, outer: Stretch): Stretch[] {
  const offset = flicks(outer.clipStart - outer.clip.sourceRange.in);
  const moved = (time: Flicks) => addFlicks(time, offset);
  const start = maxFlicks(moved(inner.start), outer.start);
  const end = minFlicks(moved(inner.end), outer.end);
  if (end <= start) return [];
  const later = <T extends { start: Flicks }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, start: moved(one.start) }));
  return [
    {
      ...inner,
      start,
      end,
      clipStart: moved(inner.clipStart),
      gain: inner.gain * outer.gain,
      fadeIn: ZERO,
      fadeOut: ZERO,
      // Cross-fades are measured from their own beginnings and ends, which the outer clip may have cut off.
      levels: [
        ...later([...inner.levels, ...crossFades(inner)]),
        ...outer.levels,
        ...crossFades(outer),
      ],
      effects: [...later(inner.effects), ...outer.effects],
    },
  ];
}

function crossFades({ start, end, fadeIn, fadeOut }: Stretch): SoundLevel[] {
  if (fadeIn === 0 && fadeOut === 0) return [];
  return [{ start, duration: subtractFlicks(end, start), fades: { in: fadeIn, out: fadeOut } }];
}

function soundPart(stretch: Stretch, sampleRateHz: number): SoundPart {
  const { clip, assetId, start, end, clipStart, gain, levels, effects } = stretch;
  const samples = (time: Flicks) => sampleAt(time, sampleRateHz);
  const range = clip.sourceRange;
  return {
    clipId: clip.id,
    assetId,
    sourceIn: sourceTimeAt(range, subtractFlicks(start, clipStart)),
    startSample: samples(start),
    endSample: samples(end),
    gain,
    fadeInSamples: samples(stretch.fadeIn),
    fadeOutSamples: samples(stretch.fadeOut),
    ...(range.retime === undefined ? {} : { retime: { start: clipStart, range } }),
    ...(levels.length > 0 ? { levels } : {}),
    ...(effects.length > 0 ? { effects } : {}),
  };
}

function isFrozen(clip: Clip): boolean {
  const { retime } = clip.sourceRange;
  return retime?.kind === 'constant' && retime.speed.num === 0;
}

/** Linear factor of a gain in decibels; −96 dB and below are silence. */
export function gainFactor(gainDb: number): number {
  return gainDb <= -96 ? 0 : 10 ** (gainDb / 20);
}
