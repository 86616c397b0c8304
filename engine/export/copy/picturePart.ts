import { PACKET, type PacketIndex, type PacketOrder } from '#core/render/packetIndex.ts';
import { type AvcConfiguration, readAvcConfiguration } from '#core/render/parameterSets.ts';
import { findBox } from '../mp4/boxes.ts';
import type { Sample } from '../mp4/movie.ts';
import { readMovie } from '../mp4/readMovie.ts';
import type { PacketFile } from './packets.ts';

/** One picture of a film as it is encoded: where its bytes lie, and its place in the order of presentation. */
export type PicturePacket = Pick<Sample, 'path' | 'offset' | 'size' | 'isSync'> & {
  /** From 0, within its part. */
  rank: number;
};

/** A stretch of film, encoded, in the order of decoding, with the parameter sets that its slices name. */
export type PicturePart = { packets: PicturePacket[]; configuration: AvcConfiguration };

/** Where the fields of a visual sample entry end in `stsd` and its boxes begin (ISO/IEC 14496-12, 12.1.3). */
const ENTRY_BOXES_AT = 8 + 8 + 8 + 78;

/** A piece that was encoded here as an MP4 of its own. */
export async function encodedPart(path: string): Promise<PicturePart> {
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
    configuration: needConfiguration(decoderConfigurationIn(track.sampleDescriptions)),
    packets: track.samples.map(({ path: file, offset, size, isSync }, index) => ({
      ...{ path: file, offset, size, isSync },
      rank: ranks.get(shownAt[index] ?? 0) ?? 0,
    })),
  };
}

/** `count` packets of a source from `firstPacket` on, which begin and end at clean places. */
export function copiedPart(
  { index, order, lying }: { index: PacketIndex; order: PacketOrder; lying: PacketFile },
  { firstPacket, count }: { firstPacket: number; count: number },
): PicturePart {
  const packets: PicturePacket[] = [];
  for (let rank = 0; rank < count; rank++) {
    const packet = order.byRank[firstPacket + rank] ?? 0;
    packets[packet - firstPacket] = {
      path: lying.path,
      offset: lying.offsets[packet] ?? 0,
      size: lying.sizes[packet] ?? 0,
      isSync: ((index.flags[packet] ?? 0) & PACKET.closed) !== 0,
      rank,
    };
  }
  return { packets, configuration: needConfiguration(lying.decoderConfiguration) };
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

/** The `avcC` of the first sample description, in base 64; empty where there is none. */
export function decoderConfigurationIn(sampleDescriptions: Buffer): string {
  const within = { start: ENTRY_BOXES_AT, end: sampleDescriptions.length };
  const avcC = findBox(sampleDescriptions, ['avcC'], within);
  return avcC === null ? '' : sampleDescriptions.toString('base64', avcC.start, avcC.end);
}

function needConfiguration(base64: string): AvcConfiguration {
  const configuration = readAvcConfiguration(Buffer.from(base64, 'base64'));
  if (configuration === null) throw new Error('A stretch of film has no parameter sets');
  return configuration;
}
