import { describe, expect, it } from 'vitest';
import { BLENDS } from '#core/model/entities.ts';
import type { Matrix } from '#core/render/pictureGeometry.ts';
import { BLEND_COLORS } from './blendColors.ts';
import type { Drawing } from './drawing.ts';
import { drawPicture } from './drawPicture.ts';
import { clearPicture, type Picture } from './picture.ts';

type Kind = 'opaque' | 'anything' | 'clear';

/** A picture with other colours for each seed, the same each time. */
function colorful(width: number, height: number, kind: Kind, seed: number): Picture {
  const picture = clearPicture(width, height);
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  if (kind === 'clear') return picture;
  for (let at = 0; at < picture.data.length; at += 4) {
    const alpha = kind === 'opaque' ? 255 : ([0, 255, next(256)][next(3)] ?? 0);
    picture.data.set([next(alpha + 1), next(alpha + 1), next(alpha + 1), alpha], at);
  }
  return picture;
}

/** What is at a place of a picture, between four pixels in straight lines; the edges go on. */
function valueAt({ width, height, data }: Picture, u: number, v: number, channel: number): number {
  const column = Math.max(0, Math.min(width - 1, u - 0.5));
  const row = Math.max(0, Math.min(height - 1, v - 0.5));
  const [x, y] = [Math.floor(column), Math.floor(row)];
  const [right, below] = [Math.min(width - 1, x + 1), Math.min(height - 1, y + 1)];
  const at = (px: number, py: number) => data[(py * width + px) * 4 + channel] ?? 0;
  const mix = (a: number, b: number, share: number) => a + (b - a) * share;
  return mix(
    mix(at(x, y), at(right, y), column - x),
    mix(at(x, below), at(right, below), column - x),
    row - y,
  );
}

/** The canvas after a drawing, by the formulas, unrounded; every pixel on its own. */
function byFormula(canvas: Picture, { picture, matrix, crop, opacity, blend }: Drawing): number[] {
  const { a, b, c, d, e, f } = matrix;
  const area = a * d - b * c;
  const across = Math.hypot(d, c) / Math.abs(area);
  const down = Math.hypot(b, a) / Math.abs(area);
  const within = (distance: number) => Math.min(1, Math.max(0, distance + 0.5));
  const result: number[] = [];
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const [dx, dy] = [x + 0.5 - e, y + 0.5 - f];
      const [u, v] = [(d * dx - c * dy) / area, (a * dy - b * dx) / area];
      const cover =
        within((u - crop.x) / across) *
        within((crop.x + crop.width - u) / across) *
        within((v - crop.y) / down) *
        within((crop.y + crop.height - v) / down);
      const start = (y * canvas.width + x) * 4;
      const under = [0, 1, 2, 3].map((channel) => canvas.data[start + channel] ?? 0);
      const above = [0, 1, 2, 3].map(
        (channel) => valueAt(picture, u, v, channel) * opacity * cover,
      );
      result.push(...(cover > 0 ? laid(under, above, blend) : under));
    }
  }
  return result;
}

function laid(under: number[], above: number[], blend: Drawing['blend']): number[] {
  const [alpha = 0, underAlpha = 0] = [above[3], under[3]];
  return above.map((value, channel) => {
    const behind = under[channel] ?? 0;
    if (blend === 'add') return Math.min(255, value + behind);
    if (blend === 'normal' || channel === 3) return value + behind * (1 - alpha / 255);
    const isSeen = alpha > 0 && underAlpha > 0;
    const mixed = isSeen
      ? BLEND_COLORS[blend](Math.min(1, behind / underAlpha), Math.min(1, value / alpha))
      : 0;
    return (value * (255 - underAlpha) + behind * (255 - alpha) + mixed * alpha * underAlpha) / 255;
  });
}

function turned(angle: number, scale: number): Matrix {
  const [cos, sin] = [Math.cos(angle) * scale, Math.sin(angle) * scale];
  return { a: cos, b: sin, c: -sin, d: cos, e: 12.3, f: -2.7 };
}

const MATRICES: Readonly<Record<string, Matrix>> = {
  'on whole pixels': { a: 1, b: 0, c: 0, d: 1, e: -3, f: 5 },
  'half a pixel aside': { a: 1, b: 0, c: 0, d: 1, e: 3.5, f: 4.5 },
  enlarged: { a: 2.3, b: 0, c: 0, d: 1.7, e: -10, f: 3.2 },
  'turned over': { a: -1, b: 0, c: 0, d: 1, e: 20.25, f: 2 },
  'turned a little': turned(0.3, 1.1),
  'turned a quarter': turned(Math.PI / 2, 1),
  'hardly turned': turned(1e-5, 1.2),
};

describe.each(Object.entries(MATRICES))('a picture %s', (_, matrix) => {
  it.each(BLENDS)('in the blend %s is drawn by the formulas, a rounding aside', (blend) => {
    let worst = 0;
    for (const below of ['opaque', 'anything', 'clear'] as const) {
      for (const kind of ['opaque', 'anything'] as const) {
        for (const opacity of [1, 0.4]) {
          for (const isCut of [false, true]) {
            const picture = colorful(21, 17, kind, 5);
            const crop = isCut
              ? { x: 3.4, y: 2, width: 12.5, height: 11 }
              : { x: 0, y: 0, width: 21, height: 17 };
            const canvas = colorful(32, 24, below, 9);
            const drawing: Drawing = { picture, matrix, crop, opacity, blend };
            const expected = byFormula(canvas, drawing);
            drawPicture(canvas, drawing, below === 'clear');
            expected.forEach((value, at) => {
              worst = Math.max(worst, Math.abs(value - (canvas.data[at] ?? 0)));
            });
          }
        }
      }
    }
    // Half is the rounding of the result, another half that of the picture, which hard light may double.
    expect(worst).toBeLessThan(blend === 'hard-light' ? 1.6 : 1.15);
  });
});

it('a picture beside the canvas, or without width, is not drawn', () => {
  const canvas = colorful(20, 20, 'opaque', 3);
  const before = new Uint8Array(canvas.data);
  const picture = colorful(8, 8, 'opaque', 4);
  const crop = { x: 0, y: 0, width: 8, height: 8 };
  const rest = { picture, opacity: 1, blend: 'normal' as const };
  drawPicture(canvas, { ...rest, crop, matrix: { a: 1, b: 0, c: 0, d: 1, e: 40, f: 2 } });
  drawPicture(canvas, { ...rest, crop, matrix: { a: 1.3, b: 0, c: 0, d: 1, e: 2, f: -40.5 } });
  drawPicture(canvas, { ...rest, crop, matrix: { a: 0, b: 0, c: 0, d: 1, e: 2, f: 2 } });
  drawPicture(canvas, {
    ...rest,
    crop: { ...crop, width: 0 },
    matrix: { a: 1, b: 0, c: 0, d: 1, e: 2, f: 2 },
  });
  expect(canvas.data).toEqual(before);
});
