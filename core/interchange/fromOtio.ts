import { refuse } from '../fault.ts';
import { FLICKS_PER_SECOND, LONGEST_TIME, subtractFlicks, ZERO } from '../time/flicks.ts';
import {
  formatRate,
  isExactRate,
  parseRate,
  type Rate,
  rate,
  rateFromDecimal,
} from '../time/rate.ts';
import { notedParts } from './clipNotes.ts';
import {
  type InterchangeItem,
  type InterchangeMarker,
  type InterchangeReading,
  type InterchangeSequence,
  type InterchangeTrack,
  interchangeDuration,
  sequenceDuration,
  trackLabel,
} from './interchangeTimeline.ts';
import { clipNoteOf, readOtioRange } from './otioClip.ts';
import { readOtioMarkers } from './otioMarkers.ts';
import { OtioReader } from './otioReader.ts';
import { otioDuration, readOtioTrack } from './otioTrack.ts';
import {
  collectionSchema,
  compositionSchema,
  inkreelNestSchema,
  inkreelTimelineSchema,
  type OtioComposition,
  type OtioTimeline,
  schemaOf,
  timelineSchema,
} from './otioSchema.ts';
import { parseOtioText } from './otioText.ts';
import { joinGaps, type TrackContent, trimTrack } from './trimTrack.ts';

/** What a file may leave open. */
export type ReadOtioOptions = {
  /** Edit rate where no time in the file suggests one; 24 by default. */
  fallbackRate?: Rate;
};

/**
 * Reads OpenTimelineIO: the tracks of a timeline with their clips, gaps and dissolves. A bin gives its first timeline.
 * What the model cannot hold is replaced so that everything else keeps its time, and reported.
 *
 * The edit rate is the one that most source ranges of picture clips are counted in, else that of the start time, else
 * the fallback. Refuses `interchange/not-otio`, `interchange/malformed` (damaged, or with times that are none) and
 * `interchange/too-large`.
 */
export function readOtio(text: string, options: ReadOtioOptions = {}): InterchangeReading {
  const reader = new OtioReader();
  const object = timelineOf(parseOtioText(text), reader);
  const timeline = reader.parse(timelineSchema, object, 'timeline');
  reader.noteMetadata(timeline.metadata);
  const stack = reader.parse(compositionSchema, timeline.tracks, 'timeline, tracks');
  reader.noteUnkept(stack, 'timeline', { markers: 'kept' });
  const content = readSequence(reader, stack, { where: 'timeline', countsForRate: true, depth: 0 });
  const range = stack.source_range;
  const start = range ? reader.time(range.start_time, 'timeline') : ZERO;
  const trimmedTracks = range
    ? content.tracks.map((track) => ({
        ...track,
        ...trimTrack(track, start, reader.duration(range.duration, 'timeline')),
      }))
    : content.tracks;
  const markers = content.markers.map((marker) => ({
    ...marker,
    time: subtractFlicks(marker.time, start),
  }));
  if (timeline.global_start_time) noteStartTime(reader, timeline.global_start_time);
  reader.reportMetadata();
  const frameRate =
    ownFrameRate(timeline) ?? editRate(reader, timeline.global_start_time?.rate, options);
  const nested = new Map(
    [...reader.nested].map(([key, each]) => [
      key,
      { ...each, frameRate: each.frameRate ?? frameRate },
    ]),
  );
  return {
    timeline: {
      name: timeline.name ?? '',
      frameRate,
      linksAreKnown: inkreelTimelineSchema.safeParse(timeline.metadata).success,
      tracks: inOrder(trimmedTracks.map((track) => tidied(track))),
      ...(markers.length === 0 ? {} : { markers }),
      ...(nested.size === 0 ? {} : { nested }),
    },
    losses: reader.losses,
  };
}

type SequenceContext = {
  where: string;
  countsForRate: boolean;
  /** Timelines around it. */
  depth: number;
};

/** Tracks and markers of a stack, in its own time, not cut to the part that is used of it. */
function readSequence(
  reader: OtioReader,
  stack: OtioComposition,
  context: SequenceContext,
): { tracks: InterchangeTrack[]; markers: InterchangeMarker[]; ofClip: InterchangeMarker[] } {
  const place = context.depth === 0 ? '' : `${context.where}, `;
  const read = stack.children.map((child, index) =>
    readTrack(reader, child, { ...context, where: `${place}track ${index + 1}` }),
  );
  const own = readOtioMarkers(reader, stack.markers, { where: context.where, start: ZERO });
  const markers = [
    ...own.flatMap(({ marker, isOfClip }) => (isOfClip ? [] : [marker])),
    ...read.flatMap((each) => each.markers),
  ].sort((a, b) => a.time - b.time);
  return {
    tracks: read.flatMap(({ track }) => track ?? []),
    markers,
    ofClip: own.flatMap(({ marker, isOfClip }) => (isOfClip ? [marker] : [])),
  };
}

