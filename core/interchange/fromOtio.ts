import { refuse } from '../fault.ts';
import { FLICKS_PER_SECOND, LONGEST_TIME } from '../time/flicks.ts';
import {
  formatRate,
  isExactRate,
  parseRate,
  type Rate,
  rate,
  rateFromDecimal,
} from '../time/rate.ts';
import type { InterchangeReading, InterchangeTrack } from './interchangeTimeline.ts';
import { interchangeDuration, trackLabel } from './interchangeTimeline.ts';
import { OtioReader } from './otioReader.ts';
import { readOtioTrack } from './otioTrack.ts';
import {
  collectionSchema,
  compositionSchema,
  inkreelTimelineSchema,
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
  reader.noteItem(stack, 'timeline');
  const tracks = stack.children.flatMap((child, index) => readTrack(reader, child, index));
  const range = stack.source_range;
  const trimmedTracks = range
    ? tracks.map((track) => ({
        ...track,
        ...trimTrack(
          track,
          reader.time(range.start_time, 'timeline'),
          reader.duration(range.duration, 'timeline'),
        ),
      }))
    : tracks;
  if (timeline.global_start_time) noteStartTime(reader, timeline.global_start_time);
  reader.reportMetadata();
  return {
    timeline: {
      name: timeline.name ?? '',
      frameRate:
        ownFrameRate(timeline) ?? editRate(reader, timeline.global_start_time?.rate, options),
      linksAreKnown: inkreelTimelineSchema.safeParse(timeline.metadata).success,
      tracks: inOrder(trimmedTracks.map((track) => tidied(track))),
    },
    losses: reader.losses,
  };
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

function readTrack(reader: OtioReader, child: unknown, index: number): InterchangeTrack[] {
  const schema = schemaOf(child);
  const where = `track ${index + 1}`;
  if (schema?.name !== 'Track') {
    reader.lose(
      'interchange/not-a-track',
      where,
      `“${schema?.name ?? 'Something'}” stands where a track should. It was left out.`,
    );
    return [];
  }
  reader.noteVersion(schema, where);
  const track = reader.parse(compositionSchema, child, where);
  const label = track.name ? `track “${track.name}”` : where;
  reader.noteItem(track, label);
  const kind = track.kind ?? 'Video';
  if (kind !== 'Video' && kind !== 'Audio') {
    reader.lose(
      'interchange/track-kind',
      label,
      `A track of the kind “${kind}” cannot be kept. It was left out.`,
    );
    return [];
  }
  let content: TrackContent = readOtioTrack(reader, track.children, {
    label,
    countsForRate: kind === 'Video',
  });
  refuseTooLong(content, label);
  if (track.source_range) {
    content = trimTrack(
      content,
      reader.time(track.source_range.start_time, label),
      reader.duration(track.source_range.duration, label),
    );
  }
  return [
    {
      kind: kind === 'Video' ? 'video' : 'audio',
      name: track.name ?? '',
      muted: track.enabled === false,
      ...content,
    },
  ];
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
  const exact = rateFromDecimal(decimal);
  return exact !== null && isExactRate(exact) ? exact : null;
}
