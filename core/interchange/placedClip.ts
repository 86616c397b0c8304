import type { ObjectId } from '../model/entities.ts';
import type { SourceRange } from '../model/sourceRange.ts';
import type { Flicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import type { InterchangeClip } from './interchangeTimeline.ts';

/** What the library knows of a media URL. */
export type ResolvedAsset = {
  assetId: ObjectId;
  hasVideo: boolean;
  hasAudio: boolean;
  /** Length of the media; null for a still picture, which lasts as long as one likes. */
  duration: Flicks | null;
  /** For a timeline that is shown as media; `assetId` is then the same. */
  nestedTimelineId?: ObjectId;
  /** Its frames, on which such a clip begins. */
  frameRate?: Rate;
};

/** A clip with its place on the timeline: whole frames, within the media. */
export type PlacedClip = {
  clip: InterchangeClip;
  /** Index among the items of the interchange track. */
  index: number;
  clipId: ObjectId;
  asset: ResolvedAsset;
  start: Flicks;
  sourceRange: SourceRange;
};
