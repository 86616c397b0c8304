import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId } from '../model/entities.ts';
import { rangeDuration } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, flicks, subtractFlicks } from '../time/flicks.ts';
import { frameDuration, frameStart, type Rate, wholeFrames } from '../time/rate.ts';
import type { PlacedClip } from './placedClip.ts';
import type { InterchangeTrack } from './interchangeTimeline.ts';

/** Where the clips of a track go. */
export type PlaceOptions = {
  timelineId: ObjectId;
  trackId: ObjectId;
  kind: InterchangeTrack['kind'];
  frameRate: Rate;
};

/** Places may be as many times longer or shorter than what is put there first. */
const MOST = 500;

/** Speeds that clips can be given. */
const SLOWEST = 1 / 1000;
const FASTEST = 1000;

/** The commands that put a clip in its place, at its speed. */
export function placeCommands(
  placed: PlacedClip,
  linkId: ObjectId | undefined,
  options: PlaceOptions,
): EditCommand[] {
  const name = nameOr(placed.clip.name, undefined);
  const { timelineId, trackId, kind } = options;
  const where = {
    timelineId,
    clipIds: [placed.clipId],
    ...(name === undefined ? {} : { name }),
    ...(kind === 'video'
      ? { use: 'picture' as const, videoTrackId: trackId }
      : { use: 'sound' as const, audioTrackId: trackId }),
  };
  const { sourceRange, asset, start } = placed;
  if (asset.nestedTimelineId !== undefined) {
    return [
      {
        type: 'nest.add',
        ...where,
        nestedTimelineId: asset.nestedTimelineId,
        mode: 'overwrite',
        at: start,
        in: sourceRange.in,
        out: sourceRange.out,
      },
    ];
  }
  const source = { ...where, assetId: asset.assetId, ...(linkId === undefined ? {} : { linkId }) };
  const { retime } = sourceRange;
  if (retime === undefined) {
    const { in: first, out } = sourceRange;
    return [{ type: 'clip.overwrite', ...source, in: first, out, at: start }];
  }
  const helper = helperPart(placed, options.frameRate);
  if (helper === null) return [];
  const place: EditCommand = {
    type: 'clip.place',
    ...source,
    ...helper,
    from: start,
    to: addFlicks(start, retime.duration),
    fit: 'fill',
  };
  const { clipId } = placed;
  if (retime.kind === 'curve' || retime.speed.num === 0) {
    const keys =
      retime.kind === 'curve'
        ? retime.keys
        : [flicks(0), retime.duration].map((time) => ({
            time,
            source: sourceRange.in,
            easing: 'linear' as const,
          }));
    return [place, { type: 'clip.setTimeKeys', clipId, keys: [...keys], scope: 'alone' }];
  }
  const { num, den } = retime.speed;
  return [
    place,
    {
      type: 'clip.setSpeed',
      clipIds: [clipId],
      mode: 'keep-duration',
      speed: { num: Math.abs(num), den },
      reverse: num < 0,
      scope: 'alone',
    },
  ];
}

/** Whether the commands can give a clip its speed, all of which its media must have. */
export function canRetime(placed: PlacedClip, frameRate: Rate): boolean {
  const { retime } = placed.sourceRange;
  if (retime === undefined) return true;
  const { asset, sourceRange } = placed;
  if (asset.nestedTimelineId !== undefined || asset.duration === null) return false;
  if (sourceRange.in < 0 || sourceRange.out > asset.duration) return false;
  if (retime.kind === 'constant' && retime.speed.num !== 0) {
    const speed = Math.abs(retime.speed.num / retime.speed.den);
    if (speed < SLOWEST || speed > FASTEST) return false;
  }
  return helperPart(placed, frameRate) !== null;
}

/**
 * A part of the media to put in the place first, in whole frames: it begins where the clip does, or backwards ends
 * where it begins, for that is what a change of speed keeps.
 */
function helperPart(placed: PlacedClip, frameRate: Rate): { in: Flicks; out: Flicks } | null {
  const { asset, sourceRange } = placed;
  const { retime } = sourceRange;
  const isBackwards = retime?.kind === 'constant' && retime.speed.num < 0;
  const media = asset.duration ?? sourceRange.out;
  const room = isBackwards ? sourceRange.out : subtractFlicks(media, sourceRange.in);
  const isAnywhere =
    retime?.kind === 'curve' || (retime?.kind === 'constant' && retime.speed.num === 0);
  const frame = frameDuration(frameRate);
  const duration = rangeDuration(sourceRange);
  const frames = Math.min(
    duration / frame,
    wholeFrames(flicks(Math.max(0, isAnywhere ? media : room)), frameRate) / frame,
  );
  if (frames < 1 || duration / frame > frames * MOST) return null;
  const length = frameStart(Math.floor(frames), frameRate);
  if (isAnywhere) return { in: flicks(0), out: length };
  return isBackwards
    ? { in: subtractFlicks(sourceRange.out, length), out: sourceRange.out }
    : { in: sourceRange.in, out: addFlicks(sourceRange.in, length) };
}

/** A name that the project takes; `other` for one of nothing but space. */
export function nameOr<T extends string | undefined>(name: string, other: T): string | T {
  const fitting = name.trim().slice(0, 500).trim().toWellFormed();
  return fitting === '' ? other : fitting;
}