/** Timelines in timelines beyond these are left out; nobody makes so many, and each may hold the next twice. */
const DEEPEST_NEST = 16;

/** A stack or track in the place of a clip, as a clip that shows a timeline of its own. */
function readNest(reader: OtioReader, child: unknown, context: SequenceContext): InterchangeItem {
  const { where } = context;
  const object = reader.parse(compositionSchema, child, where);
  const label = object.name ? `${where} (“${object.name}”)` : where;
  const isTrack = schemaOf(child)?.name === 'Track';
  if (context.depth > DEEPEST_NEST) {
    reader.lose(
      'interchange/nested',
      label,
      `More than ${DEEPEST_NEST} timelines inside each other cannot be kept. A gap stands in place of this one.`,
    );
    return { kind: 'gap', duration: otioDuration(reader, child, where) };
  }
  const noted = inkreelNestSchema.safeParse(object.metadata).data?.inkreel;
  const ownRate = noted === undefined ? null : exactRate(parseRate(noted.frameRate));
  const inside = {
    ...context,
    where: label,
    countsForRate: context.countsForRate && ownRate === null,
  };
  const stack = isTrack ? trackAsStack(object, child) : object;
  const content = readSequence(reader, stack, inside);
  const tracks = inOrder(content.tracks.map((track) => tidied(track)));
  const sequence = {
    name: noted?.timelineName ?? object.name ?? '',
    frameRate: ownRate,
    tracks,
    ...(content.markers.length === 0 ? {} : { markers: content.markers }),
  };
  const length = sequenceDuration({ ...sequence, frameRate: ownRate ?? rate(24) });
  const used = object.source_range;
  const duration = used ? reader.duration(used.duration, label) : length;
  if (duration === 0) {
    reader.lose('interchange/empty-clip', label, 'A timeline of no length was left out.');
    return { kind: 'gap', duration: ZERO };
  }
  const first = used ? reader.time(used.start_time, label) : ZERO;
  const note = clipNoteOf(object);
  return {
    kind: 'clip',
    name: object.name ?? '',
    mediaUrl: null,
    nested: keyOfNest(reader, sequence, noted?.timelineId),
    sourceRange: readOtioRange(reader, object, { first, duration, where: label, note }),
    mediaDuration: length,
    ...notedParts(note),
    ...(object.enabled === false ? { disabled: true } : {}),
    ...(content.ofClip.length === 0 ? {} : { markers: content.ofClip }),
  };
}

/** The same timeline, shown twice, is kept once: where its noted id and everything in it are the same. */
function keyOfNest(
  reader: OtioReader,
  sequence: Omit<InterchangeSequence, 'frameRate'> & { frameRate: Rate | null },
  id: string | undefined,
): string {
  const known = id === undefined ? undefined : reader.nested.get(id);
  if (
    id !== undefined &&
    known !== undefined &&
    JSON.stringify(known) === JSON.stringify(sequence)
  ) {
    return id;
  }
  let count = reader.nested.size + 1;
  while (reader.nested.has(`nested-${count}`)) count += 1;
  const key = id !== undefined && known === undefined ? id : `nested-${count}`;
  reader.nested.set(key, sequence);
  return key;
}

/** A track on its own as a stack that holds it; its effects and range are read with the stack. */
function trackAsStack(object: OtioComposition, child: unknown): OtioComposition {
  const inner = {
    ...(child as object),
    source_range: null,
    effects: [],
    markers: [],
    enabled: true,
  };
  return { ...object, children: [inner] };
}

function timelineOf(root: unknown, reader: OtioReader): unknown {
  const schema = schemaOf(root);
  if (schema?.name === 'Timeline') {
    reader.noteVersion(schema, 'timeline');
    return root;
  }
  if (schema?.name === 'SerializableCollection') {
    const { children } = reader.parse(collectionSchema, root, 'collection');
    const timelines = children.filter((child) => schemaOf(child)?.name === 'Timeline');
    if (timelines.length > 0) {
      if (children.length > 1) {
        reader.lose(
          'interchange/collection',
          'collection',
          'Only the first timeline of this collection was imported.',
        );
      }
      return timelines[0];
    }
  }
  refuse(
    'interchange/not-otio',
    schema === null
      ? 'This is not an OpenTimelineIO file. Nothing was imported.'
      : `This OpenTimelineIO file holds no timeline (its outermost object is “${schema.name}”). Nothing was imported.`,
  );
}

