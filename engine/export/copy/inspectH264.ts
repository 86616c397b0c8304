import { type FileHandle, open } from 'node:fs/promises';
import { PACKET, type PacketIndex } from '#core/render/packetIndex.ts';
import type { AvcConfiguration } from '#core/render/parameterSets.ts';
import type { PacketFile } from './packets.ts';

/** Types of units (H.264, table 7-1). */
const SLICE = 1;
const IDR_SLICE = 5;
const SEQUENCE_SET = 7;
const PICTURE_SET = 8;
/** Enough for most of what stands before the first slice. */
const HEAD_BYTES = 4096;

/**
 * The flags of packets with what the units of sync frames say: whether they are IDR pictures, and whether they bring
 * parameter sets that differ from the stream’s.
 */
export async function inspectH264(
  lying: Pick<PacketFile, 'path' | 'offsets'>,
  packets: { flags: PacketIndex['flags']; sizes: readonly number[] },
  sets: AvcConfiguration,
): Promise<number[]> {
  const flags = [...packets.flags];
  const file = await open(lying.path, 'r');
  try {
    for (const [index, flag] of flags.entries()) {
      if ((flag & PACKET.sync) === 0) continue;
      const [offset, size] = [lying.offsets[index] ?? 0, packets.sizes[index] ?? 0];
      flags[index] = flag | (await inspectPacket(file, { offset, size }, sets));
    }
  } finally {
    await file.close();
  }
  return flags;
}

async function inspectPacket(
  file: FileHandle,
  { offset, size }: { offset: number; size: number },
  sets: AvcConfiguration,
): Promise<number> {
  const { lengthBytes, sequenceSets, pictureSets } = sets;
  const head = await bytesAt(file, offset, Math.min(size, HEAD_BYTES));
  const get = async (from: number, length: number) =>
    from + length <= head.length
      ? head.subarray(from, from + length)
      : bytesAt(file, offset + from, Math.min(length, size - from));
  let found = 0;
  for (let at = 0; at + lengthBytes < size; ) {
    const length = (await get(at, lengthBytes)).readUIntBE(0, lengthBytes);
    const type = (await get(at + lengthBytes, 1)).readUInt8(0) & 0x1f;
    if (type === IDR_SLICE) return found | PACKET.closed;
    if (type === SLICE) return found;
    const known =
      type === SEQUENCE_SET ? sequenceSets : type === PICTURE_SET ? pictureSets : undefined;
    if (known !== undefined) {
      const set = await get(at + lengthBytes, length);
      if (!known.some((one) => set.equals(one))) found |= PACKET.foreignSets;
    }
    at += lengthBytes + length;
  }
  return found;
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}
