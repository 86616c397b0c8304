import type { VideoStream } from '#core/media/facts.ts';
import { FLICKS_PER_SECOND, ZERO } from '#core/time/flicks.ts';
import { type BoxAt, boxesIn, findBox } from '../../mp4/boxes.ts';

/** A picture that decodes alone: where it lies, and when it shows, in seconds from the beginning of the file. */
export type SyncFrame = { offset: number; size: number; seconds: number };

/** The pictures of a track that decode alone, in the order in which they show, and boxes of it as they lie in the file. */
export type SyncTrack = {
  frames: SyncFrame[];
  movieHeader: Buffer;
  trackHeader: Buffer;
  handler: Buffer;
  mediaHeader: Buffer;
  sampleDescriptions: Buffer;
};

/** Nineteen hours of sixty pictures a second. */
const MOST_SAMPLES = 1 << 22;
const LARGEST_FRAME_BYTES = 1 << 26;
/** Of `stsd`: version and flags, count, then the size and the type of the first entry. */
const ENTRIES_AT = 4;
const WIDTH_AT = ENTRIES_AT + 4 + 32;
const AS_FAST_AS_USUAL = 0x1_00_00;

/**
 * The sync frames of a picture track as the table of an MP4 or MOV file tells of them (ISO/IEC 14496-12). Null where the
 * table says something out of the way: several kinds of samples, samples in other files, cuts, or a picture of another
 * size. Throws a `RangeError` where it contradicts itself.
 */
export function syncTrackIn(
  moov: Buffer,
  stream: VideoStream,
  fileBytes: number,
): SyncTrack | null {
  const trak = boxesIn(moov).filter(({ type }) => type === 'trak')[stream.index];
  const mvhd = findBox(moov, ['mvhd']);
  if (trak === undefined || mvhd === null) return null;
  const at = (...path: string[]) => findBox(moov, path, trak);
  const [tkhd, hdlr, mdhd] = [at('tkhd'), at('mdia', 'hdlr'), at('mdia', 'mdhd')];
  const [media, stbl] = [at('mdia', 'minf', 'vmhd'), at('mdia', 'minf', 'stbl')];
  const stsd = at('mdia', 'minf', 'stbl', 'stsd');
  if (!tkhd || !hdlr || !mdhd || !media || !stbl || !stsd) return null;
  if (!isSelfContained(moov, at('mdia', 'minf', 'dinf', 'dref'))) return null;
  if (!isOneOf(moov, stsd, stream)) return null;
  const shown = shownStretch(moov, at('edts', 'elst'), {
    timescale: timescaleOf(moov, mdhd),
    movieTimescale: timescaleOf(moov, mvhd),
  });
  const samples = shown && samplesIn(moov, stbl);
  if (!samples) return null;
  const timescale = timescaleOf(moov, mdhd);
  const start = (stream.start ?? ZERO) / FLICKS_PER_SECOND;
  let first = Number.POSITIVE_INFINITY;
  const sync: { offset: number; size: number; time: number }[] = [];
  for (const { time, isSync, ...place } of samples) {
    if (time < shown.from || time >= shown.to) continue;
    first = Math.min(first, time);
    const isWhole = place.size > 0 && place.offset + place.size <= fileBytes;
    if (isSync && isWhole) sync.push({ ...place, time });
  }
  if (sync.length === 0 || sync.some(({ size }) => size > LARGEST_FRAME_BYTES)) return null;
  sync.sort((a, b) => a.time - b.time);
  const whole = ({ start: from, end }: BoxAt) => Buffer.from(moov.subarray(from - 8, end));
  return {
    frames: sync.map(({ offset, size, time }) => ({
      ...{ offset, size },
      seconds: start + (time - first) / timescale,
    })),
    movieHeader: whole(mvhd),
    trackHeader: whole(tkhd),
    handler: whole(hdlr),
    mediaHeader: whole(media),
    sampleDescriptions: whole(stsd),
  };
}

/** The unit of times that `mvhd` and `mdhd` name after times of creation and change. */
function timescaleOf(moov: Buffer, { start }: BoxAt): number {
  return moov.readUInt32BE(start + (moov.readUInt8(start) === 1 ? 20 : 12));
}

/** Whether all samples lie in the file itself: one entry, whose flag says so. */
function isSelfContained(moov: Buffer, dref: BoxAt | null): boolean {
  if (dref === null || moov.readUInt32BE(dref.start + 4) !== 1) return false;
  return (moov.readUInt8(dref.start + 8 + 11) & 1) === 1;
}

/** Whether there is one kind of samples, of the size that is known of the stream. */
function isOneOf(moov: Buffer, { start }: BoxAt, { width, height }: VideoStream): boolean {
  return (
    moov.readUInt32BE(start + ENTRIES_AT) === 1 &&
    moov.readUInt16BE(start + WIDTH_AT) === width &&
    moov.readUInt16BE(start + WIDTH_AT + 2) === height
  );
}

/** From which time of the track to which it shows, in its own ticks; null where it is cut together. */
function shownStretch(
  moov: Buffer,
  elst: BoxAt | null,
  { timescale, movieTimescale }: { timescale: number; movieTimescale: number },
): { from: number; to: number } | null {
  if (timescale === 0 || movieTimescale === 0) return null;
  if (elst === null) return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const isLong = moov.readUInt8(elst.start) === 1;
  const edits = rows(moov, elst, isLong ? 20 : 12).map((at) => ({
    duration: isLong ? Number(moov.readBigUInt64BE(at)) : moov.readUInt32BE(at),
    from: isLong ? Number(moov.readBigInt64BE(at + 8)) : moov.readInt32BE(at + 4),
    speed: moov.readUInt32BE(at + (isLong ? 16 : 8)),
  }));
  // Where nothing is shown at first, the start of the stream tells how long.
  const [edit, ...more] = edits[0]?.from === -1 ? edits.slice(1) : edits;
  if (edit === undefined || more.length > 0 || edit.from < 0 || edit.speed !== AS_FAST_AS_USUAL)
    return null;
  const length = edit.duration === 0 ? Number.POSITIVE_INFINITY : edit.duration;
  return { from: edit.from, to: edit.from + (length * timescale) / movieTimescale };
}

