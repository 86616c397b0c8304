import type { FileHandle } from 'node:fs/promises';
import {
  type HevcConfiguration,
  hevcUnitType,
  isHevcSet,
} from '#core/render/bitstreams/hevcConfiguration.ts';
import { HEVC_PICTURES } from '#core/render/bitstreams/hevcSlice.ts';
import { PACKET } from '#core/render/packetIndex.ts';
import type { AvcConfiguration } from '#core/render/parameterSets.ts';
import type { LyingPackets } from './packets.ts';
import { readBytes } from './readBytes.ts';

/** How the units of a packet are read. */
export type Units = {
  /** Bytes of the length before each unit. */
  lengthBytes: number;
  /** The stream’s parameter sets. */
  sets: readonly Uint8Array[];
  /** What the first byte of a unit says: a parameter set, a picture with these flags, or something else. */
  kindOf: (firstByte: number) => 'set' | 'other' | { flags: number };
};

/** Types of units of H.264 (table 7-1). */
const H264 = { slice: 1, partition: 2, idrSlice: 5, sequenceSet: 7, pictureSet: 8 };
/** Enough for most of what stands before the first slice. */
const HEAD_BYTES = 4096;

export function h264Units({ lengthBytes, sequenceSets, pictureSets }: AvcConfiguration): Units {
  return {
    lengthBytes,
    sets: [...sequenceSets, ...pictureSets],
    kindOf: (firstByte) => {
      const type = firstByte & 0x1f;
      if (type === H264.idrSlice) return { flags: PACKET.closed };
      if (type === H264.slice || type === H264.partition) return { flags: 0 };
      return type === H264.sequenceSet || type === H264.pictureSet ? 'set' : 'other';
    },
  };
}

export function hevcUnits({ lengthBytes, sets }: HevcConfiguration): Units {
  const { idrWithLeading, idrAlone, cleanRandomAccess, last } = HEVC_PICTURES;
  return {
    lengthBytes,
    sets,
    kindOf: (firstByte) => {
      const type = hevcUnitType(Uint8Array.of(firstByte));
      if (isHevcSet(type)) return 'set';
      if (type > last) return 'other';
      if (type === idrWithLeading || type === idrAlone) return { flags: PACKET.closed };
      return { flags: type === cleanRandomAccess ? PACKET.open : 0 };
    },
  };
}

/**
 * The flags of packets with what the units of sync frames say: which decoding can begin with, and which bring parameter
 * sets that differ from the stream’s, or come after such ones.
 */
export async function inspectUnits(packets: LyingPackets, units: Units): Promise<number[]> {
  const flags = [...packets.flags];
  let isForeign = false;
  for (const [index, flag] of flags.entries()) {
    if ((flag & PACKET.sync) === 0) continue;
    const place = { offset: packets.offsets[index] ?? 0, size: packets.sizes[index] ?? 0 };
    const found = await inspectPacket(packets.file, place, units);
    if (found.foreignSets) isForeign = true;
    else if (found.ownSets) isForeign = false;
    flags[index] = flag | found.picture | (isForeign ? PACKET.foreignSets : 0);
  }
  return flags;
}

type Found = { picture: number; foreignSets: boolean; ownSets: boolean };

async function inspectPacket(
  file: FileHandle,
  { offset, size }: { offset: number; size: number },
  { lengthBytes, sets, kindOf }: Units,
): Promise<Found> {
  const head = await readBytes(file, offset, Math.min(size, HEAD_BYTES));
  const get = async (from: number, length: number) =>
    from + length <= head.length
      ? head.subarray(from, from + length)
      : readBytes(file, offset + from, Math.min(length, size - from));
  const found: Found = { picture: 0, foreignSets: false, ownSets: false };
  for (let at = 0; at + lengthBytes < size; ) {
    const length = (await get(at, lengthBytes)).readUIntBE(0, lengthBytes);
    const kind = kindOf((await get(at + lengthBytes, 1)).readUInt8(0));
    if (typeof kind === 'object') return { ...found, picture: kind.flags };
    if (kind === 'set') {
      const set = await get(at + lengthBytes, length);
      if (sets.some((one) => set.equals(one))) found.ownSets = true;
      else found.foreignSets = true;
    }
    at += lengthBytes + length;
  }
  return found;
}
