import { boxBlur } from './boxBlur.ts';
import { type EffectValues, numberOf } from './effectValues.ts';
import {
  inWords,
  type PixelEffect,
  type Pixels,
  sharedWord,
  smoothStep,
  unit,
  within,
  wordOf,
} from './pixels.ts';

/** Effects that depend on the place in the picture. Lengths are shares of its height, places shares of its sides. */
export const SHAPE_EFFECTS: Readonly<Record<string, (values: EffectValues) => PixelEffect>> = {
  flip({ texts }) {
    const direction = texts['direction'];
    const turned = (at: number, last: number) => last - at;
    return (pixels) =>
      rearranged(
        pixels,
        direction === 'vertical' ? same : turned,
        direction === 'horizontal' ? same : turned,
      );
  },
  mirror({ texts }) {
    const keep = texts['keep'];
    const first = (at: number, last: number) => Math.min(at, last - at);
    const second = (at: number, last: number) => Math.max(at, last - at);
    const along = (near: string, far: string) =>
      keep === near ? first : keep === far ? second : same;
    return (pixels) => rearranged(pixels, along('left', 'right'), along('top', 'bottom'));
  },
  /**
   * Darker (or, below 0, brighter) from `size` on, wholly after another `softness`; distances from the centre are shares
   * of half the picture’s diagonal.
   */
  vignette(values) {
    const amount = numberOf(values, 'amount');
    const size = numberOf(values, 'size');
    const softness = numberOf(values, 'softness');
    return (pixels) => {
      const { width, height } = pixels;
      const half = Math.hypot(width, height) / 2;
      const middle = {
        x: numberOf(values, 'centerX') * width,
        y: numberOf(values, 'centerY') * height,
      };
      const from = size - softness / 2;
      return shaded(pixels, middle, {
        unchangedBelow: Math.max(0, from * half) ** 2,
        factorAt: (square) =>
          1 - amount * smoothStep(from, size + softness / 2, Math.sqrt(square) / half),
      });
    };
  },
  /** A rectangle with round corners, or an ellipse; the feather lies half inside and half outside its edge. */
  shapeMask(values) {
    const { texts } = values;
    return (pixels) => {
      const { width, height } = pixels;
      const halfX = (numberOf(values, 'width') * width) / 2;
      const halfY = (numberOf(values, 'height') * height) / 2;
      const corner = numberOf(values, 'corner') * Math.min(halfX, halfY);
      return masked(pixels, {
        angle: (-numberOf(values, 'rotation') * Math.PI) / 180,
        middleX: numberOf(values, 'centerX') * width,
        middleY: numberOf(values, 'centerY') * height,
        feather: Math.max(1, numberOf(values, 'feather') * height),
        keepsOutside: texts['keep'] === 'outside',
        isEllipse: texts['shape'] === 'ellipse',
        shape: { halfX, halfY, corner },
      });
    };
  },
  /** A Gaussian blur with the radius as its standard deviation, made of three boxes. */
  blur(values) {
    return (pixels) => {
      const deviation = numberOf(values, 'radius') * pixels.height;
      if (deviation < 0.2) return pixels;
      // Three boxes of this width have the variance of the Gaussian.
      const radius = Math.max(1, Math.round((Math.sqrt(4 * deviation * deviation + 1) - 1) / 2));
      const isClearOutside = values.texts['edges'] === 'transparent';
      return boxBlur(pixels, { radius, turns: 3, isClearOutside });
    };
  },
  /** Away from the mean of a square of `size` pixels, by the amount. */
  sharpen(values) {
    const amount = numberOf(values, 'amount');
    const radius = Math.floor(numberOf(values, 'size') / 2);
    return (pixels) => {
      const copy = { ...pixels, data: new Uint8Array(pixels.data) };
      const mean = boxBlur(copy, { radius, turns: 1, isClearOutside: false });
      return sharpened(pixels, mean, amount);
    };
  },
};

type Shape = { halfX: number; halfY: number; corner: number };

/** Pixels from the edge of a rectangle with round corners, negative inside. */
function boxDistance(x: number, y: number, { halfX, halfY, corner }: Shape): number {
  const dx = x - halfX + corner;
  const dy = y - halfY + corner;
  const outX = Math.max(dx, 0);
  const outY = Math.max(dy, 0);
  return Math.sqrt(outX * outX + outY * outY) + Math.min(Math.max(dx, dy), 0) - corner;
}

