import type { Loss } from '../contract/films.ts';
import type {
  BLENDS,
  MARKER_COLORS,
  Registers,
  TRANSITION_DIRECTIONS,
  TRANSITION_KINDS,
} from '../model/entities.ts';
import type { Animated } from '../model/keyframes.ts';
import type { ClipParameter } from '../model/parameters.ts';
import { rangeDuration, type SourceRange } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, maxFlicks, ZERO } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';

/**
 * A cut as interchange formats see it: exact, and bound to no format and no project. All times are flicks; they lie
 * between frames of `frameRate` only where the source said so. What is optional is absent where there is none of it.
 */
export type InterchangeTimeline = InterchangeSequence & {
  /** Whether the links of the clips are all there is; else unlinked picture and sound may belong together. */
  linksAreKnown: boolean;
  /** The timelines that clips show instead of media, by their keys. None contains itself. */
  nested?: ReadonlyMap<string, InterchangeSequence>;
  /** What is known of media files, by their URLs. */
  media?: ReadonlyMap<string, InterchangeMedia>;
};

/** One timeline: the outermost, or one that is nested. */
export type InterchangeSequence = {
  name: string;
  /** Edit rate, exact in flicks. */
  frameRate: Rate;
  /** Size of the picture and rate of the sound, where the source says so. */
  format?: { width: number; height: number; sampleRateHz: number };
  /** Picture from the lowest track up, then sound from the line between picture and sound down. */
  tracks: InterchangeTrack[];
  /** In time of the timeline, earliest first. */
  markers?: InterchangeMarker[];
};

/** What a media file is, as far as other programs want to know. */
export type InterchangeMedia = {
  picture: { width: number; height: number; frameRate: Rate | null } | null;
  sound: { channels: number; sampleRateHz: number } | null;
};

export type InterchangeTrack = {
  kind: 'video' | 'audio';
  name: string;
  /** Not heard, or for picture not seen. */
  muted: boolean;
  /** One after the other, without anything between them. */
  items: InterchangeItem[];
  /** In the order of their items. */
  transitions: InterchangeTransition[];
};

export type InterchangeItem = InterchangeClip | InterchangeGap;

export type InterchangeClip = {
  kind: 'clip';
  /** In the project it comes from; null from elsewhere. */
  id: string | null;
  name: string;
  /** As the format writes it, relative or absolute; null where the source names no media file. */
  mediaUrl: string | null;
  /** Key of the timeline it shows instead of media. */
  nested?: string;
  /** Used part, counted from the first frame of the file, and how fast it plays. May reach beyond the media. */
  sourceRange: SourceRange;
  /** How long the media is; null where nobody knows or a still picture has no length. */
  mediaDuration: Flicks | null;
  /** Clips with the same link belong together (picture with its sound). */
  link: string | null;
  /** Neither seen nor heard. */
  disabled?: true;
  /** What is not at its default; keyframes in time of the clip. */
  parameters?: InterchangeParameters;
  fades?: { in: Flicks; out: Flicks };
  blend?: (typeof BLENDS)[number];
  /** In time of the source, counted as `sourceRange` is. */
  markers?: InterchangeMarker[];
};

export type InterchangeParameters = { [Name in ClipParameter]?: Animated };

export type InterchangeGap = { kind: 'gap'; duration: Flicks };

export type InterchangeMarker = {
  time: Flicks;
  duration: Flicks;
  kind: Registers<'marker'>['markerKind'];
  name: string;
  note?: string;
  color?: (typeof MARKER_COLORS)[number];
};

/** Leads from the clip at `afterItemIndex` to the clip that follows it. `before` and `after` count from the cut. */
export type InterchangeTransition = {
  afterItemIndex: number;
  kind: (typeof TRANSITION_KINDS)[number];
  /** Where a wipe, slide or push moves to; absent: left, and for kinds that move nowhere. */
  direction?: (typeof TRANSITION_DIRECTIONS)[number];
  before: Flicks;
  after: Flicks;
};

/** A timeline with a report of what could not be carried over. */
export type InterchangeReading = { timeline: InterchangeTimeline; losses: Loss[] };

/** How long an item lasts. */
export function interchangeDuration(item: InterchangeItem): Flicks {
  return item.kind === 'gap' ? item.duration : rangeDuration(item.sourceRange);
}

/** Where each item of a track starts, and as the last entry where the track ends. */
export function itemBoundaries(items: readonly InterchangeItem[]): Flicks[] {
  const boundaries = [ZERO];
  let end: Flicks = ZERO;
  for (const item of items) {
    end = addFlicks(end, interchangeDuration(item));
    boundaries.push(end);
  }
  return boundaries;
}

/** Every timeline of an interchange timeline, the outermost first. */
export function allSequences(timeline: InterchangeTimeline): InterchangeSequence[] {
  return [timeline, ...(timeline.nested?.values() ?? [])];
}

/** A track in words, for reports. */
export function trackLabel(track: InterchangeTrack): string {
  if (track.name !== '') return `track “${track.name}”`;
  return track.kind === 'video' ? 'a picture track without a name' : 'a sound track without a name';
}

/** A clip in words, for reports. */
export function clipLabel(track: InterchangeTrack, clip: InterchangeClip): string {
  return `${trackLabel(track)} (“${clip.name}”)`;
}

/** How long a timeline is: to the end of its longest track. */
export function sequenceDuration(sequence: InterchangeSequence): Flicks {
  return sequence.tracks.reduce<Flicks>(
    (longest, { items }) => maxFlicks(longest, itemBoundaries(items).at(-1) ?? ZERO),
    ZERO,
  );
}
