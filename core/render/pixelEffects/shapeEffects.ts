import { type EffectValues, numberOf } from './effectValues.ts';
import { type PixelEffect, type Pixels, smoothStep, throughMask, unit } from './pixels.ts';

/** Effects that depend on the place in the picture. Lengths are shares of its height, places shares of its sides. */
export const SHAPE_EFFECTS: Readonly<Record<string, (values: EffectValues) => PixelEffect>> = {
  flip({ texts }) {
    const direction = texts['direction'];
    return (pixels) =>
      turned(pixels, (x, y) => ({
        x: direction === 'vertical' ? x : pixels.width - 1 - x,
        y: direction === 'horizontal' ? y : pixels.height - 1 - y,
      }));
  },
  mirror({ texts }) {
    const keep = texts['keep'];
    return (pixels) => {
      const { width, height } = pixels;
      return turned(pixels, (x, y) => ({
        x:
          keep === 'left'
            ? Math.min(x, width - 1 - x)
            : keep === 'right'
              ? Math.max(x, width - 1 - x)
              : x,
        y:
          keep === 'top'
            ? Math.min(y, height - 1 - y)
            : keep === 'bottom'
              ? Math.max(y, height - 1 - y)
              : y,
      }));
    };
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
      const middleX = numberOf(values, 'centerX') * width;
      const middleY = numberOf(values, 'centerY') * height;
      return weighed(pixels, (x, y) => {
        const distance = Math.hypot(x - middleX, y - middleY) / half;
        return 1 - amount * smoothStep(size - softness / 2, size + softness / 2, distance);
      });
    };
  },
  /** A rectangle with round corners, or an ellipse; the feather lies half inside and half outside its edge. */
  shapeMask(values) {
    const { texts } = values;
    return (pixels) => {
      const { height } = pixels;
      const angle = (-numberOf(values, 'rotation') * Math.PI) / 180;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const halfX = (numberOf(values, 'width') * pixels.width) / 2;
      const halfY = (numberOf(values, 'height') * height) / 2;
      const middleX = numberOf(values, 'centerX') * pixels.width;
      const middleY = numberOf(values, 'centerY') * height;
      const feather = Math.max(1, numberOf(values, 'feather') * height);
      const corner = numberOf(values, 'corner') * Math.min(halfX, halfY);
      const distance = texts['shape'] === 'ellipse' ? ellipseDistance : boxDistance;
      return throughMask(pixels, (x, y) => {
        const dx = x - middleX;
        const dy = y - middleY;
        const out = distance(Math.abs(dx * cos - dy * sin), Math.abs(dx * sin + dy * cos), {
          halfX,
          halfY,
          corner,
        });
        const inside = unit(0.5 - out / feather);
        return texts['keep'] === 'outside' ? 1 - inside : inside;
      });
    };
  },
  /** A Gaussian blur with the radius as its standard deviation, made of three boxes. */
  blur(values) {
    return (pixels) => {
      const deviation = numberOf(values, 'radius') * pixels.height;
      return blurred(pixels, deviation, values.texts['edges'] === 'transparent');
    };
  },
  /** Away from the mean of a square of `size` pixels, by the amount. */
  sharpen(values) {
    const amount = numberOf(values, 'amount');
    const radius = Math.floor(numberOf(values, 'size') / 2);
    return (pixels) => {
      const { data } = pixels;
      const mean = boxed(pixels, radius, { turns: 1, isClearOutside: false }).data;
      for (let at = 0; at < data.length; at++) {
        if (at % 4 === 3) continue;
        const value = data[at] as number;
        const most = data[at - (at % 4) + 3] as number;
        const sharp = value + amount * (value - (mean[at] as number));
        data[at] = Math.min(most, Math.max(0, sharp) + 0.5);
      }
      return pixels;
    };
  },
};

type Shape = { halfX: number; halfY: number; corner: number };

/** Pixels from the edge of a rectangle with round corners, negative inside. */
function boxDistance(x: number, y: number, { halfX, halfY, corner }: Shape): number {
  const dx = x - halfX + corner;
  const dy = y - halfY + corner;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - corner;
}

/** Pixels from the edge of an ellipse, near enough close to the edge; negative inside. */
function ellipseDistance(x: number, y: number, { halfX, halfY }: Shape): number {
  if (halfX <= 0 || halfY <= 0) return Number.POSITIVE_INFINITY;
  const near = Math.hypot(x / halfX, y / halfY);
  const steep = Math.hypot(x / halfX ** 2, y / halfY ** 2);
  return steep === 0 ? -Math.min(halfX, halfY) : (near * (near - 1)) / steep;
}

function turned(pixels: Pixels, from: (x: number, y: number) => { x: number; y: number }): Pixels {
  const { width, height } = pixels;
  const data = new Uint8Array(pixels.data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const source = from(x, y);
      const other = (source.y * width + source.x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        data[at + channel] = pixels.data[other + channel] as number;
      }
    }
  }
  return { width, height, data };
}

/** Multiplies colours, not alpha, by a factor that depends on the place. */
function weighed(pixels: Pixels, factorAt: (x: number, y: number) => number): Pixels {
  const { width, height, data } = pixels;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const factor = factorAt(x + 0.5, y + 0.5);
      const most = data[at + 3] as number;
      for (let channel = at; channel < at + 3; channel++) {
        data[channel] = Math.min(most, Math.max(0, (data[channel] as number) * factor) + 0.5);
      }
    }
  }
  return pixels;
}

function blurred(pixels: Pixels, deviation: number, isClearOutside: boolean): Pixels {
  if (deviation < 0.2) return pixels;
  // Three boxes of this width have the variance of the Gaussian.
  const radius = Math.max(1, Math.round((Math.sqrt(4 * deviation * deviation + 1) - 1) / 2));
  return boxed(pixels, radius, { turns: 3, isClearOutside });
}

/** Means of squares, `turns` times over; gives new pixels. */
function boxed(
  pixels: Pixels,
  radius: number,
  { turns, isClearOutside }: { turns: number; isClearOutside: boolean },
): Pixels {
  const { width, height } = pixels;
  let from: Uint8Array = Uint8Array.from(pixels.data);
  let to: Uint8Array = new Uint8Array(from.length);
  const pass = (lines: number, length: number, lineStep: number, step: number) => {
    for (let line = 0; line < lines; line++) {
      for (let channel = 0; channel < 4; channel++) {
        boxLine(from, to, { at: line * lineStep + channel, step, length, radius, isClearOutside });
      }
    }
    [from, to] = [to, from];
  };
  for (let turn = 0; turn < turns; turn++) {
    pass(height, width, width * 4, 4);
    pass(width, height, 4, width * 4);
  }
  return { width, height, data: from };
}

function boxLine(
  from: Uint8Array,
  to: Uint8Array,
  line: { at: number; step: number; length: number; radius: number; isClearOutside: boolean },
): void {
  const { at, step, length, radius, isClearOutside } = line;
  const valueAt = (index: number) => {
    if (index >= 0 && index < length) return from[at + index * step] as number;
    if (isClearOutside) return 0;
    return from[at + (index < 0 ? 0 : length - 1) * step] as number;
  };
  const width = 2 * radius + 1;
  let sum = 0;
  for (let index = -radius; index <= radius; index++) sum += valueAt(index);
  for (let index = 0; index < length; index++) {
    to[at + index * step] = sum / width + 0.5;
    sum += valueAt(index + radius + 1) - valueAt(index - radius);
  }
}