/** Pixels from the edge of an ellipse, near enough close to the edge; negative inside. */
function ellipseDistance(x: number, y: number, { halfX, halfY }: Shape): number {
  if (halfX <= 0 || halfY <= 0) return Number.POSITIVE_INFINITY;
  const nearX = x / halfX;
  const nearY = y / halfY;
  const steepX = nearX / halfX;
  const steepY = nearY / halfY;
  const near = Math.sqrt(nearX * nearX + nearY * nearY);
  const steep = Math.sqrt(steepX * steepX + steepY * steepY);
  return steep === 0 ? -Math.min(halfX, halfY) : (near * (near - 1)) / steep;
}

type Mask = {
  angle: number;
  middleX: number;
  middleY: number;
  feather: number;
  keepsOutside: boolean;
  isEllipse: boolean;
  shape: Shape;
};

function masked(pixels: Pixels, mask: Mask): Pixels {
  const { middleX, middleY, feather, keepsOutside, isEllipse, shape } = mask;
  const shown = inWords(pixels);
  const { words } = shown;
  const { width, height } = pixels;
  const [cos, sin] = [Math.cos(mask.angle), Math.sin(mask.angle)];
  for (let y = 0; y < height; y++) {
    const dy = y + 0.5 - middleY;
    const row = y * width;
    for (let x = 0; x < width; ) {
      const dx = x + 0.5 - middleX;
      const across = Math.abs(dx * cos - dy * sin);
      const down = Math.abs(dx * sin + dy * cos);
      const out = isEllipse
        ? ellipseDistance(across, down, shape)
        : boxDistance(across, down, shape);
      const inside = unit(0.5 - out / feather);
      const share = keepsOutside ? 1 - inside : inside;
      // From a rectangle, nothing is nearer a pixel further on than by that one pixel: so far, all are alike.
      const run = isEllipse ? 1 : Math.max(1, Math.floor(Math.abs(out) - feather / 2) - 1);
      const end = Math.min(width, x + run);
      if (share <= 0) words.fill(0, row + x, row + end);
      else if (share < 1) words[row + x] = sharedWord(words[row + x] as number, share);
      x = share <= 0 || share >= 1 ? end : x + 1;
    }
  }
  return shown.pixels;
}

function same(at: number): number {
  return at;
}

/** Puts other columns and rows of a picture in the place of each. */
function rearranged(
  pixels: Pixels,
  columnFor: (at: number, last: number) => number,
  rowFor: (at: number, last: number) => number,
): Pixels {
  const { width, height } = pixels;
  const { words } = inWords(pixels);
  const to = new Int32Array(width * height);
  const columns = Int32Array.from({ length: width }, (_, x) => columnFor(x, width - 1));
  for (let y = 0, at = 0; y < height; y++) {
    const row = rowFor(y, height - 1) * width;
    for (let x = 0; x < width; x++, at++) {
      to[at] = words[row + (columns[x] as number)] as number;
    }
  }
  return { width, height, data: new Uint8Array(to.buffer) };
}

/**
 * Multiplies colours, not alpha, by a factor that depends on the squared distance from a point in pixels; up to a
 * certain one they stay as they are.
 */
function shaded(
  pixels: Pixels,
  middle: { x: number; y: number },
  shade: { unchangedBelow: number; factorAt: (square: number) => number },
): Pixels {
  const { unchangedBelow, factorAt } = shade;
  const shown = inWords(pixels);
  const { words } = shown;
  const { width, height } = pixels;
  const squares = Float64Array.from({ length: width }, (_, x) => (x + 0.5 - middle.x) ** 2);
  for (let y = 0, at = 0; y < height; y++) {
    const down = (y + 0.5 - middle.y) ** 2;
    for (let x = 0; x < width; x++, at++) {
      const square = (squares[x] as number) + down;
      if (square < unchangedBelow) continue;
      const factor = factorAt(square);
      const word = words[at] as number;
      const alpha = word >>> 24;
      words[at] = wordOf(
        within((word & 255) * factor, alpha),
        within(((word >>> 8) & 255) * factor, alpha),
        within(((word >>> 16) & 255) * factor, alpha),
        alpha,
      );
    }
  }
  return shown.pixels;
}

/** Takes each colour away from its mean, not beyond its alpha. */
function sharpened(pixels: Pixels, mean: Pixels, amount: number): Pixels {
  const shown = inWords(pixels);
  const { words } = shown;
  const means = inWords(mean).words;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    const around = means[at] as number;
    const alpha = word >>> 24;
    words[at] = wordOf(
      away(word & 255, around & 255, amount, alpha),
      away((word >>> 8) & 255, (around >>> 8) & 255, amount, alpha),
      away((word >>> 16) & 255, (around >>> 16) & 255, amount, alpha),
      alpha,
    );
  }
  return shown.pixels;
}

function away(value: number, mean: number, amount: number, most: number): number {
  return within(value + amount * (value - mean), most);
}
