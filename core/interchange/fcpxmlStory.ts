import { addFlicks, type Flicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import { frameDuration, type Rate } from '../time/rate.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import { type ClipSource, readClip, timingIn } from './fcpxmlClip.ts';
import { readMarker } from './fcpxmlMarkers.ts';
import { readTransitionNote, type TimelineNote } from './fcpxmlNotes.ts';
import { type FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import { type Segment, segmentEnd, segmentsOf, windowOf } from './fcpxmlSegments.ts';
import { rangeOfTiming } from './fcpxmlTiming.ts';
import { compareFractions, type Fraction, minus, NOTHING, plus, secondsOf } from './fraction.ts';
import { markerFromNote } from './clipNotes.ts';
import type {
  InterchangeClip,
  InterchangeItem,
  InterchangeMarker,
  InterchangeTransition,
} from './interchangeTimeline.ts';

/** Containers inside containers beyond these are left out. */
const DEEPEST = 32;

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

type Kinds = { video: boolean; audio: boolean };
type Place = { start: Flicks; end: Flicks; layer: number; kinds: Kinds };
type Parts = { video: InterchangeClip | null; audio: InterchangeClip | null };
const NO_PARTS: Parts = { video: null, audio: null };

const CLIPS = ['asset-clip', 'video', 'audio', 'ref-clip', 'clip', 'sync-clip', 'mc-clip'];
const ANCHORED = [...CLIPS, 'audition', 'title', 'caption', 'spine'];
const MARKERS = ['marker', 'chapter-marker'];

/** Reads the elements of a storyline, one after the other; `origin` is the time of the story at its time zero. */
export function readStoryline(
  reader: FcpxmlReader,
  story: Story,
  elements: readonly XmlElement[],
  { origin, layer, kinds }: { origin: Fraction; layer: number; kinds: Kinds },
): void {
  const lines = {
    video: { items: [] as InterchangeItem[], transitions: [] as InterchangeTransition[] },
    audio: { items: [] as InterchangeItem[], transitions: [] as InterchangeTransition[] },
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

type Lines = Record<
  'video' | 'audio',
  { items: InterchangeItem[]; transitions: InterchangeTransition[] }
>;

function addTransition(
  reader: FcpxmlReader,
  element: XmlElement,
  place: { lines: Lines; index: number; cut: Flicks; origin: Fraction },
): void {
  const { lines, index, cut, origin } = place;
  const duration = reader.flicks(reader.seconds(element, 'duration'), element);
  const half = subtractFlicks(cut, ((duration - (duration % 2)) / 2) as Flicks);
  const start = element.attributes.has('offset')
    ? reader.flicks(plus(origin, reader.seconds(element, 'offset')), element)
    : half;
  const before = subtractFlicks(cut, start);
  const after = subtractFlicks(duration, before);
  if (before < 0 || after < 0 || duration === 0) {
    loseTransition(reader, element);
    return;
  }
  const has = (name: string) => childElement(element, name) !== undefined;
  const isOfBoth = has('filter-video') === has('filter-audio');
  const noted = readTransitionNote(element);
  let isPlaced = false;
  for (const kind of ['video', 'audio'] as const) {
    const joins = [index, index + 1].every((each) => lines[kind].items[each]?.kind === 'clip');
    if (!joins || (!isOfBoth && !has(`filter-${kind}`))) continue;
    isPlaced = true;
    lines[kind].transitions.push({
      afterItemIndex: index,
      kind: noted ?? 'dissolve',
      before,
      after,
    });
  }
  if (!isPlaced) loseTransition(reader, element);
  const filter = childElement(element, 'filter-video') ?? childElement(element, 'filter-audio');
  const name = element.attributes.get('name') ?? filter?.attributes.get('name') ?? '';
  if (isPlaced && noted === null && !/^(|cross dissolve|audio crossfade)$/i.test(name)) {
    reader.lose(
      'interchange/transition-kind',
      labelOf(element),
      `The transition “${name.slice(0, 200)}” became a dissolve.`,
    );
  }
}

function loseTransition(reader: FcpxmlReader, element: XmlElement): void {
  reader.lose(
    'interchange/transition-place',
    labelOf(element),
    'A transition that does not stand between two clips was left out.',
  );
}

/** The one of several takes that is seen: the first. */
function chosen(reader: FcpxmlReader, audition: XmlElement): XmlElement | null {
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

function durationOf(reader: FcpxmlReader, element: XmlElement): Fraction {
  if (element.attributes.has('duration')) return reader.seconds(element, 'duration');
  const asset = reader.resource('asset', element.attributes.get('ref'));
  return asset === undefined ? NOTHING : reader.seconds(asset, 'duration');
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
      return readContainer(reader, story, element, { place, markers });
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

function laneOf(element: XmlElement): number {
  const lane = Number(element.attributes.get('lane') ?? '0');
  return Number.isInteger(lane) && Math.abs(lane) <= 10_000 ? lane : 0;
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

type Found = { place: Place; markers: readonly XmlElement[] };

function readMedia(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers, asset }: Found & { asset: XmlElement | undefined },
): Parts {
  if (asset === undefined) {
    reader.lose(
      'interchange/generator',
      labelOf(element),
      'A generator or a clip without media was left out.',
    );
    return NO_PARTS;
  }
  const source = sourceOf(reader, asset);
  const has = (name: string) => asset.attributes.get(name) === '1';
  const isUnknown = !has('hasVideo') && !has('hasAudio');
  return partsOf(reader, story, element, {
    place,
    markers,
    source,
    kinds: {
      video: element.name !== 'audio' && (isUnknown || has('hasVideo')),
      audio: element.name !== 'video' && (isUnknown || has('hasAudio')),
    },
  });
}

function sourceOf(reader: FcpxmlReader, asset: XmlElement): ClipSource {
  const copies = childElements(asset, 'media-rep');
  const original = copies.find(({ attributes }) => attributes.get('kind') !== 'proxy-media');
  const url = (original ?? copies[0] ?? asset).attributes.get('src') ?? null;
  const duration = reader.flicks(reader.seconds(asset, 'duration'), asset);
  const isStill = duration === 0;
  return {
    mediaUrl: url === null || url === '' ? null : url.slice(0, 32_768),
    mediaDuration: isStill ? null : duration,
    mediaStart: reader.seconds(asset, 'start'),
    isStill,
  };
}

function readNest(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers }: Found,
): Parts {
  const source = story.nestOf(element);
  if (source === null) {
    reader.lose(
      'interchange/nested',
      labelOf(element),
      'A timeline inside the timeline could not be read. A gap stands in its place.',
    );
    return NO_PARTS;
  }
  return partsOf(reader, story, element, {
    place,
    markers,
    source,
    kinds: { video: true, audio: true },
  });
}

/** Picture and sound of a clip, as far as it is said to have them and to use them. */
function partsOf(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  found: Found & { source: ClipSource; kinds: Kinds },
): Parts {
  const { place, source } = found;
  const used = element.attributes.get('srcEnable') ?? 'all';
  const uses = (kind: 'video' | 'audio') =>
    found.kinds[kind] && place.kinds[kind] && (used === 'all' || used === kind);
  const link = uses('video') && uses('audio') ? reader.newLink() : null;
  noteConform(reader, story, element);
  noteSplit(reader, element);
  const read = (kind: 'video' | 'audio', markers: readonly XmlElement[]) => {
    const duration = subtractFlicks(place.end, place.start);
    const { frameRate, aspect } = story;
    const clip = readClip(reader, element, source, {
      kind,
      duration,
      frameRate,
      aspect,
      link,
      markers,
    });
    if (clip === null || !source.isStill || clip.sourceRange.retime !== undefined) return clip;
    return { ...clip, sourceRange: { in: ZERO, out: duration } };
  };
  return {
    video: uses('video') ? read('video', found.markers) : null,
    audio: uses('audio') ? read('audio', uses('video') ? [] : found.markers) : null,
  };
}

/** Footage of nearly the rate of the timeline is played frame by frame unless a file says otherwise. */
function noteConform(reader: FcpxmlReader, story: Story, element: XmlElement): void {
  const conform = childElement(element, 'conform-rate');
  if (conform === undefined || conform.attributes.get('scaleEnabled') === '0') return;
  const from = Number(conform.attributes.get('srcFrameRate') ?? '');
  const to = story.frameRate.num / story.frameRate.den;
  if (!(from > 0) || Math.abs(from - to) < 0.01 || Math.abs(from / to - 1) > 0.05) return;
  reader.lose(
    'interchange/conform-rate',
    labelOf(element),
    `The clip was played at ${Math.round((to / from) * 10_000) / 100} % to fit the frame rate of the timeline. It plays at its own speed.`,
  );
}

/** Sound that begins or ends apart from its picture. */
function noteSplit(reader: FcpxmlReader, element: XmlElement): void {
  if (!element.attributes.has('audioStart') && !element.attributes.has('audioDuration')) return;
  reader.lose(
    'interchange/split-edit',
    labelOf(element),
    'The sound of this clip began or ended apart from its picture. It goes with the picture.',
  );
}

const SOUND_SOURCES = ['audio-channel-source', 'audio-role-source', 'sync-source', 'mc-source'];

/** Children of story elements that are read, or that change nothing that is seen or heard. */
const KNOWN_CHILDREN = [
  'conform-rate',
  'timeMap',
  'metadata',
  'adjust-transform',
  'adjust-blend',
  'adjust-volume',
  'adjust-panner',
  ...ANCHORED,
  ...MARKERS,
  'gap',
  'transition',
  'text',
  'text-style-def',
  'param',
];

/** Reports what changes picture or sound and is not read. */
function noteFilters(reader: FcpxmlReader, element: XmlElement): void {
  const where = labelOf(element);
  for (const child of childElements(element)) {
    const what = child.attributes.get('name') ?? child.name;
    if (child.name === 'keyword' || child.name === 'rating' || child.name === 'analysis-marker') {
      reader.lose('interchange/keyword', where, `A ${child.name} was left out.`);
    } else if (child.name === 'adjust-crop') {
      reader.lose('interchange/crop', where, 'The crop was left out.');
    } else if (child.name === 'note') {
      reader.lose('interchange/note', where, 'The note of a clip was left out.');
    } else if (SOUND_SOURCES.includes(child.name)) {
      const isChanged = childElements(child).length > 0 || child.attributes.get('enabled') === '0';
      if (!isChanged && child.attributes.get('active') !== '0') continue;
      reader.lose(
        'interchange/channels',
        where,
        'What was set for single channels or roles of the sound was left out.',
      );
    } else if (child.name === 'adjust-conform') {
      const type = child.attributes.get('type') ?? 'fit';
      if (type === 'fit') continue;
      reader.lose(
        'interchange/conform',
        where,
        `That the picture is fitted by “${type.slice(0, 20)}” was left out. It is fitted into the frame.`,
      );
    } else if (!KNOWN_CHILDREN.includes(child.name)) {
      reader.lose('interchange/effect', where, `“${what.slice(0, 200)}” was left out.`);
    }
  }
}

/** A clip that holds others: what is in it takes its place. */
function readContainer(
  reader: FcpxmlReader,
  story: Story,
  element: XmlElement,
  { place, markers }: Found,
): Parts {
  const label = labelOf(element);
  if (story.depth >= DEEPEST) {
    reader.lose('interchange/nested', label, 'Clips nested too deeply were left out.');
    return NO_PARTS;
  }
  const inside: Story = {
    ...story,
    segments: [],
    markers: [],
    noted: null,
    depth: story.depth + 1,
  };
  readInside(reader, inside, element, place.kinds);
  if (element.name !== 'clip') {
    reader.lose(
      element.name === 'mc-clip' ? 'interchange/multicam' : 'interchange/sync-clip',
      label,
      element.name === 'mc-clip'
        ? 'Of a multicam clip, the angles in use were kept as plain clips.'
        : 'A synchronized clip was taken apart into the clips in it.',
    );
  }
  const timing = timingIn(reader, element, NOTHING);
  const length = subtractFlicks(place.end, place.start);
  const from = reader.flicks(timing.start, element);
  const window = { from, to: addFlicks(from, length), at: place.start, layer: place.layer };
  const parts: Parts = { ...NO_PARTS };
  const link = reader.newLink();
  for (const kind of ['video', 'audio'] as const) {
    const primary = inside.segments.filter((each) => each.kind === kind && each.layer === 0);
    const only = primary.length === 1 ? primary[0] : undefined;
    const clip = only?.items.length === 1 ? only.items[0] : undefined;
    const whole =
      only === undefined || clip === undefined
        ? null
        : wholeClip(reader, element, clip, { only, timing, length, story, kind, markers, link });
    if (whole !== null) {
      parts[kind] = whole;
      inside.segments.splice(inside.segments.indexOf(only as Segment), 1);
    }
  }
  if (timing.points !== null && inside.segments.length > 0) {
    reader.lose(
      'interchange/speed',
      label,
      'The speed of a clip that holds several others was left out.',
    );
  }
  if (inside.segments.length > 0 && parts.video === null && markers.length > 0) {
    reader.lose('interchange/marker', label, 'Markers of a clip that holds others were left out.');
  }
  for (const one of windowOf(inside.segments, window)) story.segments.push(one);
  return parts;
}

/** A container of one clip that fills it is that clip, with the container’s speed, adjustments and markers. */
function wholeClip(
  reader: FcpxmlReader,
  element: XmlElement,
  clip: InterchangeClip,
  found: {
    only: Segment;
    timing: ReturnType<typeof timingIn>;
    length: Flicks;
    story: Story;
    kind: 'video' | 'audio';
    markers: readonly XmlElement[];
    link: string;
  },
): InterchangeClip | null {
  const { only, timing, length, story, kind } = found;
  if (clip.sourceRange.retime !== undefined) return null;
  const isStill = clip.mediaDuration === null;
  const read = rangeOfTiming(timing, length, NOTHING);
  if (read === null) return null;
  const fills = only.start <= read.range.in && segmentEnd(only) >= read.range.out;
  if (!isStill && !fills) return null;
  // Time zero of the container in the time of the media.
  const shift = minus(secondsOf(only.start), secondsOf(clip.sourceRange.in));
  const outer = readClip(
    reader,
    element,
    {
      mediaUrl: clip.mediaUrl,
      ...(clip.nested === undefined ? {} : { nested: clip.nested }),
      mediaDuration: clip.mediaDuration,
      mediaStart: isStill ? NOTHING : shift,
      isStill,
    },
    {
      kind,
      duration: length,
      frameRate: story.frameRate,
      aspect: story.aspect,
      link: null,
      markers: kind === 'video' ? found.markers : [],
    },
  );
  if (outer === null) return null;
  const sourceRange =
    isStill && outer.sourceRange.retime === undefined
      ? { in: ZERO, out: length }
      : outer.sourceRange;
  const parameters = { ...clip.parameters, ...outer.parameters };
  return {
    ...clip,
    ...outer,
    name: outer.name === '' ? clip.name : outer.name,
    sourceRange,
    link: outer.link ?? clip.link,
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(clip.disabled === true ? { disabled: true } : {}),
  };
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
