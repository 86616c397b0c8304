import type { Loss } from '../contract/films.ts';
import type { EditCommand } from '../edits/registry.ts';
import type { ObjectId, TimelineFormat } from '../model/entities.ts';
import { rangeDuration } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, maxFlicks, ZERO } from '../time/flicks.ts';
import { fitClips } from './fitClips.ts';
import type { PlacedClip, ResolvedAsset } from './placedClip.ts';
import { fitTransitions } from './fitTransitions.ts';
import type {
  InterchangeSequence,
  InterchangeTimeline,
  InterchangeTrack,
} from './interchangeTimeline.ts';
import { linkClips } from './linkClips.ts';
import { lookCommands, markerCommands } from './lookCommands.ts';
import { nameOr, placeCommands } from './placeCommands.ts';

/** What an interchange file does not say, and what its media URLs stand for. */
export type ToCommandsOptions = {
  assets: ReadonlyMap<string, ResolvedAsset>;
  /** Size of the picture and rate of the sound, for timelines that do not say theirs. */
  format: Omit<TimelineFormat, 'frameRate'>;
  /** Ids that nobody else has; the commands name what they make, so that they can refer to it. */
  newId: () => ObjectId;
};

/** A list of edit commands that makes a timeline, to be applied as one edit. */
export type TimelineCommands = { timelineId: ObjectId; commands: EditCommand[]; losses: Loss[] };

/**
 * The edit commands that make a new timeline of an interchange timeline, after those that are nested in it. They are
 * not refused by a project that has the assets: clips begin and end on the nearest frame, are shortened to the media
 * there is, and are left out without any; speeds that the media does not last for are left out; transitions are
 * shortened to the spare media. Each of these is reported. Source in points stay exact. Sound that a file does not
 * link to its picture is linked where both use the same media at the same time.
 */
export function interchangeToCommands(
  timeline: InterchangeTimeline,
  options: ToCommandsOptions,
): TimelineCommands {
  const maker = new CommandMaker(timeline, options);
  const { timelineId } = maker.sequence(timeline, 'Imported timeline', 0);
  return { timelineId, commands: maker.commands, losses: maker.losses };
}

/** Timelines in timelines beyond these are left out, as the project has them. */
const DEEPEST_NEST = 15;

class CommandMaker {
  readonly commands: EditCommand[] = [];
  readonly losses: Loss[] = [];
  readonly #timeline: InterchangeTimeline;
  readonly #options: ToCommandsOptions;
  /** Nested timelines that are made already, by their keys; null while one is. */
  readonly #nested = new Map<string, ResolvedAsset | null>();

  constructor(timeline: InterchangeTimeline, options: ToCommandsOptions) {
    this.#timeline = timeline;
    this.#options = options;
  }

  /** Makes a timeline with everything in it. */
  sequence(
    sequence: InterchangeSequence,
    usualName: string,
    depth: number,
  ): { timelineId: ObjectId; asset: ResolvedAsset } {
    const { newId } = this.#options;
    const { frameRate } = sequence;
    for (const key of nestsIn(sequence)) this.#nest(key, depth);
    const timelineId = newId();
    this.commands.push({
      type: 'timeline.create',
      name: nameOr(sequence.name, usualName),
      format: { ...(sequence.format ?? this.#options.format), frameRate },
      tracks: 'none',
      timelineId,
    });
    const tracks = sequence.tracks.map((track) => {
      const fitted = fitClips(track, { ...this.#options, frameRate, nested: this.#nested });
      for (const one of fitted.losses) this.losses.push(one);
      return { track, trackId: newId(), clips: fitted.clips };
    });
    const { linksAreKnown } = this.#timeline;
    const links = linkClips(
      tracks.map(({ track, clips }) => ({ kind: track.kind, clips })),
      { linksAreKnown, newId },
    );
    for (const { track, trackId, clips } of tracks) {
      for (const one of trackCommands(track, { timelineId, trackId })) this.commands.push(one);
      for (const clip of clips) {
        const place = { timelineId, trackId, kind: track.kind, frameRate };
        for (const one of placeCommands(clip, links.get(clip), place)) this.commands.push(one);
      }
      this.#transitions(track, clips, sequence);
    }
    this.#linkNests(links);
    // What a clip looks like comes last: it may reach what is linked with it, which has to be there.
    for (const { track, clips } of tracks) {
      for (const clip of clips) this.#add(lookCommands(track, clip, frameRate));
    }
    this.#add(markerCommands(sequence, timelineId));
    return { timelineId, asset: { ...assetOf(timelineId, tracks), frameRate } };
  }

  #transitions(
    track: InterchangeTrack,
    clips: readonly PlacedClip[],
    { frameRate }: InterchangeSequence,
  ): void {
    const fitted = fitTransitions(track, clips, frameRate);
    for (const one of fitted.losses) this.losses.push(one);
    for (const { clipId, look, before, after } of fitted.transitions) {
      this.commands.push({
        type: 'transition.add',
        clipId,
        edge: 'head',
        duration: before + after,
        before,
        transitionKind: look.kind,
        ...(look.direction === undefined ? {} : { direction: look.direction }),
        scope: 'alone',
      });
    }
  }

  /** Clips that show timelines get their links when all of them are there. */
  #linkNests(links: ReadonlyMap<PlacedClip, ObjectId>): void {
    const groups = new Map<ObjectId, PlacedClip[]>();
    for (const [clip, link] of links) groups.set(link, [...(groups.get(link) ?? []), clip]);
    for (const [linkId, clips] of groups) {
      const hasNest = clips.some(({ asset }) => asset.nestedTimelineId !== undefined);
      if (!hasNest || clips.length < 2 || clips.length > 1000) continue;
      const clipIds = clips.map(({ clipId }) => clipId);
      this.commands.push({ type: 'clip.link', clipIds, linkId });
    }
  }

  #nest(key: string, depth: number): void {
    const sequence = this.#timeline.nested?.get(key);
    if (sequence === undefined || this.#nested.has(key) || depth >= DEEPEST_NEST) return;
    this.#nested.set(key, null);
    this.#nested.set(key, this.sequence(sequence, 'Nested timeline', depth + 1).asset);
  }

  #add({ commands, losses }: { commands: EditCommand[]; losses: Loss[] }): void {
    for (const one of commands) this.commands.push(one);
    for (const one of losses) this.losses.push(one);
  }
}

function nestsIn(sequence: InterchangeSequence): Set<string> {
  const items = sequence.tracks.flatMap((track) => track.items);
  return new Set(items.flatMap((item) => (item.kind === 'clip' ? (item.nested ?? []) : [])));
}

/** What clips can show of a timeline that was made. */
function assetOf(
  timelineId: ObjectId,
  tracks: readonly { track: InterchangeTrack; clips: readonly PlacedClip[] }[],
): ResolvedAsset {
  const has = (kind: InterchangeTrack['kind']) =>
    tracks.some(({ track, clips }) => track.kind === kind && clips.length > 0);
  const end = tracks
    .flatMap(({ clips }) => clips)
    .reduce<Flicks>(
      (latest, { start, sourceRange }) =>
        maxFlicks(latest, addFlicks(start, rangeDuration(sourceRange))),
      ZERO,
    );
  return {
    assetId: timelineId,
    nestedTimelineId: timelineId,
    hasVideo: has('video'),
    hasAudio: has('audio'),
    duration: end,
  };
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
