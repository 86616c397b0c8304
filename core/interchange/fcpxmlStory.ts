import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { frameDuration } from '../time/rate.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import { markerFromNote } from './clipNotes.ts';
import { readContainer } from './fcpxmlContainer.ts';
import {
  ANCHORED,
  chosen,
  CLIPS,
  durationOf,
  type Kinds,
  laneOf,
  MARKERS,
  NO_PARTS,
  type Parts,
  type Place,
  type Story,
} from './fcpxmlElements.ts';
import { noteFilters } from './fcpxmlLosses.ts';
import { readMarker } from './fcpxmlMarkers.ts';
import { readMedia, readNest } from './fcpxmlMedia.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import { type Segment, segmentsOf } from './fcpxmlSegments.ts';
import { addTransition, type Lines, loseTransition } from './fcpxmlTransition.ts';
import { compareFractions, type Fraction, minus, NOTHING, plus } from './fraction.ts';

/** Reads the elements of a storyline, one after the other; `origin` is the time of the story at its time zero. */
export function readStoryline(
  reader: FcpxmlReader,
  story: Story,
  elements: readonly XmlElement[],
  { origin, layer, kinds }: { origin: Fraction; layer: number; kinds: Kinds },
): void {
  const lines: Lines = {
    video: { items: [], transitions: [] },
    audio: { items: [], transitions: [] },
  };
  const waiting: XmlElement[] = [];
  let begin: Flicks | null = null;
  let end: Fraction | null = null;
  let filled: Flicks = ZERO;
  for (const element of elements) {
    if (element.name === 'transition') {
      reader.countItem();
      waiting.push(element);
      continue;
    }
    if (!CLIPS.includes(element.name) && !['audition', 'gap', 'title'].includes(element.name)) {
      continue;
    }
    reader.countItem();
    const item = element.name === 'audition' ? chosen(reader, element) : element;
    if (item === null) continue;
    const given = element.attributes.has('offset')
      ? plus(origin, reader.seconds(element, 'offset'))
      : (end ?? origin);
    let from: Fraction = given;
    if (end !== null && compareFractions(given, end) < 0) {
      from = end;
      reader.lose(
        'interchange/overlap',
        labelOf(element),
        'This clip begins before the one ahead of it ends. It was moved behind it.',
      );
    }
    const until: Fraction = plus(from, durationOf(reader, item));
    end = until;
    const start = reader.flicks(from, element);
    const stop = reader.flicks(until, element);
    begin ??= start;
    if (filled < start && lines.video.items.length > 0) {
      const gap = { kind: 'gap' as const, duration: subtractFlicks(start, filled) };
      lines.video.items.push(gap);
      lines.audio.items.push(gap);
    }
    filled = stop;
    if (stop <= start) {
      reader.lose('interchange/empty-clip', labelOf(item), 'A clip of no length was left out.');
      continue;
    }
    const parts = readElement(reader, story, item, { start, end: stop, layer, kinds });
    const gap = { kind: 'gap' as const, duration: subtractFlicks(stop, start) };
    for (const kind of ['video', 'audio'] as const) lines[kind].items.push(parts[kind] ?? gap);
    if (waiting.length > 0) {
      const index = lines.video.items.length - 2;
      for (const transition of waiting.splice(0)) {
        addTransition(reader, transition, { lines, index, cut: start, origin });
      }
    }
  }
  for (const transition of waiting) loseTransition(reader, transition);
  for (const kind of ['video', 'audio'] as const) {
    for (const one of segmentsOf(lines[kind], { kind, layer, start: begin ?? ZERO }))
      story.segments.push(one);
  }
}

/** One story element: the clips that it is, with what is connected to it put where it belongs. */
function readElement(reader: FcpxmlReader, story: Story, element: XmlElement, place: Place): Parts {
  reader.noteForeign(element);
  noteFilters(reader, element);
  const asset = reader.resource('asset', element.attributes.get('ref'));
  const mediaStart = asset === undefined ? NOTHING : reader.seconds(asset, 'start');
  const usualStart = element.name === 'asset-clip' ? mediaStart : NOTHING;
  const own = reader.seconds(element, 'start', usualStart);
  // What is connected inside a synchronized clip is part of it.
  if (element.name !== 'sync-clip') readConnected(reader, story, element, { ...place, own });
  const markers = readMarkers(reader, story, element, { ...place, own });
  switch (element.name) {
    case 'asset-clip':
    case 'video':
    case 'audio':
      return readMedia(reader, story, element, { place, asset, markers });
    case 'ref-clip':
      return readNest(reader, story, element, { place, markers });
    case 'clip':
    case 'sync-clip':
    case 'mc-clip':
      return readContainer(reader, story, element, {
        place,
        markers,
        readInside: (inside) => readInside(reader, inside, element, place.kinds),
      });
    case 'gap':
      return NO_PARTS;
    default:
      reader.lose(
        element.name === 'caption' ? 'interchange/captions' : 'interchange/title',
        labelOf(element),
        `A ${element.name} was left out. Nothing stands in its place.`,
      );
      return NO_PARTS;
  }
}

