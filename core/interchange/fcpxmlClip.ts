import type { Flicks } from '../time/flicks.ts';
import { subtractFlicks } from '../time/flicks.ts';
import type { Rate } from '../time/rate.ts';
import { frameDuration } from '../time/rate.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import { type ClipNote, markerFromNote, notedParts } from './clipNotes.ts';
import { ADJUSTMENTS, adjustElements, readAdjustments } from './fcpxmlAdjust.ts';
import { markerElement, readMarker } from './fcpxmlMarkers.ts';
import { readClipNote } from './fcpxmlNotes.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import {
  type FcpxmlTiming,
  fcpxmlTiming,
  mediaTimeAt,
  ownTimeOf,
  rangeOfTiming,
  sameTiming,
} from './fcpxmlTiming.ts';
import { type Fraction, flicksOf, minus, NOTHING, secondsOf } from './fraction.ts';
import type {
  InterchangeClip,
  InterchangeMarker,
  InterchangeTrack,
} from './interchangeTimeline.ts';

/** What a clip shows: a file or a timeline, and when that begins by its own count. */
export type ClipSource = {
  mediaUrl: string | null;
  nested?: string;
  mediaDuration: Flicks | null;
  mediaStart: Fraction;
  /** A still picture has no times. */
  isStill: boolean;
};

export type ClipContext = {
  kind: InterchangeTrack['kind'];
  duration: Flicks;
  frameRate: Rate;
  aspect: number;
  link: string | null;
  /** Markers that are the clip’s own; those that are the timeline’s are taken out before. */
  markers: readonly XmlElement[];
};

/** The own times of a clip: where it starts, and its map where it has one. */
export function timingIn(
  reader: FcpxmlReader,
  element: XmlElement,
  usualStart: Fraction,
): FcpxmlTiming {
  const start = reader.seconds(element, 'start', usualStart);
  const map = childElement(element, 'timeMap');
  if (map === undefined) return { start, points: null };
  const points = childElements(map, 'timept').map((point) => ({
    time: reader.seconds(point, 'time'),
    value: reader.seconds(point, 'value'),
  }));
  const isRising = points.every(
    (point, index) => index === 0 || isBefore(points[index - 1]?.time ?? NOTHING, point.time),
  );
  if (points.length >= 2 && isRising) return { start, points };
  reader.lose(
    'interchange/speed',
    labelOf(element),
    'A change of speed that cannot be read was left out. The clip plays at its own speed.',
  );
  return { start, points: null };
}

function isBefore(a: Fraction, b: Fraction): boolean {
  return a.num * b.den < b.num * a.den;
}

/** A clip of one kind, picture or sound. */
export function readClip(
  reader: FcpxmlReader,
  element: XmlElement,
  source: ClipSource,
  context: ClipContext,
): InterchangeClip | null {
  const { kind, duration, frameRate } = context;
  const label = labelOf(element);
  const note = readClipNote(element);
  const timing = timingIn(reader, element, source.mediaStart);
  const range = rangeIn(reader, element, source, { timing, duration, note });
  if (range === null) return null;
  const adjust = { kind, aspect: context.aspect, start: timing.start };
  const looks = looksOf(reader, element, note, adjust);
  const markers = markersOf(reader, context.markers, {
    note,
    timing,
    mediaStart: source.mediaStart,
    frame: frameDuration(frameRate),
    where: label,
  });
  const own = notedParts(note);
  if (note.disabled === true && own.id !== null) reader.notedOff.add(own.id);
  return {
    kind: 'clip',
    id: own.id,
    name: (element.attributes.get('name') ?? '').slice(0, 500),
    mediaUrl: source.mediaUrl,
    ...(source.nested === undefined ? {} : { nested: source.nested }),
    sourceRange: range,
    mediaDuration: source.mediaDuration,
    link: own.link ?? context.link,
    ...(element.attributes.get('enabled') === '0' ? { disabled: true } : {}),
    ...looks,
    ...(markers.length === 0 ? {} : { markers }),
  };
}