function readTrack(
  reader: OtioReader,
  child: unknown,
  context: SequenceContext,
): { track: InterchangeTrack | null; markers: InterchangeMarker[] } {
  const { where } = context;
  const schema = schemaOf(child);
  if (schema?.name !== 'Track') {
    reader.lose(
      'interchange/not-a-track',
      where,
      `“${schema?.name ?? 'Something'}” stands where a track should. It was left out.`,
    );
    return { track: null, markers: [] };
  }
  reader.noteVersion(schema, where);
  const track = reader.parse(compositionSchema, child, where);
  const label = track.name ? `${where.replace(/track \d+$/, '')}track “${track.name}”` : where;
  reader.noteUnkept(track, label, { markers: 'kept' });
  const kind = track.kind ?? 'Video';
  if (kind !== 'Video' && kind !== 'Audio') {
    reader.lose(
      'interchange/track-kind',
      label,
      `A track of the kind “${kind}” cannot be kept. It was left out.`,
    );
    return { track: null, markers: [] };
  }
  const countsForRate = context.countsForRate && kind === 'Video';
  let content: TrackContent = readOtioTrack(reader, track.children, {
    label,
    countsForRate,
    readNest: (nest, at) => readNest(reader, nest, { ...at, depth: context.depth + 1 }),
  });
  refuseTooLong(content, label);
  const used = track.source_range;
  const start = used ? reader.time(used.start_time, label) : ZERO;
  if (used) content = trimTrack(content, start, reader.duration(used.duration, label));
  const markers = readOtioMarkers(reader, track.markers, { where: label, start });
  if (markers.length > 0) {
    reader.lose(
      'interchange/marker-place',
      label,
      'Markers of a track were put on the timeline instead.',
    );
  }
  return {
    track: {
      kind: kind === 'Video' ? 'video' : 'audio',
      name: track.name ?? '',
      muted: track.enabled === false,
      ...content,
    },
    markers: markers.map(({ marker }) => marker),
  };
}

function tidied(track: InterchangeTrack): InterchangeTrack {
  refuseTooLong(track, trackLabel(track));
  return { ...track, ...joinGaps(track) };
}

function refuseTooLong(content: TrackContent, where: string): void {
  let length = 0;
  for (const item of content.items) {
    length += interchangeDuration(item);
    if (length > LONGEST_TIME) {
      refuse(
        'interchange/malformed',
        'A track of this file is longer than 30 days. Nothing was imported.',
        { where },
      );
    }
  }
}

function inOrder(tracks: readonly InterchangeTrack[]): InterchangeTrack[] {
  return [
    ...tracks.filter((track) => track.kind === 'video'),
    ...tracks.filter((track) => track.kind === 'audio'),
  ];
}

function noteStartTime(reader: OtioReader, start: { value: number; rate: number }): void {
  if (reader.time(start, 'timeline') === 0) return;
  reader.lose(
    'interchange/start-time',
    'timeline',
    'This timeline starts at a time code other than zero. Here it starts at zero.',
  );
}

/** The edit rate that this program noted, if the start time is still counted at the same rate or in flicks. */
function ownFrameRate(timeline: OtioTimeline): Rate | null {
  const noted = inkreelTimelineSchema.safeParse(timeline.metadata).data?.inkreel.frameRate;
  const found = noted === undefined ? null : parseRate(noted);
  if (found === null || !isExactRate(found)) return null;
  const counted = timeline.global_start_time?.rate;
  return counted === found.num / found.den || counted === FLICKS_PER_SECOND ? found : null;
}

/** Above this, a rate counts samples or milliseconds, not pictures. */
const MAX_FRAME_RATE = 300;

function editRate(
  reader: OtioReader,
  startRate: number | undefined,
  options: ReadOtioOptions,
): Rate {
  // The same rate may be written as 23.976 here and as 23.976023976 there.
  const uses = new Map<string, { exact: Rate; count: number }>();
  for (const [decimal, count] of reader.pictureRates) {
    const exact = asEditRate(decimal);
    if (exact === null) continue;
    const key = formatRate(exact);
    uses.set(key, { exact, count: count + (uses.get(key)?.count ?? 0) });
  }
  const mostUsed = [...uses.values()].sort((a, b) => b.count - a.count)[0]?.exact;
  const found = mostUsed ?? (startRate === undefined ? null : asEditRate(startRate));
  if (found !== null) return found;
  const fallback = options.fallbackRate ?? rate(24);
  reader.lose(
    'interchange/no-frame-rate',
    'timeline',
    'Nothing in this file says how many frames a second has. Check the frame rate of the timeline.',
  );
  return fallback;
}

function asEditRate(decimal: number): Rate | null {
  if (decimal < 1 || decimal > MAX_FRAME_RATE) return null;
  return exactRate(rateFromDecimal(decimal));
}

function exactRate(found: Rate | null): Rate | null {
  return found !== null && isExactRate(found) ? found : null;
}
