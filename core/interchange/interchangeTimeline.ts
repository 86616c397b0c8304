import type { Loss } from '../contract/films.ts';
import type { SourceRange } from '../model/entities.ts';
import { ZERO, addFlicks, type Flicks, subtractFlicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';

/**
 * A cut as interchange formats see it: exact, and bound to no format and no project. All times are flicks; they lie
 * between frames of `frameRate` only where the source said so.
 */
export type InterchangeTimeline = {
  name: string;
  /** Edit rate, exact in flicks. */
  frameRate: Rate;
  /** Whether the links of the clips are all there is; else unlinked picture and sound may belong together. */
  linksAreKnown: boolean;
  /** Picture from the lowest track up, then sound from the line between picture and sound down. */
  tracks: InterchangeTrack[];
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
  /** Used part, counted from the first frame of the file. May reach beyond the media. */
  sourceRange: SourceRange;
  /** How long the media is; null where nobody knows or a still picture has no length. */
  mediaDuration: Flicks | null;
  /** Clips with the same link belong together (picture with its sound). */
  link: string | null;
  gainDb: number | null;
};

export type InterchangeGap = { kind: 'gap'; duration: Flicks };

/** Blends the clip at `afterItemIndex` into the clip that follows it. `before` and `after` count from the cut. */
export type InterchangeTransition = {
  afterItemIndex: number;
  kind: 'dissolve';
  before: Flicks;
  after: Flicks;
};

/** A timeline with a report of what could not be carried over. */
export type InterchangeReading = { timeline: InterchangeTimeline; losses: Loss[] };

/** How long an item lasts. */
export function interchangeDuration(item: InterchangeItem): Flicks {
  return item.kind === 'gap'
    ? item.duration
    : subtractFlicks(item.sourceRange.out, item.sourceRange.in);
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

/** A track in words, for reports. */
export function trackLabel(track: InterchangeTrack): string {
  if (track.name !== '') return `track “${track.name}”`;
  return track.kind === 'video' ? 'a picture track without a name' : 'a sound track without a name';
}
