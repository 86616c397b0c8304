import { refuse } from '../fault.ts';
import { ZERO } from '../time/flicks.ts';
import { isExactRate, type Rate, rate } from '../time/rate.ts';
import { readXml } from '../xml/readXml.ts';
import { childElement, childElements, type XmlElement } from '../xml/xmlElement.ts';
import type { ClipSource } from './fcpxmlClip.ts';
import { readTimelineNote, type TimelineNote } from './fcpxmlNotes.ts';
import { FcpxmlReader, labelOf } from './fcpxmlReader.ts';
import { type Segment, tracksOf } from './fcpxmlSegments.ts';
import type { Story } from './fcpxmlElements.ts';
import { readStoryline } from './fcpxmlStory.ts';
import { compareFractions, minus, NOTHING } from './fraction.ts';
import {
  type InterchangeReading,
  type InterchangeSequence,
  type InterchangeTrack,
  sequenceDuration,
} from './interchangeTimeline.ts';

/** The latest version of the format whose reference this reader follows. */
const LATEST_VERSION = 13;

/**
 * Reads Final Cut Pro XML 1.8 to 1.13 (earlier and later ones as far as they are alike): the first project of the
 * file. The primary storyline becomes the lowest picture track, every lane above it another, and sound goes to tracks
 * of its own, linked to its picture. Compound clips become nested timelines; synchronized and multicam clips are
 * taken apart, auditions give their first take. What cannot be kept is reported.
 *
 * Refuses what `readXml` refuses, `interchange/not-fcpxml`, `interchange/no-timeline` (no project), `interchange/
 * malformed` (times that are none) and `interchange/too-large`.
 */
export function readFcpxml(text: string): InterchangeReading {
  const root = readXml(text);
  if (root.name !== 'fcpxml') {
    refuse(
      'interchange/not-fcpxml',
      `This is not a Final Cut Pro XML file (its outermost element is “${root.name.slice(0, 100)}”). Nothing was imported.`,
    );
  }
  const reader = new FcpxmlReader(root);
  const minor = Number(
    /^1\.(\d{1,3})$/.exec(root.attributes.get('version') ?? '')?.[1] ?? Number.NaN,
  );
  if (!(minor <= LATEST_VERSION)) {
    reader.lose(
      'interchange/newer-version',
      'fcpxml',
      `This file is of a version (${(root.attributes.get('version') ?? 'none').slice(0, 20)}) that this program does not know. Check the result.`,
    );
  }
  const projects = projectsIn(root);
  const [project] = projects;
  const element = project === undefined ? undefined : childElement(project, 'sequence');
  if (project === undefined || element === undefined) {
    refuse(
      'interchange/no-timeline',
      'This Final Cut Pro XML file holds no project. Select the project in Final Cut Pro and export it again. Nothing was imported.',
    );
  }
  if (projects.length > 1) {
    reader.lose(
      'interchange/collection',
      'fcpxml',
      `Only the first of ${projects.length} projects in this file was imported.`,
    );
  }
  const sequence = readSequence(reader, element, project.attributes.get('name') ?? '', 0);
  reader.reportForeign();
  return {
    timeline: {
      ...sequence,
      linksAreKnown: true,
      ...(reader.nested.size === 0 ? {} : { nested: reader.nested }),
    },
    losses: reader.losses,
  };
}

function projectsIn(root: XmlElement): XmlElement[] {
  const library = childElement(root, 'library');
  const events = [root, ...(library === undefined ? [] : [library])].flatMap((each) =>
    childElements(each, 'event'),
  );
  return [root, ...events].flatMap((each) => childElements(each, 'project'));
}

