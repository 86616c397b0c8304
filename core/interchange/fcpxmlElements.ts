import type { Flicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import { childElements, type XmlElement } from '../xml/xmlElement.ts';
import type { ClipSource } from './fcpxmlClip.ts';
import type { TimelineNote } from './fcpxmlNotes.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import type { Segment } from './fcpxmlSegments.ts';
import { type Fraction, NOTHING } from './fraction.ts';
import type { InterchangeClip, InterchangeMarker } from './interchangeTimeline.ts';

/** Where the story elements of a sequence or of a container go. */
export type Story = {
  frameRate: Rate;
  aspect: number;
  segments: Segment[];
  markers: InterchangeMarker[];
  /** Markers of the timeline that this program noted and has not met yet; null in containers. */
  noted: TimelineNote['markers'] | null;
  depth: number;
  /** The clip that shows a nested timeline; null where it cannot be read. */
  nestOf: (ref: XmlElement) => ClipSource | null;
};

/** Which of picture and sound are read. */
export type Kinds = { video: boolean; audio: boolean };
/** Where an element stands on the timeline. */
export type Place = { start: Flicks; end: Flicks; layer: number; kinds: Kinds };
/** The clips that an element is. */
export type Parts = { video: InterchangeClip | null; audio: InterchangeClip | null };
export const NO_PARTS: Parts = { video: null, audio: null };

export const CLIPS = ['asset-clip', 'video', 'audio', 'ref-clip', 'clip', 'sync-clip', 'mc-clip'];
export const ANCHORED = [...CLIPS, 'audition', 'title', 'caption', 'spine'];
export const MARKERS = ['marker', 'chapter-marker'];

/** Where an element stands, and the markers of it that are the clip’s own. */
export type Found = { place: Place; markers: readonly XmlElement[] };

/** The one of several takes that is seen: the first. */
export function chosen(reader: FcpxmlReader, audition: XmlElement): XmlElement | null {
  const [first, ...others] = childElements(audition).filter(({ name }) => CLIPS.includes(name));
  if (others.length > 0) {
    reader.lose(
      'interchange/audition',
      labelOf(first ?? audition),
      `${others.length === 1 ? 'Another take was' : `${others.length} other takes were`} left out.`,
    );
  }
  return first ?? null;
}

/** How long an element says that it is, else how long its media are. */
export function durationOf(reader: FcpxmlReader, element: XmlElement): Fraction {
  if (element.attributes.has('duration')) return reader.seconds(element, 'duration');
  const asset = reader.resource('asset', element.attributes.get('ref'));
  return asset === undefined ? NOTHING : reader.seconds(asset, 'duration');
}

/** The lane that an element is in: 0 is the primary storyline. */
export function laneOf(element: XmlElement): number {
  const lane = Number(element.attributes.get('lane') ?? '0');
  return Number.isInteger(lane) && Math.abs(lane) <= 10_000 ? lane : 0;
}
