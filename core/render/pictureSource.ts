import { effectNamed } from '../effects/effects.ts';
import type { BLENDS, Clip, ObjectId, TimelineFormat } from '../model/entities.ts';
import type { Effect } from '../model/effects.ts';
import { itemDuration, itemStart } from '../model/items.ts';
import { type Animated, valueAt } from '../model/keyframes.ts';
import { CLIP_PARAMETERS } from '../model/parameters.ts';
import type { ProjectReader } from '../model/project.ts';
import { type SourceRange, sourceTimeAt, type Speed } from '../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { frameDuration, frameStart, type Rate } from '../time/rate.ts';
import type { SteadyPictures } from './steady/steadyCamera.ts';

/**
 * A picture that starts exactly at a limit does not count, and times may be rounded to microseconds: two of those are
 * left by all that look for one.
 */
export const PICTURE_SLACK = 1_411;

export type Blend = (typeof BLENDS)[number];

/** What a clip shows: the picture of an asset, or another timeline composed to one picture of its own format. */
export type PictureContent =
  | { kind: 'asset'; assetId: ObjectId }
  | { kind: 'timeline'; timelineId: ObjectId; format: TimelineFormat };

const PICTURE_PARAMETERS = [
  'opacity',
  'positionX',
  'positionY',
  'scaleX',
  'scaleY',
  'rotation',
  'cropLeft',
  'cropTop',
  'cropRight',
  'cropBottom',
] as const;
type PictureParameter = (typeof PICTURE_PARAMETERS)[number];

/**
 * The picture of a clip as plain data. It is the same for every frame that the clip is seen on; what changes with the
 * frame is what `sourceTime`, `pictureLimit`, `nestedFrame` and `lookAt` say of it.
 */
export type PictureSource = {
  clipId: ObjectId;
  content: PictureContent;
  /** Time of the timeline at which the clip begins: its own time 0. */
  start: Flicks;
  duration: Flicks;
  /** How source time runs over the clip: `sourceTimeAt` says. */
  range: SourceRange;
  /** Only what is set; the others have their defaults. */
  parameters: { [name in PictureParameter]?: Animated };
  fades?: { in: Flicks; out: Flicks };
  blend: Blend;
  /** Effects on pictures that are switched on, in the order in which they apply. */
  effects: readonly Effect[];
  /** How its pictures are moved to stand still; absent until the movement of its media has been measured. */
  steady?: SteadyPictures;
};

/** The picture of a clip. Null for one that shows a timeline that is gone. */
export function pictureSourceOf(project: ProjectReader, clip: Clip): PictureSource | null {
  const content = contentOf(project, clip);
  if (content === null) return null;
  const set = PICTURE_PARAMETERS.flatMap((name) => {
    const value = clip[name];
    return value === undefined || value === CLIP_PARAMETERS[name].default ? [] : [[name, value]];
  });
  return {
    clipId: clip.id,
    content,
    start: itemStart(clip),
    duration: itemDuration(clip),
    range: clip.sourceRange,
    parameters: Object.fromEntries(set) as PictureSource['parameters'],
    ...(clip.fades && (clip.fades.in > 0 || clip.fades.out > 0) ? { fades: clip.fades } : {}),
    blend: clip.blend ?? 'normal',
    effects: pictureEffectsOf(clip),
  };
}

/** Effects that change pictures, and those that nobody here knows. */
function pictureEffectsOf(clip: Clip): Effect[] {
  return (clip.effects ?? []).filter(
    ({ effect, disabled }) => !disabled && effectNamed(effect)?.of !== 'sound',
  );
}

function contentOf(project: ProjectReader, clip: Clip): PictureContent | null {
  if (clip.nestedTimelineId === undefined)
    return clip.assetId === undefined ? null : { kind: 'asset', assetId: clip.assetId };
  const timeline = project.find('timeline', clip.nestedTimelineId);
  return timeline ? { kind: 'timeline', timelineId: timeline.id, format: timeline.format } : null;
}

