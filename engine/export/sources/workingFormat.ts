/**
 * What pictures of all sources are brought to before they are put together and encoded: always BT.709 of limited range
 * for screens of standard dynamic range, in the depth and with the colour resolution that the film is written in.
 */
export type WorkingFormat = {
  bitDepth: 8 | 10;
  /** How colour is sampled: at half the width and height, at half the width, or fully. */
  chroma: '420' | '422' | '444';
};

/** What most films are made in. */
export const USUAL_FORMAT: WorkingFormat = { bitDepth: 8, chroma: '420' };

/** The name by which ffmpeg knows a working format, with alpha or without. */
export function pixelsOf({ bitDepth, chroma }: WorkingFormat, alpha: 'clear' | 'opaque'): string {
  return `yuv${alpha === 'clear' ? 'a' : ''}${chroma}p${bitDepth === 10 ? '10le' : ''}`;
}

/** The name of a working format for the `overlay` filter. */
export function overlayFormat({ bitDepth, chroma }: WorkingFormat): string {
  return `yuv${chroma}${bitDepth === 10 ? 'p10' : ''}`;
}
