import { open } from 'node:fs/promises';
import { readHevcConfiguration } from '#core/render/bitstreams/hevcConfiguration.ts';
import type { CopyCodecId } from '#core/render/copyCodecs.ts';
import type { PacketIndex } from '#core/render/packetIndex.ts';
import { readAvcConfiguration } from '#core/render/parameterSets.ts';
import { inspectAv1 } from './inspectAv1.ts';
import { h264Units, hevcUnits, inspectUnits, type Units } from './inspectUnits.ts';
import { inspectVp9 } from './inspectVp9.ts';
import type { LyingPackets, PacketFile } from './packets.ts';

/**
 * The flags of packets with what the pictures themselves say: whether decoding can begin with them, and whether they
 * change what the stream said of itself. Null where that cannot be read.
 */
export async function inspectPackets(
  codec: CopyCodecId,
  { flags, width, height }: Pick<PacketIndex, 'flags' | 'width' | 'height'>,
  lying: PacketFile,
): Promise<number[] | null> {
  const file = await open(lying.path, 'r');
  const packets: LyingPackets = { file, flags, sizes: lying.sizes, offsets: lying.offsets };
  try {
    if (codec === 'vp9') return await inspectVp9(packets, { width, height });
    if (codec === 'av1') return await inspectAv1(packets);
    const units = unitsOf(codec, Buffer.from(lying.decoderConfiguration, 'base64'));
    return units && (await inspectUnits(packets, units));
  } finally {
    await file.close();
  }
}

function unitsOf(codec: 'h264' | 'hevc', configuration: Uint8Array): Units | null {
  if (codec === 'h264') {
    const sets = readAvcConfiguration(configuration);
    return sets && h264Units(sets);
  }
  const sets = readHevcConfiguration(configuration);
  return sets && hevcUnits(sets);
}
