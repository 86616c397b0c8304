import type { Matrix } from '#core/render/pictureGeometry.ts';
import { copyPixels } from './copyPixels.ts';
import type { Drawing } from './drawing.ts';
import { halved, type Picture } from './picture.ts';
import { samplePixels } from './samplePixels.ts';

/** Above this many pixels of the picture to one of the canvas, a smaller copy is drawn, so that nothing is missed. */
const MOST_PIXELS_PER_PIXEL = 1.5;

/**
 * Draws a picture on a canvas: between pixels in straight lines, with smooth edges. `isClear` says that nothing was
 * drawn on the canvas before, which saves looking.
 */
export function drawPicture(canvas: Picture, drawing: Drawing, isClear = false): void {
  if (drawing.opacity <= 0 || drawing.crop.width <= 0 || drawing.crop.height <= 0) return;
  if (isOnWholePixels(drawing)) {
    copyPixels(canvas, drawing, isClear);
    return;
  }
  const inverse = inverted(drawing.matrix);
  if (inverse === null) return;
  const across = Math.hypot(inverse.a, inverse.c);
  const down = Math.hypot(inverse.b, inverse.d);
  if (Math.max(across, down) > MOST_PIXELS_PER_PIXEL && isDivisible(drawing.picture)) {
    drawPicture(canvas, smaller(drawing));
    return;
  }
  samplePixels(canvas, drawing, { inverse, across, down });
}

function isDivisible({ width, height }: Picture): boolean {
  return width > 1 && height > 1;
}

/** The same drawing with a picture of half the size. */
function smaller({ picture, matrix, crop, ...rest }: Drawing): Drawing {
  const half = halved(picture);
  const x = half.width / picture.width;
  const y = half.height / picture.height;
  const { a, b, c, d, e, f } = matrix;
  return {
    ...rest,
    picture: half,
    matrix: { a: a / x, b: b / x, c: c / y, d: d / y, e, f },
    crop: { x: crop.x * x, y: crop.y * y, width: crop.width * x, height: crop.height * y },
  };
}

const NEARLY = 1e-6;

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < NEARLY;
}

function isOnWholePixels({ matrix, crop }: Drawing): boolean {
  const { a, b, c, d, e, f } = matrix;
  const isUpright = [a - 1, b, c, d - 1].every((value) => Math.abs(value) < NEARLY);
  return isUpright && [e, f, crop.x, crop.y, crop.width, crop.height].every(isWhole);
}

/** The matrix that goes back; null where a picture is drawn without width or height. */
function inverted({ a, b, c, d, e, f }: Matrix): Matrix | null {
  const determinant = a * d - b * c;
  if (Math.abs(determinant) < 1e-12) return null;
  return {
    a: d / determinant,
    b: -b / determinant,
    c: -c / determinant,
    d: a / determinant,
    e: (c * f - d * e) / determinant,
    f: (b * e - a * f) / determinant,
  };
}