function rangeIn(
  reader: FcpxmlReader,
  element: XmlElement,
  source: ClipSource,
  found: { timing: FcpxmlTiming; duration: Flicks; note: ClipNote },
): InterchangeClip['sourceRange'] | null {
  const { timing, duration, note } = found;
  const noted = note.sourceRange;
  if (noted?.retime?.duration === duration) {
    const same = sameTiming(fcpxmlTiming(noted, source.mediaDuration), timing);
    if (same) return noted;
  }
  const read = rangeOfTiming(timing, duration, source.mediaStart);
  if (read === null) {
    reader.lose(
      'interchange/speed',
      labelOf(element),
      'A clip whose speed cannot be was left out.',
    );
    return null;
  }
  if (read.loss !== null) {
    reader.lose(
      `interchange/${read.loss}`,
      labelOf(element),
      read.loss === 'speed-rounded'
        ? 'The speed was rounded to what can be kept. Compare the end of the clip.'
        : 'How the speed changes was left out. The clip plays at its own speed.',
    );
  }
  const map = childElement(element, 'timeMap');
  const isEased = (map === undefined ? [] : childElements(map, 'timept')).some((point) =>
    ['smooth', 'inTime', 'outTime'].some((name) =>
      name === 'smooth' ? point.attributes.get('interp') === 'smooth' : point.attributes.has(name),
    ),
  );
  if (isEased && read.range.retime?.kind === 'curve') {
    reader.lose(
      'interchange/speed-easing',
      labelOf(element),
      'Gentle changes of speed became sudden ones.',
    );
  }
  return read.range;
}

/** Volume, opacity and so on: as noted where the file says the same, else as the file says. */
function looksOf(
  reader: FcpxmlReader,
  element: XmlElement,
  note: ClipNote,
  context: Parameters<typeof adjustElements>[1],
): Pick<InterchangeClip, 'parameters' | 'fades' | 'blend'> {
  const found = childElements(element).filter(({ name }) => ADJUSTMENTS.includes(name));
  const { id: _id, link: _link, ...noted } = notedParts(note);
  const isSame = keyOf(adjustElements(noted, context)) === keyOf(found);
  if (isSame) return noted;
  const { isCut, ...read } = readAdjustments(element, context);
  if (isCut) {
    reader.lose(
      'interchange/limited',
      labelOf(element),
      'A volume, opacity or place beyond what can be kept was brought back to it.',
    );
  }
  return read;
}

type MarkerContext = {
  note: ClipNote;
  timing: FcpxmlTiming;
  mediaStart: Fraction;
  frame: Flicks;
  where: string;
};

function markersOf(
  reader: FcpxmlReader,
  elements: readonly XmlElement[],
  { note, timing, mediaStart, frame, where }: MarkerContext,
): InterchangeMarker[] {
  const noted = (note.markers ?? []).map(markerFromNote);
  const said = noted.flatMap((marker) => {
    const start = ownTimeOf(timing, secondsOf(marker.time));
    return start === null ? [] : [markerElement(marker, start, frame)];
  });
  if (keyOf(said) === keyOf(elements)) return noted;
  return elements
    .flatMap((element): InterchangeMarker[] => {
      const read = readMarker(element, frame);
      const source = read === null ? null : minus(mediaTimeAt(timing, read.start), mediaStart);
      const time = source === null ? null : flicksOf(source);
      if (read !== null && time !== null) return [{ time, ...read.marker }];
      reader.lose('interchange/marker', where, 'A marker whose time cannot be was left out.');
      return [];
    })
    .sort((a, b) => subtractFlicks(a.time, b.time));
}

/** What elements say, whatever the order of their attributes. */
function keyOf(elements: readonly XmlElement[]): string {
  const plain = (element: XmlElement): unknown => [
    element.name,
    [...element.attributes].sort(([a], [b]) => (a < b ? -1 : 1)),
    childElements(element).map(plain),
  ];
  return JSON.stringify(elements.map(plain));
}
