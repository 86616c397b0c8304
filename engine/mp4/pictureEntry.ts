import { box, u16, u32 } from './boxes.ts';

/** Red, green and blue, or those and alpha. */
const PIXEL_BITS = { opaque: 24, clear: 32 };
/** 72 dots an inch. */
const RESOLUTION = 0x48_00_00;

/** The sample entry of a picture track (ISO/IEC 14496-12, 12.1.3) with what decoders need in further boxes. */
export function pictureEntry(
  type: string,
  { width, height, pixels = 'opaque' }: PictureEntry,
  ...boxes: readonly Buffer[]
): Buffer {
  return box(
    type,
    ...[u32(0), u16(0, 1), u32(0, 0, 0, 0), u16(width, height), u32(RESOLUTION, RESOLUTION, 0)],
    ...[u16(1), Buffer.alloc(32), u16(PIXEL_BITS[pixels], 0xffff)],
    ...boxes,
  );
}

type PictureEntry = { width: number; height: number; pixels?: keyof typeof PIXEL_BITS };
