import { readVp9Packet } from '#core/render/bitstreams/vp9Packet.ts';
import { PACKET } from '#core/render/packetIndex.ts';
import type { LyingPackets } from './packets.ts';
import { readBytes } from './readBytes.ts';

/** How much is read at once. */
const BLOCK_BYTES = 4_000_000;

/**
 * The flags of packets with what all of them say: which begin with a key frame, which change the size of the picture,
 * and which do not show exactly one. Null where one cannot be read.
 */
export async function inspectVp9(
  packets: LyingPackets,
  { width, height }: { width: number; height: number },
): Promise<number[] | null> {
  const flags = [...packets.flags];
  let block: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  for (const [index, flag] of flags.entries()) {
    const [offset, size] = [packets.offsets[index] ?? 0, packets.sizes[index] ?? 0];
    if (offset < block.start || offset + size > block.start + block.bytes.length) {
      const bytes = await readBytes(packets.file, offset, Math.max(size, BLOCK_BYTES));
      block = { start: offset, bytes };
    }
    const from = offset - block.start;
    const found = readVp9Packet(block.bytes.subarray(from, from + size));
    if (found === null) return null;
    const isOther = found.sizes.some((one) => one.width !== width || one.height !== height);
    flags[index] =
      flag |
      (found.startsAnew ? PACKET.closed : 0) |
      (isOther ? PACKET.foreignSets : 0) |
      (found.shown === 1 ? 0 : PACKET.uneven);
  }
  return flags;
}
