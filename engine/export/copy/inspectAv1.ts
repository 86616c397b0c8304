import { readAv1Packet } from '#core/render/bitstreams/av1Packet.ts';
import { PACKET } from '#core/render/packetIndex.ts';
import type { LyingPackets } from './packets.ts';
import { readBytes } from './readBytes.ts';

/** Enough for what stands before the first frame, metadata included. */
const HEAD_BYTES = 4096;

/**
 * The flags of packets with what sync frames say: whether they are key frames that are shown at once and bring the
 * header of their sequence, and whether it differs from the first one. Null where one cannot be read.
 */
export async function inspectAv1(packets: LyingPackets): Promise<number[] | null> {
  const flags = [...packets.flags];
  let first: Uint8Array | null = null;
  for (const [index, flag] of flags.entries()) {
    if ((flag & PACKET.sync) === 0) continue;
    const size = Math.min(packets.sizes[index] ?? 0, HEAD_BYTES);
    const found = readAv1Packet(await readBytes(packets.file, packets.offsets[index] ?? 0, size));
    if (found === null) return null;
    const { sequenceHeader, isShownKeyFrame } = found;
    if (sequenceHeader === null) continue;
    first ??= sequenceHeader;
    if (isShownKeyFrame) flags[index] = flag | PACKET.closed;
    if (Buffer.compare(sequenceHeader, first) !== 0)
      flags[index] = (flags[index] ?? 0) | PACKET.foreignSets;
  }
  return flags;
}
