import { BitReader } from './bitReader.ts';

/** What a packet of VP9 holds (“VP9 Bitstream & Decoding Process Specification”, 6.2 and annex B). */
export type Vp9Packet = {
  /** How many pictures it shows; one, unless it is wrapped in an unusual way. */
  shown: number;
  /** Whether decoding can begin with it: its first frame is a key frame. */
  startsAnew: boolean;
  /** Every size that its frames name in so many words, in pixels. */
  sizes: { width: number; height: number }[];
};

const KEY_FRAME = 0;
const COLOR_SPACE_RGB = 7;
const SYNC_CODE = 0x49_83_42;

/** Reads the headers of all frames of a packet; null for anything that is not VP9. */
export function readVp9Packet(packet: Uint8Array): Vp9Packet | null {
  const frames = framesOf(packet);
  const found: Vp9Packet = { shown: 0, startsAnew: false, sizes: [] };
  for (const [index, frame] of frames.entries()) {
    const header = readHeader(new BitReader(frame));
    if (header === null) return null;
    if (header.isShown) found.shown += 1;
    if (index === 0) found.startsAnew = header.isKey;
    if (header.size !== null) found.sizes.push(header.size);
  }
  return found;
}

/** The frames of a superframe, whose index stands at its end, or the packet itself. */
function framesOf(packet: Uint8Array): Uint8Array[] {
  const marker = packet.at(-1) ?? 0;
  if (marker >> 5 !== 0b110) return [packet];
  const count = (marker & 7) + 1;
  const sizeBytes = ((marker >> 3) & 3) + 1;
  const start = packet.length - 2 - count * sizeBytes;
  if (start < 0 || packet[start] !== marker) return [packet];
  const frames: Uint8Array[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    let size = 0;
    for (let byte = sizeBytes - 1; byte >= 0; byte--)
      size = size * 256 + (packet[start + 1 + index * sizeBytes + byte] ?? 0);
    if (size > 0) frames.push(packet.subarray(at, at + size));
    at += size;
  }
  return frames;
}

type Header = {
  isShown: boolean;
  isKey: boolean;
  size: { width: number; height: number } | null;
};

function readHeader(reader: BitReader): Header | null {
  if (reader.bits(2) !== 2) return null;
  const profile = reader.bit() + 2 * reader.bit();
  if (profile === 3) reader.skip(1);
  if (reader.flag()) return { isShown: true, isKey: false, size: null };
  const isKey = reader.bit() === KEY_FRAME;
  const isShown = reader.flag();
  const isResilient = reader.flag();
  if (isKey) {
    if (reader.bits(24) !== SYNC_CODE) return null;
    skipColors(reader, profile);
    return { isShown, isKey, size: readSize(reader) };
  }
  const isIntra = !isShown && reader.flag();
  if (!isResilient) reader.skip(2);
  if (isIntra) {
    if (reader.bits(24) !== SYNC_CODE) return null;
    if (profile > 0) skipColors(reader, profile);
    reader.skip(8);
    return { isShown, isKey, size: readSize(reader) };
  }
  // Which frames it replaces, and three that it leans on: their size, or one of its own.
  reader.skip(8 + 3 * 4);
  const isAsBefore = [0, 1, 2].some(() => reader.flag());
  return { isShown, isKey, size: isAsBefore ? null : readSize(reader) };
}

function skipColors(reader: BitReader, profile: number): void {
  if (profile >= 2) reader.skip(1);
  const space = reader.bits(3);
  const hasSubsampling = profile === 1 || profile === 3;
  if (space === COLOR_SPACE_RGB) reader.skip(hasSubsampling ? 1 : 0);
  else reader.skip(hasSubsampling ? 4 : 1);
}

function readSize(reader: BitReader): { width: number; height: number } {
  return { width: reader.bits(16) + 1, height: reader.bits(16) + 1 };
}
