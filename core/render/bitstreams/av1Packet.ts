import { BitReader } from './bitReader.ts';

/** What a temporal unit of AV1 says of itself (“AV1 Bitstream & Decoding Process Specification”, 5.3 to 5.9). */
export type Av1Packet = {
  /** The content of its sequence header; null where it brings none. */
  sequenceHeader: Uint8Array | null;
  /** Whether its first frame is a key frame that is shown at once: nothing after it leans on anything before. */
  isShownKeyFrame: boolean;
};

const SEQUENCE_HEADER = 1;
const FRAME_HEADER = 3;
const FRAME = 6;
const KEY_FRAME = 0;

/** Reads a temporal unit, or its beginning, up to its first frame; null for anything that is not AV1. */
export function readAv1Packet(packet: Uint8Array): Av1Packet | null {
  let sequenceHeader: Uint8Array | null = null;
  for (let at = 0; at < packet.length; ) {
    const header = packet[at] ?? 0;
    if ((header & 0x80) !== 0) return null;
    const type = (header >> 3) & 0xf;
    at += (header & 4) !== 0 ? 2 : 1;
    let size = packet.length - at;
    if ((header & 2) !== 0) {
      const told = readLeb128(packet, at);
      if (told === null) return null;
      [size, at] = [told.value, told.end];
    }
    const content = packet.subarray(at, at + size);
    if (type === SEQUENCE_HEADER) sequenceHeader = content;
    if (type === FRAME_HEADER || type === FRAME) {
      const reader = new BitReader(content);
      const isRepeated = reader.flag();
      const isShownKeyFrame = !isRepeated && reader.bits(2) === KEY_FRAME && reader.flag();
      return { sequenceHeader, isShownKeyFrame };
    }
    at += size;
  }
  return { sequenceHeader, isShownKeyFrame: false };
}

/** A number in groups of seven bits, the lowest first (AV1, 4.10.5). */
function readLeb128(bytes: Uint8Array, start: number): { value: number; end: number } | null {
  let value = 0;
  for (let index = 0; index < 8; index++) {
    const byte = bytes[start + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** index;
    if ((byte & 0x80) === 0) return { value, end: start + index + 1 };
  }
  return null;
}
