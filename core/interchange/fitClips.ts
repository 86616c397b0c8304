import type { Loss } from '../contract/films.ts';
import type { ObjectId } from '../model/entities.ts';
import { sliceRange } from '../model/sourceRange.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  maxFlicks,
  minFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { frameDuration, type Rate, snapToFrame } from '../time/rate.ts';
import {
  type InterchangeClip,
  type InterchangeTrack,
  itemBoundaries,
  trackLabel,
} from './interchangeTimeline.ts';
import type { PlacedClip, ResolvedAsset } from './placedClip.ts';
import { canRetime } from './placeCommands.ts';

type FitOptions = {
  assets: ReadonlyMap<string, ResolvedAsset>;
  newId: () => ObjectId;
  frameRate: Rate;
  /** Nested timelines by their keys; null for one that contains itself. */
  nested?: ReadonlyMap<string, ResolvedAsset | null>;
};

/** The clips of a track that can be placed, with a report of those that cannot or not as they are. */
export function fitClips(
  track: InterchangeTrack,
  options: FitOptions,
): { clips: PlacedClip[]; losses: Loss[] } {
  const boundaries = itemBoundaries(track.items);
  const clips: PlacedClip[] = [];
  const losses: Loss[] = [];
  let rounded = 0;
  for (const [index, item] of track.items.entries()) {
    if (item.kind === 'gap') continue;
    const where = `${trackLabel(track)}, item ${index + 1} (“${item.name}”)`;
    const asset = usableAsset(track, item, options);
    if (typeof asset === 'string') {
      losses.push({ code: 'interchange/no-media', where, message: asset });
      continue;
    }
    const exactStart = boundaries[index] ?? ZERO;
    const exactEnd = boundaries[index + 1] ?? exactStart;
    const start = snapToFrame(exactStart, options.frameRate);
    const end = snapToFrame(exactEnd, options.frameRate);
    if (start !== exactStart || end !== exactEnd) rounded += 1;
    const retimed = retimedClip(item, {
      asset,
      start,
      end,
      skipped: subtractFlicks(start, exactStart),
      clipId: options.newId(),
      index,
    });
    if (retimed !== null && start < end) {
      if (canRetime(retimed, options.frameRate)) {
        clips.push(retimed);
        continue;
      }
      losses.push({
        code: 'interchange/speed',
        where,
        message: 'The media does not last for the speed of this clip. It plays at its own speed.',
      });
    }
    const first = firstFrameOf(item, asset);
    if (first !== item.sourceRange.in) rounded += 1;
    const fitted = withinMedia(first, { start, end }, asset, options.frameRate);
    if (fitted === null) {
      const message =
        start === end
          ? 'A clip shorter than one frame was left out.'
          : 'The media has nothing at the time that this clip uses. It was left out.';
      losses.push({ code: 'interchange/nothing-left', where, message });
      continue;
    }
    if (fitted.start !== start || fitted.length !== end - start) {
      losses.push({
        code: 'interchange/beyond-media',
        where,
        message: 'The media is shorter than this clip, which was shortened to it.',
      });
    }
    clips.push({
      clip: item,
      index,
      clipId: options.newId(),
      asset,
      start: fitted.start,
      sourceRange: { in: fitted.in, out: addFlicks(fitted.in, fitted.length) },
    });
  }
  if (rounded > 0) losses.push(roundingLoss(track, rounded));
  return { clips, losses };
}

/** Media is used from any moment on, a timeline from one of its frames on. */
function firstFrameOf(clip: InterchangeClip, asset: ResolvedAsset): Flicks {
  const { in: first } = clip.sourceRange;
  return asset.frameRate === undefined ? first : snapToFrame(first, asset.frameRate);
}

/** A clip at its speed, with its ends on frames; null for one that plays as recorded. */
function retimedClip(
  clip: InterchangeClip,
  place: {
    asset: ResolvedAsset;
    start: Flicks;
    end: Flicks;
    skipped: Flicks;
    clipId: ObjectId;
    index: number;
  },
): PlacedClip | null {
  if (clip.sourceRange.retime === undefined) return null;
  const { asset, start, end, skipped, clipId, index } = place;
  const sourceRange = sliceRange(
    clip.sourceRange,
    skipped,
    addFlicks(skipped, subtractFlicks(end, start)),
  );
  return { clip, index, clipId, asset, start, sourceRange };
}

/** The asset, or a sentence that says why there is none. */
function usableAsset(
  track: InterchangeTrack,
  clip: InterchangeClip,
  { assets, nested }: Pick<FitOptions, 'assets' | 'nested'>,
): ResolvedAsset | string {
  if (clip.nested !== undefined) {
    const timeline = nested?.get(clip.nested) ?? null;
    if (timeline === null) return 'The timeline in this clip could not be made. It was left out.';
    if (track.kind === 'video' && !timeline.hasVideo)
      return 'The timeline in this clip has no picture.';
    if (track.kind === 'audio' && !timeline.hasAudio)
      return 'The timeline in this clip has no sound.';
    return timeline;
  }
  if (clip.mediaUrl === null) return 'A clip without a media file was left out.';
  const asset = assets.get(clip.mediaUrl);
  if (asset === undefined) {
    return `The media file “${clip.mediaUrl}” was not found. The clip was left out.`;
  }
  if (track.kind === 'video' && !asset.hasVideo) return 'The media of this clip has no picture.';
  if (track.kind === 'audio' && !asset.hasAudio) return 'The media of this clip has no sound.';
  return asset;
}

/**
 * Moves the edges of a clip inwards, by whole frames, to where media is. Media may be shorter than the clip by up to
 * one frame, as `clip.overwrite` allows. Null when no frame is left.
 */
function withinMedia(
  first: Flicks,
  place: { start: Flicks; end: Flicks },
  asset: ResolvedAsset,
  frameRate: Rate,
): { start: Flicks; length: Flicks; in: Flicks } | null {
  const { start, end } = place;
  if (asset.duration === null) {
    return start === end ? null : { start, length: subtractFlicks(end, start), in: ZERO };
  }
  const head = first < 0 ? snapToFrame(flicks(-first), frameRate, 'ceil') : ZERO;
  const used = addFlicks(first, head);
  // A timeline ends where it ends; a last frame of media may end after it.
  const slack = asset.nestedTimelineId === undefined ? frameDuration(frameRate) : ZERO;
  const last = addFlicks(asset.duration, slack);
  const available = snapToFrame(maxFlicks(ZERO, subtractFlicks(last, used)), frameRate, 'floor');
  const length = minFlicks(subtractFlicks(subtractFlicks(end, start), head), available);
  return length > 0 ? { start: addFlicks(start, head), length, in: used } : null;
}

function roundingLoss(track: InterchangeTrack, count: number): Loss {
  return {
    code: 'interchange/rounded',
    where: trackLabel(track),
    message: `${count === 1 ? 'A clip that begins or ends' : `${count} clips that begin or end`} between two frames was moved to the nearest frame.`,
  };
}
