import type { SourceColor } from '#core/media/sourceColor.ts';
import { VIDEO_CODECS } from '#core/render/formats.ts';
import { type ExportSettings, videoProfileOf } from '#core/render/settings.ts';

/**
 * What pictures of all sources are brought to before they are put together and encoded: BT.709 of limited range for
 * usual screens, or BT.2020 for those of high dynamic range, in the depth and with the colour resolution that the film
 * is written in.
 */
export type WorkingFormat = {
  bitDepth: 8 | 10;
  /** How colour is sampled: at half the width and height, at half the width, or fully. */
  chroma: '420' | '422' | '444';
  transfer: SourceColor['transfer'];
  /** What lies behind everything. */
  background: ExportSettings['background'];
};

/** What most films are made in, and single frames. */
export const USUAL_FORMAT: WorkingFormat = {
  bitDepth: 8,
  chroma: '420',
  transfer: 'sdr',
  background: 'black',
};

/** The working format of a film with these settings; RGB is made of pixels with all their colour. */
export function workingFormat(settings: ExportSettings): WorkingFormat {
  const { videoCodec, bitDepth, background, dynamicRange } = settings;
  if (videoCodec === 'none') return USUAL_FORMAT;
  const { alphaPixelFormat, pixelFormats } = VIDEO_CODECS[videoCodec];
  const opaque = videoProfileOf(settings)?.pixelFormat ?? pixelFormats[bitDepth];
  const written = background === 'clear' ? alphaPixelFormat : opaque;
  const chroma = /yuv[aj]?(420|422|444)/.exec(written ?? '')?.[1];
  return {
    bitDepth: written?.endsWith('10le') ? 10 : 8,
    chroma: chroma === '420' || chroma === '422' ? chroma : '444',
    transfer: dynamicRange === 'standard' ? 'sdr' : dynamicRange,
    background,
  };
}

/** The name by which ffmpeg knows a working format, with alpha or without. */
export function pixelsOf(
  { bitDepth, chroma }: Pick<WorkingFormat, 'bitDepth' | 'chroma'>,
  alpha: 'clear' | 'opaque',
): string {
  return `yuv${alpha === 'clear' ? 'a' : ''}${chroma}p${bitDepth === 10 ? '10le' : ''}`;
}

/** The name of a working format for the `overlay` filter, which has no full colour of ten bits: depth counts for more. */
export function overlayFormat({ bitDepth, chroma }: WorkingFormat): string {
  if (bitDepth === 10 && chroma === '444') return 'yuv422p10';
  return `yuv${chroma}${bitDepth === 10 ? 'p10' : ''}`;
}

/** Options of the scaler that make the colours of a working format of red, green and blue. */
export function toWorkingColors({ transfer }: Pick<WorkingFormat, 'transfer'>): string {
  return `out_color_matrix=${transfer === 'sdr' ? 'bt709' : 'bt2020'}:out_range=tv`;
}