function readSequence(
  reader: FcpxmlReader,
  element: XmlElement,
  name: string,
  depth: number,
): InterchangeSequence {
  const format = reader.resource('format', element.attributes.get('format'));
  const frameRate = rateOf(reader, element, format);
  const size = sizeOf(format, element);
  const note = readTimelineNote(element);
  reader.noteForeign(element);
  const spine = childElement(element, 'spine');
  const items = spine === undefined ? [] : childElements(spine);
  const start = reader.seconds(element, 'tcStart');
  const first = items.find(({ attributes }) => attributes.has('offset'));
  const isFromStart =
    first !== undefined && compareFractions(reader.seconds(first, 'offset'), start) >= 0;
  if (compareFractions(start, NOTHING) !== 0 && depth === 0) {
    reader.lose(
      'interchange/start-time',
      'timeline',
      'This timeline starts at a time code other than zero. Here it starts at zero.',
    );
  }
  const story: Story = {
    frameRate,
    aspect: size === null ? 16 / 9 : size.width / size.height,
    segments: [],
    markers: [],
    noted: [...(note?.markers ?? [])],
    depth,
    nestOf: (ref) => nestOf(reader, ref, depth),
  };
  readStoryline(reader, story, items, {
    origin: isFromStart ? minus(NOTHING, start) : NOTHING,
    layer: 0,
    kinds: { video: true, audio: true },
  });
  const markers = story.markers.sort((a, b) => a.time - b.time);
  return {
    name: name.slice(0, 500),
    frameRate,
    ...(size === null ? {} : { format: size }),
    tracks: tracksIn(reader, story.segments, note),
    ...(markers.length === 0 ? {} : { markers }),
  };
}

function tracksIn(
  reader: FcpxmlReader,
  all: readonly Segment[],
  note: TimelineNote | null,
): InterchangeTrack[] {
  const segments = all.map((segment) => beforeZero(reader, segment));
  const lanes = new Map<string, Segment[]>();
  for (const segment of segments) {
    if (segment === null) continue;
    const key = `${segment.kind} ${segment.layer}`;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [segment]);
    else lane.push(segment);
  }
  const counts = { video: -1, audio: 0 };
  const noted = (note?.tracks ?? []).map((track, index) => {
    // The lane in which each track was written: the first one is the primary storyline if it is of pictures.
    if (track.kind === 'video') counts.video += 1;
    else counts.audio -= 1;
    if (index === 0 && track.kind === 'audio') counts.video += 1;
    return { ...track, key: `${track.kind} ${counts[track.kind]}` };
  });
  const order = (key: string) => {
    const [kind, lane] = [key.split(' ')[0], Number(key.split(' ')[1])];
    if (kind === 'video') return lane;
    return 1e6 + (lane >= 0 ? lane : 1e5 - lane);
  };
  const keys = [...new Set([...noted.map(({ key }) => key), ...lanes.keys()])];
  return keys
    .sort((a, b) => order(a) - order(b))
    .flatMap((key) => {
      const known = noted.find((each) => each.key === key);
      const kind = key.startsWith('video') ? ('video' as const) : ('audio' as const);
      const made = tracksOf(lanes.get(key) ?? [], kind);
      const filled = made.length === 0 ? [{ kind, items: [], transitions: [] }] : made;
      return filled.map((track, index) =>
        namedTrack(track, index === 0 ? known : undefined, reader.notedOff),
      );
    });
}

/** A track with its noted name. What is switched off on a track that is off is on by itself. */
function namedTrack(
  track: Omit<InterchangeTrack, 'name' | 'muted'>,
  noted: { name: string; muted: boolean } | undefined,
  notedOff: ReadonlySet<string>,
): InterchangeTrack {
  const isOff = track.items.every((item) => item.kind === 'gap' || item.disabled === true);
  const muted = noted?.muted === true && isOff;
  const items = track.items.map((item) => {
    if (!muted || item.kind === 'gap' || notedOff.has(item.id ?? '')) return item;
    const { disabled: _, ...clip } = item;
    return clip;
  });
  return { ...track, name: noted?.name ?? '', muted, items };
}

/** A segment that begins before the timeline does is cut there. */
function beforeZero(reader: FcpxmlReader, segment: Segment): Segment | null {
  if (segment.start >= 0) return segment;
  reader.lose(
    'interchange/before-start',
    'timeline',
    'A clip that begins before the timeline does was left out.',
  );
  return null;
}