/** What stands in lanes above and below an element. */
function readConnected(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  place: Place & { own: Fraction },
): void {
  for (const child of childElements(element)) {
    const lane = laneOf(child);
    if (!ANCHORED.includes(child.name) || lane === 0) continue;
    const layer = place.layer + lane;
    const offset = reader.flicks(
      minus(reader.seconds(child, 'offset', place.own), place.own),
      child,
    );
    const start = addFlicks(place.start, offset);
    const kinds = place.kinds;
    if (child.name === 'spine') {
      const inside = { ...story, segments: [] as Segment[] };
      readStoryline(reader, inside, childElements(child), { origin: NOTHING, layer, kinds });
      for (const segment of inside.segments) {
        story.segments.push({ ...segment, start: addFlicks(segment.start, start) });
      }
      continue;
    }
    reader.countItem();
    const item = child.name === 'audition' ? chosen(reader, child) : child;
    if (item === null) continue;
    const duration = reader.flicks(durationOf(reader, item), item);
    if (duration <= 0) {
      reader.lose('interchange/empty-clip', labelOf(item), 'A clip of no length was left out.');
      continue;
    }
    const end = addFlicks(start, duration);
    const parts = readElement(reader, story, item, { start, end, layer, kinds });
    for (const kind of ['video', 'audio'] as const) {
      const clip = parts[kind];
      if (clip !== null)
        story.segments.push({ kind, layer, start, items: [clip], transitions: [] });
    }
  }
}

/** The markers that are the clip’s own; those of gaps, and those that are noted of the timeline, go to the timeline. */
function readMarkers(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  place: Place & { own: Fraction },
): XmlElement[] {
  const frame = frameDuration(story.frameRate);
  return childElements(element).filter((child) => {
    if (!MARKERS.includes(child.name)) return false;
    const read = readMarker(child, frame);
    if (read === null) return true;
    const time = addFlicks(place.start, reader.flicks(minus(read.start, place.own), child));
    const index = (story.noted ?? []).findIndex(
      (each) =>
        each.time === time && each.name === read.marker.name && each.kind === read.marker.kind,
    );
    const [noted] = index === -1 ? [] : (story.noted?.splice(index, 1) ?? []);
    if (noted !== undefined) story.markers.push(markerFromNote(noted));
    else if (element.name === 'gap') story.markers.push({ time, ...read.marker });
    else return true;
    return false;
  });
}

function readInside(reader: FcpxmlReader, inside: Story, element: XmlElement, kinds: Kinds): void {
  if (element.name === 'mc-clip') {
    readAngles(reader, inside, element, kinds);
    return;
  }
  const spine = childElements(element, 'spine').find((each) => laneOf(each) === 0);
  const children = spine === undefined ? childElements(element) : childElements(spine);
  const primary = children.filter((child) => laneOf(child) === 0);
  readStoryline(reader, inside, primary, { origin: NOTHING, layer: 0, kinds });
  if (element.name !== 'sync-clip') return;
  readConnected(reader, inside, element, { start: ZERO, end: ZERO, layer: 0, kinds, own: NOTHING });
}

function readAngles(reader: FcpxmlReader, inside: Story, element: XmlElement, kinds: Kinds): void {
  const media = reader.resource('media', element.attributes.get('ref'));
  const multicam = media === undefined ? undefined : childElement(media, 'multicam');
  const angles = multicam === undefined ? [] : childElements(multicam, 'mc-angle');
  const sources = childElements(element, 'mc-source');
  for (const kind of ['video', 'audio'] as const) {
    if (!kinds[kind]) continue;
    const used = sources.find(({ attributes }) => {
      const enabled = attributes.get('srcEnable') ?? 'all';
      return enabled === 'all' || enabled === kind;
    });
    const id = used?.attributes.get('angleID');
    const angle = angles.find(({ attributes }) => attributes.get('angleID') === id) ?? angles[0];
    if (angle === undefined) continue;
    const origin = multicam === undefined ? NOTHING : firstOffset(reader, multicam, angle);
    const only = { video: kind === 'video', audio: kind === 'audio' };
    readStoryline(reader, inside, childElements(angle), { origin, layer: 0, kinds: only });
  }
}

/** Offsets in an angle may count from zero, or from the time code of the multicam clip, as its clips do. */
function firstOffset(reader: FcpxmlReader, multicam: XmlElement, angle: XmlElement): Fraction {
  const start = reader.seconds(multicam, 'tcStart');
  const [first] = childElements(angle);
  const offset = first === undefined ? NOTHING : reader.seconds(first, 'offset');
  return compareFractions(offset, start) >= 0 ? NOTHING : start;
}
