import { isGray, type SourceColor } from '#core/media/sourceColor.ts';
import type { FootageFile } from './footageFile.ts';
import { rangeFilters } from './rangeFilters.ts';
import { toWorkingColors, type WorkingFormat } from './workingFormat.ts';

/**
 * What pictures are brought to: whole pixels, and a pixel format of ffmpeg, which is RGB, or BT.709 or BT.2020 by the
 * transfer. Default of that: for usual screens.
 */
type PictureTarget = {
  width: number;
  height: number;
  pixels: string;
  transfer?: WorkingFormat['transfer'];
};

const SCALER = 'flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp';

/**
 * Filters that pictures go through before anything else, at the size and the rate of their file: fields become whole
 * pictures, one for each as it was recorded. An effect that deinterlaces takes the place of that.
 */
export function wholePictures(file: FootageFile, effects: readonly string[] = []): string[] {
  const chosen = effects.filter(isDeinterlacing);
  if (chosen.length > 0) return chosen;
  // Which field is first is told with every picture, and so is whether it has fields at all.
  return file.isInterlaced ? ['bwdif=mode=send_frame:parity=auto:deint=interlaced'] : [];
}

/**
 * Filters that bring pictures to a size and to the colours of the film, whatever those of their file are. Effects that
 * ffmpeg applies get red, green and blue as they are in the film.
 */
export function pictureFilters(
  file: FootageFile,
  target: PictureTarget,
  effects: readonly string[] = [],
): string[] {
  const { width, height, pixels, transfer = 'sdr' } = target;
  const { color } = file;
  const size = `w=${width}:h=${height}`;
  const isRgb = /^(rgb|bgr|gbr)/.test(pixels);
  const out = isRgb ? '' : `:${toWorkingColors({ transfer })}`;
  const read = [...fullGrays(file), `scale=${size}:${SCALER}${meant(color)}`];
  const mapped = rangeFilters(color, transfer);
  const others = effects.filter((effect) => !isDeinterlacing(effect));
  const planes = file.hasAlpha ? 'gbrap' : 'gbrp';
  if (others.length > 0) {
    return [
      ...fullGrays(file),
      `scale=${SCALER}${meant(color)}`,
      ...(mapped.length > 0 ? [`format=${planes}16le`, ...mapped] : []),
      `format=${planes}`,
      ...others,
      `scale=${size}:${SCALER}${out}`,
      `format=${pixels}`,
    ];
  }
  if (mapped.length === 0) return [`${read.join(',')}${out}`, `format=${pixels}`];
  return [...read, `format=${planes}16le`, ...mapped, `scale=${SCALER}${out}`, `format=${pixels}`];
}

function isDeinterlacing(filter: string): boolean {
  return /^(bwdif|yadif|w3fdif|estdif)\b/.test(filter);
}

/** How the scaler must take the colours of a file. What files and decoders leave open would be guessed otherwise. */
function meant({ matrix, range }: SourceColor): string {
  if (matrix === 'rgb') return '';
  return `:in_color_matrix=${matrix}:in_range=${range === 'full' ? 'pc' : 'tv'}`;
}

/** The scaler takes greys alone for full range, whatever it is told. */
function fullGrays({ color, pixelFormat }: FootageFile): string[] {
  if (color.range === 'full' || !isGray(pixelFormat)) return [];
  const bits = Number(/^gray(\d+)/.exec(pixelFormat)?.[1] ?? 8);
  const unit = 2 ** (bits - 8);
  const most = 2 ** bits - 1;
  return [`lut=c0=clip(round((val-${16 * unit})*${most}/${219 * unit})\\,0\\,${most})`];
}
