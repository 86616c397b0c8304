import { isGray } from '#core/media/sourceColor.ts';
import { hasAlpha } from '#core/render/pictureLayers.ts';

/** What of a pixel format a movie has to keep. */
export type PictureKind = {
  hasAlpha: boolean;
  isGray: boolean;
  /** Whether a colour has more than eight bits. */
  isDeep: boolean;
  /** Whether colours are no whole numbers, which PNG does not know. */
  isFloat: boolean;
};

export function pictureKind(pixelFormat: string): PictureKind {
  return {
    hasAlpha: hasAlpha(pixelFormat),
    isGray: isGray(pixelFormat),
    isDeep: /(rgb|bgr)48|(rgba|bgra)64|(gray|ya|p)(9|1\d)(le|be)?$/.test(pixelFormat),
    isFloat: /f(16|32)/.test(pixelFormat),
  };
}

/** The pixel format of PNG that keeps all of pictures of these kinds. */
export function pngFormat(kinds: readonly PictureKind[]): string {
  const isDeep = kinds.some((kind) => kind.isDeep);
  const isClear = kinds.some((kind) => kind.hasAlpha);
  if (kinds.every((kind) => kind.isGray)) {
    const gray = isClear ? 'ya' : 'gray';
    return isDeep ? `${gray}16be` : isClear ? 'ya8' : 'gray';
  }
  if (isDeep) return isClear ? 'rgba64be' : 'rgb48be';
  return isClear ? 'rgba' : 'rgb24';
}
