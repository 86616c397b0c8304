import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { audioStreamOf, videoStreamOf } from '../../media/facts.ts';
import type {
  Asset,
  ObjectId,
  Registers,
  Timeline,
  Track,
  TrackKind,
} from '../../model/entities.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { itemEnd } from '../../model/items.ts';
import { tracksOfKind } from '../../model/project.ts';
import type { SourceRange } from '../../model/sourceRange.ts';
import { addFlicks, type Flicks, maxFlicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { frameDuration, snapToFrame, wholeFrames } from '../../time/rate.ts';
import { resolveTime, timeInputSchema } from '../../time/timeInput.ts';
import { refuseBeyondTimeline } from '../arrange.ts';
import { type Draft, orderBetween } from '../draft.ts';
import { chosenIdSchema } from '../ids.ts';

/** Parameters of every command that puts part of an asset on a timeline. */
export const sourceParameters = {
  timelineId: objectIdSchema,
  assetId: objectIdSchema,
  in: timeInputSchema
    .optional()
    .describe(
      'First moment of the source to use; default its beginning. Frames count at the timeline’s rate.',
    ),
  out: timeInputSchema
    .optional()
    .describe('First moment of the source not to use; default its end.'),
  videoTrackId: objectIdSchema.optional().describe('Default: V1.'),
  audioTrackId: objectIdSchema.optional().describe('Default: A1.'),
  use: z.enum(['picture-and-sound', 'picture', 'sound']).default('picture-and-sound'),
  name: z.string().trim().min(1).max(500).optional().describe('Default: the asset’s name.'),
  clipIds: z
    .array(chosenIdSchema)
    .max(2)
    .optional()
    .describe('Ids for the new clips, picture before sound; default: new ones.'),
  linkId: chosenIdSchema
    .optional()
    .describe('Links the new clips with every clip that has this link; default: with each other.'),
};
type SourceParameters = z.infer<z.ZodObject<typeof sourceParameters>>;

/** An asset on its way to a timeline: what of it, how long, and onto which tracks. */
export type Source = {
  timeline: Timeline;
  asset: Asset;
  range: SourceRange;
  duration: Flicks;
  tracks: Track[];
  name: string;
  clipIds: readonly ObjectId[];
  linkId: ObjectId | undefined;
};

/**
 * Checks the parameters and finds the tracks, making one where the timeline has none of the kind.
 * Refuses `edit/beyond-media`, `edit/bad-duration`, `edit/wrong-track`, `edit/track-locked`, `edit/nothing-to-use`.
 */
export function resolveSource(draft: Draft, command: SourceParameters): Source {
  const timeline = draft.need('timeline', command.timelineId);
  const asset = draft.need('asset', command.assetId);
  const range = sourceRange(timeline, asset, command);
  const tracks: Track[] = [];
  if (command.use !== 'sound' && videoStreamOf(asset.facts)) {
    tracks.push(findTrack(draft, timeline, 'video', command.videoTrackId));
  }
  if (command.use !== 'picture' && audioStreamOf(asset.facts)) {
    tracks.push(findTrack(draft, timeline, 'audio', command.audioTrackId));
  }
  if (tracks.length === 0) {
    refuse(
      'edit/nothing-to-use',
      `“${asset.name}” has no ${command.use === 'sound' ? 'sound' : 'picture'} to use.`,
      {
        assetId: asset.id,
      },
    );
  }
  for (const track of tracks) draft.refuseLocked(track);
  return {
    timeline,
    asset,
    range,
    duration: subtractFlicks(range.out, range.in),
    tracks,
    name: command.name ?? asset.name,
    clipIds: command.clipIds ?? [],
    linkId: command.linkId,
  };
}

/**
 * Puts the source on its tracks at `start`, picture and sound linked. The stretch must be empty. Refuses
 * `edit/id-taken` and, past 30 days, `edit/bad-time`.
 */
export function placeSource(draft: Draft, source: Source, start: Flicks): ObjectId[] {
  refuseBeyondTimeline(start);
  const linkId = source.linkId ?? (source.tracks.length > 1 ? draft.newId() : undefined);
  return source.tracks.map((track, index) => {
    const registers: Registers<'clip'> = {
      name: source.name,
      placement: { trackId: track.id, start },
      sourceRange: source.range,
      assetId: source.asset.id,
      ...(linkId === undefined ? {} : { linkId }),
    };
    return draft.create('clip', registers, source.clipIds[index]);
  });
}

/** The end of the last item on any of the tracks. */
export function endOfTracks(draft: Draft, tracks: readonly Track[]): Flicks {
  return tracks.reduce<Flicks>((end, track) => {
    const last = draft.project.itemsOn(track.id).at(-1);
    return last ? maxFlicks(end, itemEnd(last)) : end;
  }, ZERO);
}

/**
 * A track of the wanted kind: the one that is named, else the one nearest to the line between picture and sound, else a new one.
 * Refuses `edit/wrong-track` when the named one is of another kind or timeline.
 */
export function findTrack(
  draft: Draft,
  timeline: Timeline,
  kind: TrackKind,
  trackId?: ObjectId,
): Track {
  if (trackId !== undefined) {
    const track = draft.need('track', trackId);
    if (track.trackKind !== kind || track.timelineId !== timeline.id) {
      refuse('edit/wrong-track', `Track “${track.name}” cannot hold this.`, {
        trackId,
        wanted: kind,
      });
    }
    return track;
  }
  const tracks = tracksOfKind(draft.project, timeline.id, kind);
  const nearest = kind === 'audio' ? tracks.at(-1) : tracks[0];
  return nearest ?? draft.need('track', addTrack(draft, timeline, kind));
}

const TRACK_NAMES: Record<TrackKind, string> = {
  video: 'V',
  audio: 'A',
  graphics: 'G',
  caption: 'C',
};

/** Adds a track above the others of the timeline, or below them for sound; named `V2`, `A1` … unless given. */
export function addTrack(
  draft: Draft,
  timeline: Timeline,
  trackKind: TrackKind,
  chosen: { name?: string | undefined; trackId?: ObjectId | undefined } = {},
): ObjectId {
  const tracks = draft.project.tracksOf(timeline.id);
  const ofKind = tracks.filter((track) => track.trackKind === trackKind);
  const order =
    trackKind === 'audio'
      ? orderBetween(undefined, tracks[0]?.order)
      : orderBetween(tracks.at(-1)?.order, undefined);
  const name = chosen.name ?? `${TRACK_NAMES[trackKind]}${ofKind.length + 1}`;
  return draft.create('track', { timelineId: timeline.id, trackKind, order, name }, chosen.trackId);
}

function sourceRange(timeline: Timeline, asset: Asset, command: SourceParameters): SourceRange {
  const { frameRate } = timeline.format;
  const isStill = asset.facts.mediaKind === 'image';
  const first = command.in === undefined || isStill ? ZERO : resolveTime(command.in, frameRate);
  const last =
    command.out === undefined ? asset.facts.duration : resolveTime(command.out, frameRate);
  if (first < 0 || (!isStill && last > addFlicks(asset.facts.duration, frameDuration(frameRate)))) {
    refuse('edit/beyond-media', `“${asset.name}” does not reach that far.`, {
      available: { in: 0, out: asset.facts.duration },
      asked: { in: first, out: last },
    });
  }
  const length = subtractFlicks(last, first);
  const duration =
    command.out === undefined ? wholeFrames(length, frameRate) : snapToFrame(length, frameRate);
  if (duration < frameDuration(frameRate)) {
    refuse('edit/bad-duration', 'That is shorter than one frame.', { in: first, out: last });
  }
  return { in: first, out: addFlicks(first, duration) };
}
