import { type FileHandle, open } from 'node:fs/promises';
import { type BoxAt, boxesIn, findBox } from './boxes.ts';
import type { Edit, Movie, Sample, Track } from './movie.ts';

/**
 * The table of contents of an MP4 or MOV file that is not fragmented, as ISO/IEC 14496-12 has it.
 * Throws an `Error` for files that have none or a broken one; those it is used on were made here.
 */
export async function readMovie(path: string): Promise<Movie> {
  const file = await open(path, 'r');
  try {
    const moov = await contentOf(file, 'moov');
    const header = need(moov, ['mvhd']);
    const isLong = moov.readUInt8(header.start) === 1;
    const timescale = moov.readUInt32BE(header.start + (isLong ? 20 : 12));
    const traks = boxesIn(moov).filter(({ type }) => type === 'trak');
    const ids = traks.map((trak) => trackId(moov, trak));
    const tracks = traks.map((trak) => readTrack(moov, trak, { path, ids }));
    const udta = findBox(moov, ['udta']);
    return { timescale, tracks, brand: null, userData: udta ? whole(moov, udta) : Buffer.alloc(0) };
  } finally {
    await file.close();
  }
}

/** The content of the first box of a type at the top of a file. */
async function contentOf(file: FileHandle, type: string): Promise<Buffer> {
  const header = Buffer.alloc(16);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(header, 0, 16, at);
    if (bytesRead < 8) throw new Error(`The file has no box “${type}”`);
    const short = header.readUInt32BE(0);
    const size = short === 1 ? Number(header.readBigUInt64BE(8)) : short;
    if (header.toString('latin1', 4, 8) !== type) {
      if (size < 8) throw new Error(`The file has no box “${type}”`);
      at += size;
      continue;
    }
    const start = at + (short === 1 ? 16 : 8);
    const content = Buffer.alloc(at + size - start);
    await file.read(content, 0, content.length, start);
    return content;
  }
}

/** `track_ID` follows the times of creation and change. */
function trackId(moov: Buffer, trak: BoxAt): number {
  const tkhd = need(moov, ['tkhd'], trak);
  return moov.readUInt32BE(tkhd.start + (moov.readUInt8(tkhd.start) === 1 ? 20 : 12));
}

function readTrack(
  moov: Buffer,
  trak: BoxAt,
  { path, ids }: { path: string; ids: readonly number[] },
): Track {
  const tkhd = need(moov, ['tkhd'], trak);
  const isLongTkhd = moov.readUInt8(tkhd.start) === 1;
  const afterTimes = tkhd.start + (isLongTkhd ? 36 : 24);
  const chap = findBox(moov, ['tref', 'chap'], trak);
  const mdia = need(moov, ['mdia'], trak);
  const mdhd = need(moov, ['mdhd'], mdia);
  const isLongMdhd = moov.readUInt8(mdhd.start) === 1;
  const timescaleAt = mdhd.start + (isLongMdhd ? 20 : 12);
  const hdlr = need(moov, ['hdlr'], mdia);
  const minf = need(moov, ['minf'], mdia);
  const media = boxesIn(moov, minf.start, minf.end).find(({ type }) =>
    ['vmhd', 'smhd', 'nmhd', 'sthd', 'gmhd'].includes(type),
  );
  if (media === undefined) throw new Error('A track has no media header');
  const stbl = need(moov, ['stbl'], minf);
  return {
    handler: moov.toString('latin1', hdlr.start + 8, hdlr.start + 12),
    handlerBox: whole(moov, hdlr),
    timescale: moov.readUInt32BE(timescaleAt),
    language: moov.readUInt16BE(timescaleAt + (isLongMdhd ? 12 : 8)),
    sampleDescriptions: whole(moov, need(moov, ['stsd'], stbl)),
    mediaHeader: whole(moov, media),
    width: moov.readUInt32BE(tkhd.end - 8) / 0x1_00_00,
    height: moov.readUInt32BE(tkhd.end - 4) / 0x1_00_00,
    isEnabled: (moov.readUInt8(tkhd.start + 3) & 1) === 1,
    group: moov.readUInt16BE(afterTimes + 10),
    chapters: chap === null ? [] : numbersIn(moov, chap).map((id) => ids.indexOf(id)),
    edits: readEdits(moov, findBox(moov, ['edts', 'elst'], trak)),
    samples: readSamples(moov, stbl, path),
  };
}