/** Source time at a time of the timeline, which may lie in the clip's handles. */
export function sourceTime(source: PictureSource, time: Flicks): Flicks {
  return sourceTimeAt(source.range, subtractFlicks(time, source.start));
}

/**
 * The source time before which the picture of frame `frame` must have started: the source time at the middle of the
 * frame. What is shown is the last picture of the source that starts before it (the first one where none does),
 * whichever way and however fast time runs: backwards, frozen and along curves too.
 */
export function pictureLimit(source: PictureSource, frame: number, frameRate: Rate): Flicks {
  const half = flicks(Math.ceil(frameDuration(frameRate) / 2));
  return sourceTime(source, addFlicks(frameStart(frame, frameRate), half));
}

/** The frame of a nested timeline that is seen on frame `frame`, by the same rule; never before its first. */
export function nestedFrame(
  source: PictureSource,
  nested: Rate,
  frame: number,
  frameRate: Rate,
): number {
  return Math.max(0, lastFrameBefore(pictureLimit(source, frame, frameRate), nested));
}

/** The last frame that starts before `time`. */
function lastFrameBefore(time: Flicks, frameRate: Rate): number {
  const numerator = BigInt(time) * BigInt(frameRate.num);
  const denominator = BigInt(FLICKS_PER_SECOND) * BigInt(frameRate.den);
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  // Division goes towards zero; wanted is the ceiling less one.
  return Number(remainder > 0n ? quotient : quotient - 1n);
}

/** How a picture stands in its frame on one frame of the timeline; shares as in `CLIP_PARAMETERS`. */
export type Look = {
  /** 0 to 1: its own opacity times its fades. */
  opacity: number;
  positionX: number;
  positionY: number;
  scaleX: number;
  scaleY: number;
  /** Clockwise, in degrees. */
  rotation: number;
  cropLeft: number;
  cropTop: number;
  cropRight: number;
  cropBottom: number;
};

/**
 * The look of a picture on frame `frame`. Keyframes are read at the start of the frame, so that one set on a frame is
 * exact there; fades at its middle, so that they are as dark at their beginning as at their end.
 */
export function lookAt(source: PictureSource, frame: number, frameRate: Rate): Look {
  const time = subtractFlicks(frameStart(frame, frameRate), source.start);
  const look = Object.fromEntries(
    PICTURE_PARAMETERS.map((name) => [
      name,
      valueAt(source.parameters[name] ?? CLIP_PARAMETERS[name].default, time),
    ]),
  ) as Look;
  const middle = time + frameDuration(frameRate) / 2;
  const opacity = Math.min(1, Math.max(0, look.opacity));
  return { ...look, opacity: opacity * fadeShare(source, middle) };
}

/** Share of a clip that its fades leave at a time of the clip: straight lines, 0 outside the clip where it fades. */
export function fadeShare(
  clip: { fades?: { in: Flicks; out: Flicks }; duration: Flicks },
  time: number,
): number {
  const fades = clip.fades ?? { in: ZERO, out: ZERO };
  const into = fades.in > 0 ? Math.min(1, time / fades.in) : 1;
  const outOf = fades.out > 0 ? Math.min(1, (clip.duration - time) / fades.out) : 1;
  return Math.max(0, into) * Math.max(0, outOf);
}

/** Whether the picture of an asset is only fitted into the frame, wholly opaque and without effects. */
export function isUnchanged(source: PictureSource): boolean {
  return (
    source.content.kind === 'asset' &&
    Object.keys(source.parameters).length === 0 &&
    source.fades === undefined &&
    source.blend === 'normal' &&
    source.effects.length === 0
  );
}

/** The speed of a source that runs forwards evenly, 1/1 as recorded; null for the others. */
export function forwardSpeed({ range: { retime } }: PictureSource): Speed | null {
  if (retime === undefined) return { num: 1, den: 1 };
  return retime.kind === 'constant' && retime.speed.num > 0 ? retime.speed : null;
}
