import type { Loss } from '../contract/films.ts';
import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId, TimelineFormat } from '../model/entities.ts';
import type {
  InterchangeClip,
  InterchangeTimeline,
  InterchangeTrack,
} from './interchangeTimeline.ts';
import { fitClips, type PlacedClip, type ResolvedAsset } from './fitClips.ts';
import { fitTransitions } from './fitTransitions.ts';
import { linkClips } from './linkClips.ts';

/** What an interchange file does not say, and what its media URLs stand for. */
export type ToCommandsOptions = {
  assets: ReadonlyMap<string, ResolvedAsset>;
  format: Omit<TimelineFormat, 'frameRate'>;
  /** Ids that nobody else has; the commands name what they make, so that they can refer to it. */
  newId: () => ObjectId;
};

/** A list of edit commands that makes a timeline, to be applied as one edit. */
export type TimelineCommands = { timelineId: ObjectId; commands: EditCommand[]; losses: Loss[] };

/**
 * The edit commands that make a new timeline of an interchange timeline. They are not refused by a project that has
 * the assets: clips begin and end on the nearest frame, are shortened to the media there is, and are left out without
 * any; transitions are shortened to the spare media. Each of these is reported. Source in points stay exact. Sound
 * that a file does not link to its picture is linked where both use the same media at the same time.
 */
export function interchangeToCommands(
  timeline: InterchangeTimeline,
  options: ToCommandsOptions,
): TimelineCommands {
  const { newId } = options;
  const timelineId = newId();
  const losses: Loss[] = [];
  const commands: EditCommand[] = [
    {
      type: 'timeline.create',
      name: nameOr(timeline.name, 'Imported timeline'),
      format: { ...options.format, frameRate: timeline.frameRate },
      tracks: 'none',
      timelineId,
    },
  ];
  const tracks = timeline.tracks.map((track) => {
    const fitted = fitClips(track, { ...options, frameRate: timeline.frameRate });
    losses.push(...fitted.losses);
    return { track, trackId: newId(), clips: fitted.clips };
  });
  const links = linkClips(
    tracks.map(({ track, clips }) => ({ kind: track.kind, clips })),
    { linksAreKnown: timeline.linksAreKnown, newId },
  );
  for (const { track, trackId, clips } of tracks) {
    commands.push(...trackCommands(track, { timelineId, trackId }));
    for (const clip of clips) {
      commands.push(placeCommand(track, clip, { timelineId, trackId, linkId: links.get(clip) }));
    }
    const fitted = fitTransitions(track, clips, timeline.frameRate);
    losses.push(...fitted.losses);
    for (const { clipId, before, after } of fitted.transitions) {
      commands.push({
        type: 'transition.add',
        clipId,
        edge: 'head',
        duration: before + after,
        before,
        scope: 'alone',
      });
    }
  }
  // Volume last: it reaches the sound that is linked with a clip, which has to be there.
  for (const { track, clips } of tracks) {
    if (track.kind !== 'audio') continue;
    for (const { clip, clipId } of clips) {
      if (clip.gainDb !== null && clip.gainDb !== 0) {
        commands.push({ type: 'clip.setGain', clipId, gainDb: clip.gainDb, scope: 'alone' });
      }
    }
  }
  return { timelineId, commands, losses };
}

function trackCommands(
  track: InterchangeTrack,
  ids: { timelineId: ObjectId; trackId: ObjectId },
): EditCommand[] {
  const name = nameOr(track.name, undefined);
  const add: EditCommand = {
    type: 'track.add',
    ...ids,
    trackKind: track.kind,
    ...(name === undefined ? {} : { name }),
  };
  return track.muted ? [add, { type: 'track.set', trackId: ids.trackId, muted: true }] : [add];
}

function placeCommand(
  track: InterchangeTrack,
  placed: PlacedClip,
  ids: { timelineId: ObjectId; trackId: ObjectId; linkId: ObjectId | undefined },
): EditCommand {
  const name = nameOf(placed.clip);
  return {
    type: 'clip.overwrite',
    timelineId: ids.timelineId,
    assetId: placed.asset.assetId,
    in: placed.sourceRange.in,
    out: placed.sourceRange.out,
    at: placed.start,
    clipIds: [placed.clipId],
    ...(name === undefined ? {} : { name }),
    ...(ids.linkId === undefined ? {} : { linkId: ids.linkId }),
    ...(track.kind === 'video'
      ? { use: 'picture', videoTrackId: ids.trackId }
      : { use: 'sound', audioTrackId: ids.trackId }),
  };
}

function nameOf(clip: InterchangeClip): string | undefined {
  return nameOr(clip.name, undefined);
}

function nameOr<T extends string | undefined>(name: string, other: T): string | T {
  const fitting = name.trim().slice(0, 500).trim().toWellFormed();
  return fitting === '' ? other : fitting;
}
