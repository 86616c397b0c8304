import type { MediaFacts, VideoStream } from './facts.ts';

/** How the numbers of a picture become colours. */
export type SourceColor = {
  /** How brightness and colour differences are mixed of red, green and blue; `rgb` where they are not. */
  matrix: 'rgb' | 'bt601' | 'bt709' | 'bt2020' | 'smpte240m' | 'fcc';
  /** `limited`: black is 16 and white 235 of 255; `full`: 0 and 255. */
  range: 'limited' | 'full';
  /** Whether light is coded for a usual screen, or for one of high dynamic range. */
  transfer: 'sdr' | 'pq' | 'hlg';
  /** The red, green and blue that are meant: those of high definition, or those of BT.2020. */
  primaries: 'bt709' | 'bt2020';
};

/** What is drawn here, titles and composed pictures, is: red, green and blue for usual screens. */
export const SCREEN_COLOR: SourceColor = {
  matrix: 'rgb',
  range: 'full',
  transfer: 'sdr',
  primaries: 'bt709',
};

/** From this height on, video that does not say its matrix is high definition. */
const HIGH_DEFINITION = 720;

const MATRICES: Readonly<Record<string, SourceColor['matrix']>> = {
  gbr: 'rgb',
  bt709: 'bt709',
  fcc: 'fcc',
  bt470bg: 'bt601',
  smpte170m: 'bt601',
  smpte240m: 'smpte240m',
  bt2020nc: 'bt2020',
  bt2020c: 'bt2020',
};

/**
 * How the colours of a stream are meant: as it says itself, and else as is usual. Video of 720 lines or more is BT.709,
 * video of fewer BT.601 (Chromium, mpv and hardware players guess so from the size; SMPTE 274M and 296M fix BT.709 for
 * high definition, ITU-R BT.601 is standard definition). Still pictures that are not RGB are BT.601 of any size (JFIF,
 * WebP). Video is of limited range, JPEG and RGB of full range.
 *
 * The primaries of PAL and NTSC are taken for those of BT.709, as editors do: they differ by less than a tint.
 */
export function sourceColor(
  video: Pick<VideoStream, 'color' | 'pixelFormat' | 'codec' | 'height'>,
  mediaKind: MediaFacts['mediaKind'],
): SourceColor {
  const { color, pixelFormat = '' } = video;
  const transfer =
    color.transfer === 'smpte2084' ? 'pq' : color.transfer === 'arib-std-b67' ? 'hlg' : 'sdr';
  const isWide = color.primaries === 'bt2020' || (transfer !== 'sdr' && !color.primaries);
  const primaries = isWide ? 'bt2020' : 'bt709';
  if (isRgb(pixelFormat)) return { matrix: 'rgb', range: 'full', transfer, primaries };
  const usual = mediaKind === 'image' || video.height < HIGH_DEFINITION ? 'bt601' : 'bt709';
  const told = MATRICES[color.matrix ?? ''];
  // Pixels that are not RGB cannot be of the RGB matrix, whatever is said of them.
  const matrix = told && told !== 'rgb' ? told : isWide ? 'bt2020' : usual;
  return { matrix, range: rangeOf(video), transfer, primaries };
}

function rangeOf({
  color,
  pixelFormat = '',
  codec,
}: Pick<VideoStream, 'color' | 'pixelFormat' | 'codec'>): SourceColor['range'] {
  if (color.range === 'pc') return 'full';
  if (color.range === 'tv') return 'limited';
  if (pixelFormat.startsWith('yuvj')) return 'full';
  // Greys alone are of full range wherever they are no kind of video.
  return isGray(pixelFormat) && !GRAY_VIDEO.includes(codec) ? 'full' : 'limited';
}

/** Codecs whose greys are the brightness of video. */
const GRAY_VIDEO: readonly string[] = ['h264', 'hevc', 'vp9', 'av1', 'mpeg2video', 'mpeg4'];

/** Whether a pixel format has brightness only, with or without alpha. */
export function isGray(pixelFormat: string): boolean {
  return /^(gray|ya|mono)/.test(pixelFormat);
}

function isRgb(pixelFormat: string): boolean {
  return /^(rgb|bgr|gbr|0rgb|0bgr|argb|abgr|pal8|x2rgb|x2bgr|xyz|bayer)/.test(pixelFormat);
}