type Sample = { offset: number; size: number; time: number; isSync: boolean };

/** All samples in the order of decoding, with times of presentation; null where the tables are not the usual ones. */
function samplesIn(moov: Buffer, stbl: BoxAt): Iterable<Sample> | null {
  const find = (type: string) => findBox(moov, [type], stbl);
  const [stsz, stts, stsc] = [find('stsz'), find('stts'), find('stsc')];
  const chunks = find('stco') ?? find('co64');
  if (!stsz || !stts || !stsc || !chunks) return null;
  const sameSize = moov.readUInt32BE(stsz.start + 4);
  const count = moov.readUInt32BE(stsz.start + 8);
  if (count > MOST_SAMPLES || hasSyncElsewhere(moov, stbl)) return null;
  if (sameSize === 0 && stsz.start + 12 + count * 4 > stsz.end) throw tooLong();
  const [ctts, stss] = [find('ctts'), find('stss')];
  return walk(moov, {
    count,
    sizeOf: (sample) => sameSize || moov.readUInt32BE(stsz.start + 12 + sample * 4),
    durations: runs(moov, stts),
    shifts: ctts && runs(moov, ctts),
    syncNumbers: stss && rows(moov, stss, 4).values(),
    chunks: chunksIn(moov, { stsc, chunks }),
  });
}

/** Whether more than `stss` tells which samples are sync frames: partial ones of QuickTime, and groups of samples. */
function hasSyncElsewhere(moov: Buffer, stbl: BoxAt): boolean {
  const isSyncGroup = ({ start }: BoxAt) =>
    ['rap ', 'sync'].includes(moov.toString('latin1', start + 4, start + 8));
  return boxesIn(moov, stbl.start, stbl.end).some(
    (box) => box.type === 'stps' || (box.type === 'sbgp' && isSyncGroup(box)),
  );
}

type Tables = {
  count: number;
  sizeOf: (sample: number) => number;
  durations: Iterator<number, undefined>;
  shifts: Iterator<number, undefined> | null;
  /** Where the numbers of sync samples stand, in rising order; null where all are ones. */
  syncNumbers: Iterator<number, undefined> | null;
  chunks: Iterable<{ offset: number; samples: number }>;
};

function* walk(moov: Buffer, tables: Tables): Generator<Sample> {
  const { count, sizeOf, durations, shifts, syncNumbers, chunks } = tables;
  const nextSync = () => {
    const place = syncNumbers?.next();
    return place === undefined || place.done ? null : moov.readUInt32BE(place.value);
  };
  let [sample, time, sync] = [0, 0, nextSync()];
  for (const chunk of chunks) {
    let { offset } = chunk;
    for (let inside = 0; inside < chunk.samples && sample < count; inside++) {
      const size = sizeOf(sample);
      sample += 1;
      const isSync = syncNumbers === null || sync === sample;
      if (sync === sample) sync = nextSync();
      // Version 0 has no sign by the letter, but writers put negative shifts there too.
      const shift = (shifts?.next().value ?? 0) | 0;
      yield { offset, size, time: time + shift, isSync };
      const duration = durations.next().value;
      if (duration === undefined && sample < count) throw tooShort();
      time += duration ?? 0;
      offset += size;
    }
    if (sample === count) return;
  }
}

/** Where chunks begin, and how many samples they hold: `stsc` tells that from one chunk number on to the next it names. */
function* chunksIn(
  moov: Buffer,
  { stsc, chunks }: { stsc: BoxAt; chunks: BoxAt },
): Generator<{ offset: number; samples: number }> {
  const isLong = chunks.type === 'co64';
  const runsOfChunks = rows(moov, stsc, 12);
  let run = 0;
  for (const [chunk, at] of rows(moov, chunks, isLong ? 8 : 4).entries()) {
    const following = runsOfChunks[run + 1];
    if (following !== undefined && moov.readUInt32BE(following) <= chunk + 1) run += 1;
    const samples = moov.readUInt32BE((runsOfChunks[run] ?? 0) + 4);
    yield { offset: isLong ? Number(moov.readBigUInt64BE(at)) : moov.readUInt32BE(at), samples };
  }
}

/** The values of a list of (count, value), one for each sample. */
function* runs(moov: Buffer, box: BoxAt): Generator<number, undefined> {
  for (const at of rows(moov, box, 8)) {
    const value = moov.readUInt32BE(at + 4);
    for (let left = moov.readUInt32BE(at); left > 0; left--) yield value;
  }
  return undefined;
}

/** Where the rows of a table begin; throws a `RangeError` where it is said to have more of them than there is room for. */
function rows(moov: Buffer, { start, end }: BoxAt, rowBytes: number): number[] {
  const count = moov.readUInt32BE(start + 4);
  if (start + 8 + count * rowBytes > end) throw tooLong();
  return Array.from({ length: count }, (_, row) => start + 8 + row * rowBytes);
}

const tooLong = () => new RangeError('A table is longer than its box');
const tooShort = () => new RangeError('A table tells of fewer samples than there are');
