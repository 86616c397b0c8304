import { open, writeFile } from 'node:fs/promises';
import { asBrokenLink } from '#core/render/bitstreams/hevcBrokenLink.ts';
import {
  readHevcConfiguration,
  joinHevcConfigurations,
} from '#core/render/bitstreams/hevcConfiguration.ts';
import { hevcRenumbering } from '#core/render/bitstreams/hevcSlice.ts';
import type { PicturePacket, PicturePart } from './picturePart.ts';
import { readBytes } from './readBytes.ts';

/** Units of what we encode, and of sources that are copied, stand after lengths of four bytes. */
const LENGTH_BYTES = 4;

/**
 * An encoded part of HEVC whose parameter sets have another id, its packets in a file of its own. x265 gives all of its
 * sets the id 0, and so do most recordings. Null where the part is not as x265 writes it.
 */
export async function renumberedPart(
  part: PicturePart,
  id: number,
  path: string,
): Promise<PicturePart | null> {
  const known = readHevcConfiguration(part.configuration);
  const renumbering = known && hevcRenumbering(known, id);
  if (renumbering === null) return null;
  const changed: Uint8Array[] = [];
  let isWhole = true;
  await eachPacket(part.packets, (bytes) => {
    const units = unitsIn(bytes).map(renumbering.unit);
    isWhole &&= !units.includes(null);
    changed.push(withLengths(units.filter((unit) => unit !== null)));
  });
  if (!isWhole) return null;
  return {
    configuration: joinHevcConfigurations([renumbering.configuration]),
    packets: await written(part.packets, changed, path),
  };
}

/** A part that begins with an open sync frame, which becomes one that what lies before it cannot trouble. */
export async function linkedPart(part: PicturePart, path: string): Promise<PicturePart> {
  const [first, ...others] = part.packets;
  if (first === undefined) return part;
  const changed: Uint8Array[] = [];
  await eachPacket([first], (bytes) => changed.push(asBrokenLink(bytes, LENGTH_BYTES)));
  return { ...part, packets: [...(await written([first], changed, path)), ...others] };
}

async function eachPacket(
  packets: readonly PicturePacket[],
  use: (bytes: Buffer) => void,
): Promise<void> {
  const [first] = packets;
  if (first === undefined) return;
  const file = await open(first.path, 'r');
  try {
    for (const { offset, size } of packets) use(await readBytes(file, offset, size));
  } finally {
    await file.close();
  }
}

function withLengths(units: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    units.flatMap((unit) => {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(unit.length);
      return [length, unit];
    }),
  );
}

function unitsIn(packet: Buffer): Buffer[] {
  const units: Buffer[] = [];
  for (let at = 0; at + LENGTH_BYTES < packet.length; ) {
    const start = at + LENGTH_BYTES;
    at = start + packet.readUInt32BE(at);
    units.push(packet.subarray(start, at));
  }
  return units;
}

/** Writes packets one after the other and tells where they lie now. */
async function written(
  packets: readonly PicturePacket[],
  changed: readonly Uint8Array[],
  path: string,
): Promise<PicturePacket[]> {
  await writeFile(path, Buffer.concat(changed));
  let offset = 0;
  return packets.map((packet, index) => {
    const size = changed[index]?.length ?? 0;
    const moved = { ...packet, path, offset, size };
    offset += size;
    return moved;
  });
}