function nestOf(reader: FcpxmlReader, ref: XmlElement, depth: number): ClipSource | null {
  const id = ref.attributes.get('ref');
  const media = reader.resource('media', id);
  const element = media === undefined ? undefined : childElement(media, 'sequence');
  if (id === undefined || media === undefined || element === undefined) return null;
  const known = reader.nestKeys.get(id);
  // A timeline that contains itself is no timeline.
  if (known === null || depth > DEEPEST_NEST) return null;
  const start = reader.seconds(element, 'tcStart');
  if (known === undefined) {
    reader.nestKeys.set(id, null);
    const sequence = readSequence(reader, element, media.attributes.get('name') ?? '', depth + 1);
    const noted = readTimelineNote(element)?.key;
    const key = noted !== undefined && !reader.nested.has(noted) ? noted : freeKey(reader);
    reader.nested.set(key, sequence);
    reader.nestKeys.set(id, key);
  }
  const nested = reader.nestKeys.get(id) ?? '';
  const sequence = reader.nested.get(nested);
  return {
    mediaUrl: null,
    nested,
    mediaDuration: sequence === undefined ? ZERO : sequenceDuration(sequence),
    mediaStart: start,
    isStill: false,
  };
}

/** Timelines in timelines beyond these are left out. */
const DEEPEST_NEST = 16;

function freeKey(reader: FcpxmlReader): string {
  let count = reader.nested.size + 1;
  while (reader.nested.has(`nested-${count}`)) count += 1;
  return `nested-${count}`;
}

/** Rates by the end of the names of formats that the program has built in. */
const NAMED_RATES: Readonly<Record<string, Rate>> = {
  '2398': rate(24000, 1001),
  '24': rate(24),
  '25': rate(25),
  '2997': rate(30000, 1001),
  '30': rate(30),
  '50': rate(50),
  '5994': rate(60000, 1001),
  '60': rate(60),
};

function rateOf(reader: FcpxmlReader, element: XmlElement, format: XmlElement | undefined): Rate {
  const duration = format === undefined ? NOTHING : reader.seconds(format, 'frameDuration');
  const most = 1_000_000_000n;
  if (duration.num > 0n && duration.num <= most && duration.den <= most) {
    const found = rate(Number(duration.den), Number(duration.num));
    const perSecond = found.num / found.den;
    if (isExactRate(found) && perSecond >= 1 && perSecond <= 1000) return found;
  }
  // Interlaced formats are named by their fields.
  const [, fields, digits = ''] =
    /(p|i)(\d{2,4})$/.exec(format?.attributes.get('name') ?? '') ?? [];
  const named = Object.hasOwn(NAMED_RATES, digits) ? NAMED_RATES[digits] : undefined;
  if (named !== undefined) return fields === 'i' ? rate(named.num, named.den * 2) : named;
  reader.lose(
    'interchange/no-frame-rate',
    labelOf(element),
    'Nothing in this file says how many frames a second has. Check the frame rate of the timeline.',
  );
  return rate(24);
}

const AUDIO_RATES: Readonly<Record<string, number>> = {
  '32k': 32_000,
  '44.1k': 44_100,
  '48k': 48_000,
  '88.2k': 88_200,
  '96k': 96_000,
  '176.4k': 176_400,
  '192k': 192_000,
};

function sizeOf(
  format: XmlElement | undefined,
  element: XmlElement,
): NonNullable<InterchangeSequence['format']> | null {
  const width = Number(format?.attributes.get('width') ?? Number.NaN);
  const height = Number(format?.attributes.get('height') ?? Number.NaN);
  const fits = (side: number) => Number.isInteger(side) && side >= 16 && side <= 16_384;
  if (!fits(width) || !fits(height)) return null;
  const named = element.attributes.get('audioRate') ?? '48k';
  const sampleRateHz = Object.hasOwn(AUDIO_RATES, named) ? AUDIO_RATES[named] : undefined;
  return { width, height, sampleRateHz: sampleRateHz ?? 48_000 };
}
