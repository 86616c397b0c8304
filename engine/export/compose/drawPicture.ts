import type { Box, Matrix } from '#core/render/pictureGeometry.ts';
import type { Blend } from '#core/render/pictureSource.ts';
import { type LayPixel, pixelLayer } from './layPixel.ts';
import { halved, type Picture } from './picture.ts';

export type Drawing = {
  picture: Picture;
  /** From pixels of the picture to pixels of the canvas. */
  matrix: Matrix;
  /** What is seen of the picture, in its own pixels. */
  crop: Box;
  opacity: number;
  blend: Blend;
};

/** Above this many pixels of the picture to one of the canvas, a smaller copy is drawn, so that nothing is missed. */
const MOST_PIXELS_PER_PIXEL = 1.5;

/** Draws a picture on a canvas: between pixels in straight lines, with smooth edges. */
export function drawPicture(canvas: Picture, drawing: Drawing): void {
  if (drawing.opacity <= 0 || drawing.crop.width <= 0 || drawing.crop.height <= 0) return;
  const lay = pixelLayer(drawing.blend);
  if (isOnWholePixels(drawing)) {
    copyPixels(canvas, drawing, lay);
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
  samplePixels(canvas, drawing, { inverse, across, down, lay });
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

function copyPixels(canvas: Picture, drawing: Drawing, lay: LayPixel): void {
  const { picture, crop, opacity, blend } = drawing;
  const offsetX = Math.round(drawing.matrix.e);
  const offsetY = Math.round(drawing.matrix.f);
  const left = Math.max(0, offsetX + Math.round(crop.x));
  const right = Math.min(canvas.width, offsetX + Math.round(crop.x + crop.width));
  const top = Math.max(0, offsetY + Math.round(crop.y));
  const bottom = Math.min(canvas.height, offsetY + Math.round(crop.y + crop.height));
  if (right <= left) return;
  const from = picture.data;
  const to = canvas.data;
  for (let y = top; y < bottom; y++) {
    let source = ((y - offsetY) * picture.width + left - offsetX) * 4;
    let target = (y * canvas.width + left) * 4;
    for (let x = left; x < right; x++, source += 4, target += 4) {
      const alpha = from[source + 3] as number;
      if (opacity === 1 && alpha === 255 && blend === 'normal') {
        to[target] = from[source] as number;
        to[target + 1] = from[source + 1] as number;
        to[target + 2] = from[source + 2] as number;
        to[target + 3] = 255;
        continue;
      }
      lay(
        to,
        target,
        (from[source] as number) * opacity,
        (from[source + 1] as number) * opacity,
        (from[source + 2] as number) * opacity,
        alpha * opacity,
      );
    }
  }
}

type Sampling = { inverse: Matrix; across: number; down: number; lay: LayPixel };

function samplePixels(canvas: Picture, drawing: Drawing, sampling: Sampling): void {
  const { picture, crop, opacity } = drawing;
  const { inverse, across, down, lay } = sampling;
  const bounds = boundsOf(drawing, canvas);
  const { width, height, data } = picture;
  const right = crop.x + crop.width;
  const bottom = crop.y + crop.height;
  for (let y = bounds.top; y < bounds.bottom; y++) {
    for (let x = bounds.left; x < bounds.right; x++) {
      const u = inverse.a * (x + 0.5) + inverse.c * (y + 0.5) + inverse.e;
      const v = inverse.b * (x + 0.5) + inverse.d * (y + 0.5) + inverse.f;
      const cover =
        inside((u - crop.x) / across) *
        inside((right - u) / across) *
        inside((v - crop.y) / down) *
        inside((bottom - v) / down);
      if (cover <= 0) continue;
      const column = Math.max(0, Math.min(width - 1, u - 0.5));
      const row = Math.max(0, Math.min(height - 1, v - 0.5));
      const x0 = Math.floor(column);
      const y0 = Math.floor(row);
      const shareX = column - x0;
      const shareY = row - y0;
      const upper = (y0 * width + x0) * 4;
      const nextColumn = x0 + 1 < width ? 4 : 0;
      const lower = upper + (y0 + 1 < height ? width * 4 : 0);
      const weight = opacity * cover;
      const w00 = (1 - shareX) * (1 - shareY) * weight;
      const w10 = shareX * (1 - shareY) * weight;
      const w01 = (1 - shareX) * shareY * weight;
      const w11 = shareX * shareY * weight;
      const at = (channel: number) =>
        w00 * (data[upper + channel] as number) +
        w10 * (data[upper + nextColumn + channel] as number) +
        w01 * (data[lower + channel] as number) +
        w11 * (data[lower + nextColumn + channel] as number);
      lay(canvas.data, (y * canvas.width + x) * 4, at(0), at(1), at(2), at(3));
    }
  }
}

/** How much of a pixel is inside an edge that its middle is `distance` pixels within. */
function inside(distance: number): number {
  return distance >= 0.5 ? 1 : distance <= -0.5 ? 0 : distance + 0.5;
}

/** The pixels of the canvas that a drawing can touch. */
function boundsOf({ matrix, crop }: Drawing, canvas: Picture) {
  const corners = [0, 1, 2, 3].map((corner) => {
    const x = crop.x + (corner % 2) * crop.width;
    const y = crop.y + (corner > 1 ? crop.height : 0);
    return {
      x: matrix.a * x + matrix.c * y + matrix.e,
      y: matrix.b * x + matrix.d * y + matrix.f,
    };
  });
  const xs = corners.map((corner) => corner.x);
  const ys = corners.map((corner) => corner.y);
  return {
    left: Math.max(0, Math.floor(Math.min(...xs)) - 1),
    right: Math.min(canvas.width, Math.ceil(Math.max(...xs)) + 1),
    top: Math.max(0, Math.floor(Math.min(...ys)) - 1),
    bottom: Math.min(canvas.height, Math.ceil(Math.max(...ys)) + 1),
  };
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
