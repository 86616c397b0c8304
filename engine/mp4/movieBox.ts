import { box, fullBox, u16, u32, u32List, u64, u8 } from './boxes.ts';
import type { Chunk, Edit, Movie, Sample, Track } from './movie.ts';

const LARGEST_32_BITS = 0xff_ff_ff_ff;
const UNITY_MATRIX = u32(0x1_00_00, 0, 0, 0, 0x1_00_00, 0, 0, 0, 0x40_00_00_00);
const SELF_CONTAINED = box('dinf', fullBox('dref', {}, u32(1), fullBox('url ', { flags: 1 })));

/** The table of contents of a film (`moov`, ISO/IEC 14496-12). */
export function movieBox(movie: Movie, chunks: readonly Chunk[], isLarge: boolean): Buffer {
  const { tracks, timescale } = movie;
  const durations = tracks.map((track) => shownDuration(track, timescale));
  const { version, times } = timesOf(Math.max(0, ...durations), [timescale]);
  const mvhd = fullBox(
    'mvhd',
    { version },
    times,
    u32(0x1_00_00),
    u16(0x1_00, 0),
    u32(0, 0),
    UNITY_MATRIX,
    u32(0, 0, 0, 0, 0, 0),
    u32(tracks.length + 1),
  );
  const traks = tracks.map((track, index) =>
    trackBox(track, {
      id: index + 1,
      duration: durations[index] ?? 0,
      chunks: chunks.filter((chunk) => chunk.track === index),
      isLarge,
    }),
  );
  return box('moov', mvhd, ...traks, movie.userData);
}

/** What says of which kind a track is, under a name that players may show. */
export function handlerBox(handler: string, name: string): Buffer {
  return fullBox(
    'hdlr',
    {},
    u32(0),
    Buffer.from(handler, 'latin1'),
    u32(0, 0, 0),
    Buffer.from(`${name}\0`, 'utf8'),
  );
}

/** How long a track is shown, in ticks of the movie. */
function shownDuration({ edits, samples, timescale }: Track, movieTimescale: number): number {
  if (edits.length > 0) return edits.reduce((sum, { duration }) => sum + duration, 0);
  return Math.round((mediaDuration(samples) * movieTimescale) / timescale);
}

function mediaDuration(samples: readonly Sample[]): number {
  return samples.reduce((sum, { duration }) => sum + duration, 0);
}

/** Times of creation and change (none), `between` and a duration, in the version that holds the duration. */
function timesOf(duration: number, between: readonly number[]): { version: number; times: Buffer } {
  return duration > LARGEST_32_BITS
    ? { version: 1, times: Buffer.concat([u64(0, 0), u32List(between), u64(duration)]) }
    : { version: 0, times: u32List([0, 0, ...between, duration]) };
}

function trackBox(
  track: Track,
  place: { id: number; duration: number; chunks: readonly Chunk[]; isLarge: boolean },
): Buffer {
  const tkhdTimes = timesOf(place.duration, [place.id, 0]);
  const tkhd = fullBox(
    'tkhd',
    { version: tkhdTimes.version, flags: track.isEnabled ? 3 : 2 },
    tkhdTimes.times,
    u32(0, 0),
    u16(0, track.group, track.handler === 'soun' ? 0x1_00 : 0, 0),
    UNITY_MATRIX,
    u32(Math.round(track.width * 0x1_00_00), Math.round(track.height * 0x1_00_00)),
  );
  const mdhdTimes = timesOf(mediaDuration(track.samples), [track.timescale]);
  const mdhd = fullBox(
    'mdhd',
    { version: mdhdTimes.version },
    mdhdTimes.times,
    u16(track.language, 0),
  );
  const minf = box('minf', track.mediaHeader, SELF_CONTAINED, sampleTable(track, place));
  const { chapters } = track;
  const tref =
    chapters.length > 0 ? [box('tref', box('chap', u32List(chapters.map((at) => at + 1))))] : [];
  return box(
    'trak',
    tkhd,
    ...editsBox(track.edits),
    ...tref,
    box('mdia', mdhd, track.handlerBox, minf),
  );
}

function editsBox(edits: readonly Edit[]): Buffer[] {
  if (edits.length === 0) return [];
  const isLong = edits.some(
    ({ duration, mediaTime }) => duration > LARGEST_32_BITS || mediaTime > 0x7f_ff_ff_ff,
  );
  const rows = edits.map(({ duration, mediaTime }) => {
    if (!isLong) return Buffer.concat([u32(duration, mediaTime), u16(1, 0)]);
    const time = Buffer.alloc(8);
    time.writeBigInt64BE(BigInt(mediaTime));
    return Buffer.concat([u64(duration), time, u16(1, 0)]);
  });
  return [box('edts', fullBox('elst', { version: isLong ? 1 : 0 }, u32(edits.length), ...rows))];
}

function sampleTable(
  { samples, sampleDescriptions }: Track,
  { chunks, isLarge }: { chunks: readonly Chunk[]; isLarge: boolean },
): Buffer {
  const sync = samples.flatMap(({ isSync }, index) => (isSync ? [index + 1] : []));
  const offsets = samples.map(({ compositionOffset }) => compositionOffset);
  const hasOffsets = offsets.some((offset) => offset !== 0);
  const version = offsets.some((offset) => offset < 0) ? 1 : 0;
  const places = chunks.map(({ offset }) => offset);
  return box(
    'stbl',
    sampleDescriptions,
    table('stts', 0, runLengths(samples.map(({ duration }) => duration)).flat(), 2),
    ...(hasOffsets ? [table('ctts', version, runLengths(offsets).flat(), 2)] : []),
    ...(sync.length < samples.length ? [table('stss', 0, sync, 1)] : []),
    ...openSyncGroup(samples),
    table('stsc', 0, samplesPerChunk(chunks), 3),
    fullBox('stsz', {}, u32(0, samples.length), u32List(samples.map(({ size }) => size))),
    isLarge ? fullBox('co64', {}, u32(places.length), u64(...places)) : table('stco', 0, places, 1),
  );
}

/** `nal_unit_type` of a CRA picture of HEVC. */
const CRA = 21;

/**
 * Says which sync frames are CRA pictures (the sample group “sync” of ISO/IEC 14496-15, 8.4.8), so that players do not
 * begin with one to show what is shown before it.
 */
function openSyncGroup(samples: readonly Sample[]): Buffer[] {
  if (!samples.some(({ isOpen }) => isOpen)) return [];
  const groups = runLengths(samples.map(({ isOpen }) => (isOpen === true ? 1 : 0)));
  const sync = Buffer.from('sync', 'latin1');
  return [
    fullBox('sgpd', { version: 1 }, sync, u32(1, 1), u8(CRA)),
    fullBox('sbgp', {}, sync, u32(groups.length), u32List(groups.flat())),
  ];
}

function table(type: string, version: number, values: readonly number[], columns: number): Buffer {
  return fullBox(type, { version }, u32(values.length / columns), u32List(values));
}

/** Equal values in a row as (count, value). */
function runLengths(values: readonly number[]): [count: number, value: number][] {
  const runs: [number, number][] = [];
  for (const value of values) {
    const last = runs.at(-1);
    if (last?.[1] === value) last[0] += 1;
    else runs.push([1, value]);
  }
  return runs;
}

/** Rows of (first chunk, samples in each, description 1), a row where the number changes. */
function samplesPerChunk(chunks: readonly Chunk[]): number[] {
  const rows: number[] = [];
  chunks.forEach(({ samples }, index) => {
    if (rows.at(-2) !== samples.length) rows.push(index + 1, samples.length, 1);
  });
  return rows;
}