function readEdits(moov: Buffer, elst: BoxAt | null): Edit[] {
  if (elst === null) return [];
  const isLong = moov.readUInt8(elst.start) === 1;
  return Array.from({ length: moov.readUInt32BE(elst.start + 4) }, (_, index) => {
    const at = elst.start + 8 + index * (isLong ? 20 : 12);
    return isLong
      ? {
          duration: Number(moov.readBigUInt64BE(at)),
          mediaTime: Number(moov.readBigInt64BE(at + 8)),
        }
      : { duration: moov.readUInt32BE(at), mediaTime: moov.readInt32BE(at + 4) };
  });
}

function readSamples(moov: Buffer, stbl: BoxAt, path: string): Sample[] {
  const stsz = need(moov, ['stsz'], stbl);
  const same = moov.readUInt32BE(stsz.start + 4);
  const count = moov.readUInt32BE(stsz.start + 8);
  const sizes = Array.from({ length: count }, (_, index) =>
    same > 0 ? same : moov.readUInt32BE(stsz.start + 12 + index * 4),
  );
  const durations = expanded(moov, need(moov, ['stts'], stbl), 'unsigned');
  const ctts = findBox(moov, ['ctts'], stbl);
  // Version 0 has no sign by the letter, but writers put negative offsets there too.
  const offsets = ctts === null ? [] : expanded(moov, ctts, 'signed');
  const stss = findBox(moov, ['stss'], stbl);
  const sync = stss === null ? null : new Set(listOf(moov, stss, 1).map(([number]) => number));
  const places = placesOf(moov, stbl, sizes);
  return sizes.map((size, index) => ({
    path,
    offset: places[index] ?? 0,
    size,
    duration: durations[index] ?? 0,
    compositionOffset: offsets[index] ?? 0,
    isSync: sync === null || sync.has(index + 1),
  }));
}

/** Where each sample lies: chunks lie anywhere, samples of a chunk one after the other. */
function placesOf(moov: Buffer, stbl: BoxAt, sizes: readonly number[]): number[] {
  const stco = findBox(moov, ['stco'], stbl);
  const co64 = stco ?? need(moov, ['co64'], stbl);
  const chunkCount = moov.readUInt32BE(co64.start + 4);
  const chunkAt = (chunk: number) =>
    stco === null
      ? Number(moov.readBigUInt64BE(co64.start + 8 + chunk * 8))
      : moov.readUInt32BE(co64.start + 8 + chunk * 4);
  const runs = listOf(moov, need(moov, ['stsc'], stbl), 3);
  const places: number[] = [];
  let run = 0;
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    if ((runs[run + 1]?.[0] ?? Number.POSITIVE_INFINITY) <= chunk + 1) run += 1;
    let at = chunkAt(chunk);
    for (let left = runs[run]?.[1] ?? 0; left > 0 && places.length < sizes.length; left--) {
      const size = sizes[places.length] ?? 0;
      places.push(at);
      at += size;
    }
  }
  return places;
}

/** The values of a list of (count, value), one for each sample. */
function expanded(moov: Buffer, at: BoxAt, sign: 'signed' | 'unsigned'): number[] {
  return listOf(moov, at, 2).flatMap(([count = 0, value = 0]) =>
    Array.from({ length: count }, () => (sign === 'signed' ? value | 0 : value)),
  );
}

function numbersIn(moov: Buffer, { start, end }: BoxAt): number[] {
  return Array.from({ length: (end - start) / 4 }, (_, index) =>
    moov.readUInt32BE(start + index * 4),
  );
}

/** The entries of a box that holds a count and then rows of 32-bit numbers. */
function listOf(moov: Buffer, at: BoxAt, columns: number): number[][] {
  return Array.from({ length: moov.readUInt32BE(at.start + 4) }, (_, row) =>
    Array.from({ length: columns }, (_column, column) =>
      moov.readUInt32BE(at.start + 8 + (row * columns + column) * 4),
    ),
  );
}

/** A box with its own header. Boxes in a table of contents are never longer than 32 bits can tell. */
function whole(moov: Buffer, { start, end }: BoxAt): Buffer {
  return Buffer.from(moov.subarray(start - 8, end));
}

function need(moov: Buffer, path: readonly string[], within?: BoxAt): BoxAt {
  const found = findBox(moov, path, within);
  if (found === null) throw new Error(`The file has no box “${path.join('/')}”`);
  return found;
}
