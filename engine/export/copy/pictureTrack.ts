import { COPY_CODECS, type CopyCodecId } from '#core/render/copyCodecs.ts';
import type { BitDepth } from '#core/render/formats.ts';
import { FILM_COLORS } from '#core/render/filmColors.ts';
import type { DynamicRange } from '#core/render/settings.ts';
import type { Rate } from '#core/time/rate.ts';
import { box, fullBox, u16, u32, u8 } from '../../mp4/boxes.ts';
import { type Movie, NO_LANGUAGE, type Track } from '../../mp4/movie.ts';
import { handlerBox } from '../../mp4/movieBox.ts';
import { pictureEntry } from '../../mp4/pictureEntry.ts';
import type { PicturePart } from './picturePart.ts';

export type PictureFormat = {
  codec: CopyCodecId;
  bitDepth: BitDepth;
  dynamicRange: DynamicRange;
  width: number;
  height: number;
  frameRate: Rate;
};

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
    sampleDescriptions: fullBox('stsd', {}, u32(1), sampleEntry(parts, format)),
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

/** A movie with nothing but the pictures of a film. */
export function movieOf(parts: readonly PicturePart[], format: PictureFormat): Movie {
  const timescale = format.frameRate.num;
  const { brand } = COPY_CODECS[format.codec];
  const tracks = [pictureTrack(parts, format, timescale)];
  return { timescale, tracks, brand, userData: Buffer.alloc(0) };
}

/** The sample entry for all parts: what decoders need, colours, square pixels. */
function sampleEntry(parts: readonly PicturePart[], format: PictureFormat): Buffer {
  const { width, height } = format;
  const codec = COPY_CODECS[format.codec];
  const configuration = codec.join(
    parts.map((part) => part.configuration),
    format,
  );
  return pictureEntry(
    codec.entry,
    { width, height },
    box(codec.box, configuration),
    box(
      'colr',
      Buffer.from('nclx', 'latin1'),
      u16(...FILM_COLORS[format.dynamicRange].codes),
      u8(0),
    ),
    box('pasp', u32(1, 1)),
  );
}
