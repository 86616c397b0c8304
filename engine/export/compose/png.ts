import { crc32, deflateSync, inflateSync } from 'node:zlib';
import { type Picture, premultiply } from './picture.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes of a pixel by PNG colour type: grey, RGB, grey with alpha, RGBA. */
const BYTES_PER_PIXEL: Readonly<Record<number, number>> = { 0: 1, 2: 3, 4: 2, 6: 4 };

/**
 * Reads a PNG of 8 bits a channel without palette or interlacing, which is what browsers draw. Others throw: they come
 * from nowhere that this is used.
 */
export function decodePng(png: Buffer): Picture {
  if (!png.subarray(0, 8).equals(SIGNATURE)) throw new Error('Not a PNG');
  const parts: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = 8; at + 12 <= png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = body;
    if (type === 'IDAT') parts.push(body);
    at += 12 + length;
  }
  const bytes = BYTES_PER_PIXEL[header?.[9] ?? -1];
  if (header === undefined || bytes === undefined || header[8] !== 8 || header[12] !== 0)
    throw new Error('Not a PNG of 8 bits a channel');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const rows = unfiltered(inflateSync(Buffer.concat(parts)), {
    rowBytes: width * bytes,
    height,
    bytes,
  });
  const data = spread(rows, bytes);
  premultiply(data);
  return { width, height, data };
}

/** Takes back the filters of a PNG's rows. */
function unfiltered(
  raw: Buffer,
  { rowBytes, height, bytes }: { rowBytes: number; height: number; bytes: number },
): Uint8Array {
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const from = y * (rowBytes + 1) + 1;
    const to = y * rowBytes;
    rows.set(raw.subarray(from, from + rowBytes), to);
    addPredicted(rows, raw[from - 1], { start: to, end: to + rowBytes, bytes, isFirst: y === 0 });
  }
  return rows;
}

type Row = { start: number; end: number; bytes: number; isFirst: boolean };

/** Adds to each byte of a row what its filter foretold from the bytes to the left and above; none is 0. */
function addPredicted(rows: Uint8Array, filter: number | undefined, row: Row): void {
  const { start, end, bytes, isFirst } = row;
  const above = end - start;
  const leftEnd = start + bytes;
  switch (filter) {
    case 1:
      for (let at = leftEnd; at < end; at++) add(rows, at, rows[at - bytes] as number);
      return;
    case 2:
      if (isFirst) return;
      for (let at = start; at < end; at++) add(rows, at, rows[at - above] as number);
      return;
    case 3:
      for (let at = start; at < end; at++) {
        const left = at < leftEnd ? 0 : (rows[at - bytes] as number);
        add(rows, at, (left + (isFirst ? 0 : (rows[at - above] as number))) >> 1);
      }
      return;
    case 4:
      for (let at = start; at < end; at++) {
        const left = at < leftEnd ? 0 : (rows[at - bytes] as number);
        const up = isFirst ? 0 : (rows[at - above] as number);
        const corner = isFirst || at < leftEnd ? 0 : (rows[at - above - bytes] as number);
        add(rows, at, nearest(left, up, corner));
      }
      return;
    default:
  }
}

function add(rows: Uint8Array, at: number, value: number): void {
  rows[at] = (rows[at] as number) + value;
}

/** Which of the three is nearest to left + above − corner (Paeth). */
function nearest(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/** Pixels of any colour type as RGBA. */
function spread(rows: Uint8Array, bytes: number): Uint8Array {
  if (bytes === 4) return rows;
  const pixels = rows.length / bytes;
  const data = new Uint8Array(pixels * 4);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const from = pixel * bytes;
    const isGrey = bytes < 3;
    data[pixel * 4] = rows[from] as number;
    data[pixel * 4 + 1] = rows[from + (isGrey ? 0 : 1)] as number;
    data[pixel * 4 + 2] = rows[from + (isGrey ? 0 : 2)] as number;
    data[pixel * 4 + 3] = bytes === 2 ? (rows[from + 1] as number) : 255;
  }
  return data;
}

/** An opaque picture as PNG. */
export function encodePng({ width, height, data }: Picture): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 3; channel++) {
        rows[y * (width * 3 + 1) + 1 + x * 3 + channel] = data[
          (y * width + x) * 4 + channel
        ] as number;
      }
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
