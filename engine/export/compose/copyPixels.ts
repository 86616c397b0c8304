import type { Drawing } from './drawing.ts';
import { pixelLayer } from './layPixel.ts';
import { opaqueTable } from './opaqueTable.ts';
import { type Picture, wordsOf } from './picture.ts';

/** A part of a canvas that a picture covers pixel by pixel: its edges, and how far the picture is moved. */
type Part = {
  left: number;
  right: number;
  top: number;
  bottom: number;
  offsetX: number;
  offsetY: number;
};

/** Draws a picture that stands on whole pixels. `isClear` says that nothing was drawn on the canvas before. */
export function copyPixels(canvas: Picture, drawing: Drawing, isClear: boolean): void {
  const part = partOf(canvas, drawing);
  if (part.right <= part.left) return;
  if (drawing.blend === 'normal' && drawing.opacity === 1) {
    if (isClear) copyRows(canvas, drawing.picture, part);
    else layRows(canvas, drawing.picture, part);
  } else blendRows(canvas, drawing, part);
}

function partOf(canvas: Picture, { matrix, crop }: Drawing): Part {
  const offsetX = Math.round(matrix.e);
  const offsetY = Math.round(matrix.f);
  return {
    left: Math.max(0, offsetX + Math.round(crop.x)),
    right: Math.min(canvas.width, offsetX + Math.round(crop.x + crop.width)),
    top: Math.max(0, offsetY + Math.round(crop.y)),
    bottom: Math.min(canvas.height, offsetY + Math.round(crop.y + crop.height)),
    offsetX,
    offsetY,
  };
}

function copyRows(canvas: Picture, picture: Picture, part: Part): void {
  const from = wordsOf(picture);
  const to = wordsOf(canvas);
  const length = part.right - part.left;
  for (let y = part.top; y < part.bottom; y++) {
    const source = (y - part.offsetY) * picture.width + part.left - part.offsetX;
    to.set(from.subarray(source, source + length), y * canvas.width + part.left);
  }
}

function layRows(canvas: Picture, picture: Picture, part: Part): void {
  const from = wordsOf(picture);
  const to = wordsOf(canvas);
  const lay = pixelLayer('normal');
  for (let y = part.top; y < part.bottom; y++) {
    let source = (y - part.offsetY) * picture.width + part.left - part.offsetX;
    const end = y * canvas.width + part.right;
    for (let at = y * canvas.width + part.left; at < end; at++, source++) {
      const above = from[source] as number;
      const alpha = above >>> 24;
      if (alpha === 255) to[at] = above;
      else if (above !== 0)
        to[at] = lay(
          to[at] as number,
          above & 255,
          (above >>> 8) & 255,
          (above >>> 16) & 255,
          alpha,
        );
    }
  }
}

function blendRows(canvas: Picture, { picture, opacity, blend }: Drawing, part: Part): void {
  const from = wordsOf(picture);
  const to = wordsOf(canvas);
  const lay = pixelLayer(blend);
  const table = opaqueTable(blend, opacity);
  for (let y = part.top; y < part.bottom; y++) {
    let source = (y - part.offsetY) * picture.width + part.left - part.offsetX;
    const end = y * canvas.width + part.right;
    for (let at = y * canvas.width + part.left; at < end; at++, source++) {
      const above = from[source] as number;
      const under = to[at] as number;
      if ((above & under) >>> 24 === 255) {
        to[at] =
          (table[((above & 255) << 8) | (under & 255)] as number) |
          ((table[(above & 0xff00) | ((under >>> 8) & 255)] as number) << 8) |
          ((table[((above >>> 8) & 0xff00) | ((under >>> 16) & 255)] as number) << 16) |
          (255 << 24);
      } else if (above !== 0) {
        to[at] = lay(
          under,
          (above & 255) * opacity,
          ((above >>> 8) & 255) * opacity,
          ((above >>> 16) & 255) * opacity,
          (above >>> 24) * opacity,
        );
      }
    }
  }
}
