import { COPY_CODECS, type CopyCodecId } from '#core/render/copyCodecs.ts';
import type { CopyRun } from '#core/render/copyRules.ts';
import { PACKET, type PacketIndex, type PacketOrder } from '#core/render/packetIndex.ts';
import { findBox } from '../../mp4/boxes.ts';
import type { Sample } from '../../mp4/movie.ts';
import { readMovie } from '../../mp4/readMovie.ts';
import type { PacketFile } from './packets.ts';

/** One picture of a film as it is encoded: where its bytes lie, and its place in the order of presentation. */
export type PicturePacket = Pick<Sample, 'path' | 'offset' | 'size' | 'isSync' | 'isOpen'> & {
  /** From 0, within its part. */
  rank: number;
};

/** A stretch of film, encoded, in the order of decoding, with what its container keeps for decoders, see `CopyCodec`. */
export type PicturePart = { packets: PicturePacket[]; configuration: Uint8Array };

/** Where the fields of a visual sample entry end in `stsd` and its boxes begin (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_BOXES_AT = 8 + 8 + 8 + 78;

/** A piece that was encoded here as an MP4 of its own. */
export async function encodedPart(path: string, codec: CopyCodecId): Promise<PicturePart> {
  const track = (await readMovie(path)).tracks.find(({ handler }) => handler === 'vide');
  if (track === undefined) throw new Error('An encoded piece has no picture');
  let time = 0;
  const shownAt = track.samples.map(({ duration, compositionOffset }) => {
    const shown = time + compositionOffset;
    time += duration;
    return shown;
  });
  const ranks = new Map([...shownAt].sort((a, b) => a - b).map((shown, rank) => [shown, rank]));
  return {
    configuration: decoderConfigurationIn(track.sampleDescriptions, COPY_CODECS[codec].box),
    packets: track.samples.map(({ path: file, offset, size, isSync }, index) => ({
      ...{ path: file, offset, size, isSync },
      rank: ranks.get(shownAt[index] ?? 0) ?? 0,
    })),
  };
}

/** The packets of a source that a run is, which begins and ends at clean places. */
export function copiedPart(
  source: { index: PacketIndex; order: PacketOrder; lying: PacketFile },
  { firstPacket, openPacket, startFrame, endFrame }: CopyRun,
): PicturePart {
  const { index, order, lying } = source;
  const packets: PicturePacket[] = [];
  for (let rank = 0; rank < endFrame - startFrame; rank++) {
    const packet = order.byRank[firstPacket + rank] ?? 0;
    const place = packet === openPacket ? 0 : packet - firstPacket;
    const has = (flag: number) => ((index.flags[packet] ?? 0) & flag) !== 0;
    packets[place] = {
      path: lying.path,
      offset: lying.offsets[packet] ?? 0,
      size: lying.sizes[packet] ?? 0,
      isSync: has(PACKET.closed | PACKET.open),
      ...(has(PACKET.open) && packet !== openPacket ? { isOpen: true } : {}),
      rank,
    };
  }
  return { packets, configuration: Buffer.from(lying.decoderConfiguration, 'base64') };
}

/** The shortest beginning of a part, of at least `frames` pictures, that can stand alone; all of it if none can. */
export function beginningOf(part: PicturePart, frames: number): PicturePart {
  let highest = -1;
  const end = part.packets.findIndex(({ rank }, index) => {
    highest = Math.max(highest, rank);
    return index + 1 >= frames && highest === index;
  });
  return end < 0 ? part : { ...part, packets: part.packets.slice(0, end + 1) };
}

/** What the first sample description keeps for decoders, in the box of that type; nothing where there is none. */
export function decoderConfigurationIn(sampleDescriptions: Buffer, type: string): Buffer {
  const within = { start: ENTRY_BOXES_AT, end: sampleDescriptions.length };
  const found = findBox(sampleDescriptions, [type], within);
  return found === null ? Buffer.alloc(0) : sampleDescriptions.subarray(found.start, found.end);
}
