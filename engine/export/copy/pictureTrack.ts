import { joinAvcConfigurations } from '#core/render/parameterSets.ts';
import type { Rate } from '#core/time/rate.ts';
import { box, fullBox, u16, u32, u8 } from '../mp4/boxes.ts';
import type { Track } from '../mp4/movie.ts';
import { handlerBox } from '../mp4/movieBox.ts';
import type { PicturePart } from './picturePart.ts';

/** “und”, no language, as `mdhd` packs it. */
const NO_LANGUAGE = 0x55c4;

export type PictureFormat = { width: number; height: number; frameRate: Rate };

/**
 * The picture track of a film, part after part: frame n is shown at exactly n frames, however far a part reorders its
 * pictures; decoding runs ahead as far as any of them needs.
 */
export function pictureTrack(
  parts: readonly PicturePart[],
  format: PictureFormat,
  movieTimescale: number,
): Track {
  const { width, height, frameRate } = format;
  // How many frames later than in its turn of decoding each packet is shown.
  const shifts = parts.flatMap(({ packets }) => packets.map(({ rank }, index) => rank - index));
  const ahead = -shifts.reduce((lowest, shift) => Math.min(lowest, shift), 0);
  const samples = parts
    .flatMap(({ packets }) => packets)
    .map(({ rank: _, ...where }, index) => ({
      ...where,
      duration: frameRate.den,
      compositionOffset: ((shifts[index] ?? 0) + ahead) * frameRate.den,
    }));
  const duration = (samples.length * frameRate.den * movieTimescale) / frameRate.num;
  return {
    handler: 'vide',
    handlerBox: handlerBox('vide', 'VideoHandler'),
    timescale: frameRate.num,
    language: NO_LANGUAGE,
    sampleDescriptions: fullBox('stsd', {}, u32(1), avcEntry(parts, format)),
    mediaHeader: fullBox('vmhd', { flags: 1 }, u16(0, 0, 0, 0)),
    width,
    height,
    isEnabled: true,
    group: 0,
    chapters: [],
    edits: [{ duration: Math.round(duration), mediaTime: ahead * frameRate.den }],
    samples,
  };
}

/** The sample entry for all parts (ISO/IEC 14496-15, 5.4.2.1): their parameter sets, BT.709, square pixels. */
function avcEntry(parts: readonly PicturePart[], { width, height }: PictureFormat): Buffer {
  const configuration = joinAvcConfigurations(parts.map((part) => part.configuration));
  return box(
    'avc1',
    u32(0),
    u16(0, 1),
    u32(0, 0, 0, 0),
    u16(width, height),
    u32(0x48_00_00, 0x48_00_00, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    box('avcC', configuration),
    box('colr', Buffer.from('nclx', 'latin1'), u16(1, 1, 1), u8(0)),
    box('pasp', u32(1, 1)),
  );
}
