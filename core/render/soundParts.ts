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
  /** For each effect that makes room for other sound, by its id: what is heard on the other tracks. */
  duckedBy?: Readonly<Record<string, readonly MixPart[]>>;
};

/** The effect that lowers a clip while other tracks are heard. */
export const DUCKING = 'ducking';

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

/** A stretch of the sound of a nested timeline, which must be mixed before it is played; `sourceIn` is its time. */
export type NestPart = Omit<SoundPart, 'assetId'> & { nest: SoundNest };

/** What is heard of a timeline, with samples counted from its beginning at the rate of the whole mix. */
export type SoundNest = { timelineId: ObjectId; parts: readonly MixPart[] };

export type MixPart = SoundPart | NestPart;

/**
 * Every sounding clip that is not switched off, of the active tracks, with the cross-fades into and out of it. The
 * sound of a nested timeline comes part by part, with the levels of the clip that shows it. Frozen clips are silent,
 * and so are nested timelines that run faster, slower or backwards: `mixParts` has them.
 */
export function soundParts(project: ProjectReader, timeline: Timeline): SoundPart[] {
  return partsOf({ project, isWhole: false }, timeline.id, timeline.format.sampleRateHz, []).filter(
    (part) => 'assetId' in part,
  );
}

/**
 * As `soundParts`, and complete: a nested timeline that is heard at another speed or through effects is one part, whose
 * nest is to be mixed first.
 */
export function mixParts(project: ProjectReader, timeline: Timeline): MixPart[] {
  return partsOf({ project, isWhole: true }, timeline.id, timeline.format.sampleRateHz, []);
}

/** The assets that parts are heard of, each as often as it is. */
export function heardAssets(parts: readonly MixPart[]): ObjectId[] {
  return parts.flatMap((part) =>
    'assetId' in part ? [part.assetId] : heardAssets(part.nest.parts),
  );
}

/**
 * What is looked through; whether nests that cannot be taken apart become parts or are left out; for what others make
 * room for, the only clips that count. These make no room for anything themselves.
 */
type Search = { project: ProjectReader; isWhole: boolean; only?: ReadonlySet<ObjectId> };

/** What a stretch is heard of: an asset, or a timeline with those that it is shown in. */
type Heard = { assetId: ObjectId } | { timelineId: ObjectId; path: readonly ObjectId[] };

function partsOf(
  search: Search,
  timelineId: ObjectId,
  sampleRateHz: number,
  path: readonly ObjectId[],
): MixPart[] {
  return stretchesOf(search, timelineId, path)
    .flatMap((stretch) => mixPart(search, stretch, sampleRateHz))
    .filter((part) => part.gain > 0 && part.endSample > part.startSample);
}

/** A stretch of sound before it is counted in samples; times of the mix. */
type Stretch = {
  clip: Clip;
  heard: Heard;
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

function stretchesOf(search: Search, timelineId: ObjectId, path: readonly ObjectId[]): Stretch[] {
  if (path.includes(timelineId)) return [];
  const { project, isWhole, only } = search;
  const within = [...path, timelineId];
  return soundingClips(project, timelineId).flatMap((clip) => {
    if (isFrozen(clip) || only?.has(clip.id) === false) return [];
    const { nestedTimelineId, assetId } = clip;
    if (nestedTimelineId === undefined) {
      return assetId === undefined ? [] : [stretchOf(project, clip, { assetId })];
    }
    const nest = stretchOf(project, clip, { timelineId: nestedTimelineId, path: within });
    const isRetimed = clip.sourceRange.retime !== undefined;
    // Effects hear all that sounds at once; levels are the same for each part as for the whole.
    const makesRoom = soundingClips(project, nestedTimelineId).some(isDucked);
    if (isWhole && (isRetimed || nest.effects.length > 0 || makesRoom)) return [nest];
    if (isRetimed) return [];
    return stretchesOf({ project, isWhole }, nestedTimelineId, within).flatMap((inner) =>
      nested(inner, nest),
    );
  });
}

function stretchOf(project: ProjectReader, clip: Clip, heard: Heard): Stretch {
  const transitions = runningTransitions(project, clip);
  const into = transitions.find((transition) => transition.cut.incomingId === clip.id)?.reach;
  const outOf = transitions.find((transition) => transition.cut.outgoingId === clip.id)?.reach;
  const length = (reach: { before: Flicks; after: Flicks } | undefined) =>
    reach ? addFlicks(reach.before, reach.after) : ZERO;
  const level = levelOf(clip);
  const effects = soundEffectsOf(clip);
  return {
    clip,
    heard,
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

function mixPart(search: Search, stretch: Stretch, sampleRateHz: number): MixPart[] {
  const { heard } = stretch;
  const duckedBy =
    search.isWhole && search.only === undefined ? othersOf(search, stretch.clip, sampleRateHz) : {};
  const part = {
    ...partWithoutSource(stretch, sampleRateHz),
    ...(Object.keys(duckedBy).length > 0 ? { duckedBy } : {}),
  };
  if ('assetId' in heard) return [{ ...part, assetId: heard.assetId }];
  const { timelineId, path } = heard;
  const { project, isWhole } = search;
  const parts = partsOf({ project, isWhole }, timelineId, sampleRateHz, path);
  return parts.length === 0 ? [] : [{ ...part, nest: { timelineId, parts } }];
}

function isDucked(clip: Clip): boolean {
  return soundEffectsOf(clip).some(({ effect }) => effect === DUCKING);
}

/** What is heard on the tracks that a clip makes room for, by its effects. */
function othersOf(
  { project, isWhole }: Search,
  clip: Clip,
  sampleRateHz: number,
): Record<string, MixPart[]> {
  const own = project.find('track', clip.placement.trackId);
  if (own === undefined || !isDucked(clip)) return {};
  const tracks = activeTracks(project, own.timelineId, 'audio').map(({ id }) => id);
  const place = tracks.indexOf(own.id);
  const ducks = soundEffectsOf(clip).filter(({ effect }) => effect === DUCKING);
  return Object.fromEntries(
    ducks.map(({ id, parameters }) => {
      const others = tracks.filter((trackId, index) => {
        if (parameters['under'] === 'tracks above') return index > place;
        if (parameters['under'] === 'tracks below') return index < place;
        return trackId !== own.id;
      });
      const clips = others.flatMap((trackId) => project.itemsOn(trackId).map((item) => item.id));
      const only = new Set(clips);
      return [id, partsOf({ project, isWhole, only }, own.timelineId, sampleRateHz, [])];
    }),
  );
}

function partWithoutSource(stretch: Stretch, sampleRateHz: number): Omit<SoundPart, 'assetId'> {
  const { clip, start, end, clipStart, gain, levels, effects } = stretch;
  const samples = (time: Flicks) => sampleAt(time, sampleRateHz);
  const range = clip.sourceRange;
  return {
    clipId: clip.id,
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
