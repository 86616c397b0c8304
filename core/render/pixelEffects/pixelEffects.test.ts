import { describe, expect, it } from 'vitest';
import { ZERO } from '../../time/flicks.ts';
import { effectValues } from './effectValues.ts';
import { pixelEffect } from './pixelEffects.ts';
import type { Pixels } from './pixels.ts';

/** Pixels of all kinds: opaque, clear and between, colours no more than their alpha; the same each time. */
function colorful(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 4);
  let seed = 1;
  const next = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  for (let at = 0; at < data.length; at += 4) {
    const alpha = [255, 255, 0, next(256)][next(4)] ?? 0;
    data.set([next(alpha + 1), next(alpha + 1), next(alpha + 1), alpha], at);
  }
  return { width, height, data };
}

function changed(effect: string, parameters: Record<string, string | number>, pixels: Pixels) {
  const values = effectValues({ id: 'effect', effect, parameters }, ZERO);
  if (values === null) throw new Error(`There is no effect ${effect}`);
  return pixelEffect(values)({ ...pixels, data: new Uint8Array(pixels.data) }).data;
}

/** Each byte by a formula for a channel of a pixel. */
function byFormula(
  { width, height }: Pixels,
  formula: (x: number, y: number, channel: number) => number,
): Uint8Array {
  const data = new Uint8Array(width * height * 4);
  data.forEach((_, at) => {
    const pixel = at >> 2;
    data[at] = formula(pixel % width, Math.floor(pixel / width), at & 3);
  });
  return data;
}

const byteAt = ({ width, data }: Pixels, x: number, y: number, channel: number) =>
  data[(y * width + x) * 4 + channel] ?? 0;

/** The mean of 2 × radius + 1 pixels along one direction, rounded, the slow way. */
function meanAlong(pixels: Pixels, radius: number, isAcross: boolean, isClearOutside: boolean) {
  const { width, height } = pixels;
  const [columns, rows] = isAcross ? [1, 0] : [0, 1];
  const data = byFormula(pixels, (x, y, channel) => {
    let sum = 0;
    for (let step = -radius; step <= radius; step++) {
      const [column, row] = [x + step * columns, y + step * rows];
      const isOutside = column < 0 || row < 0 || column >= width || row >= height;
      const inside = [
        Math.min(width - 1, Math.max(0, column)),
        Math.min(height - 1, Math.max(0, row)),
      ] as const;
      if (!isOutside || !isClearOutside) sum += byteAt(pixels, ...inside, channel);
    }
    return sum / (2 * radius + 1) + 0.5;
  });
  return { width, height, data };
}

describe('blur', () => {
  it.each([
    { edges: 'repeat', radius: 3 },
    { edges: 'transparent', radius: 3 },
    // Wider than the picture.
    { edges: 'repeat', radius: 12 },
    { edges: 'transparent', radius: 12 },
  ])('is three means of squares, to the byte: $edges, $radius pixels', ({ edges, radius }) => {
    const pixels = colorful(11, 52);
    // The deviation that boxes of this radius come from.
    const deviation = Math.sqrt(((2 * radius + 1) ** 2 - 1) / 4);
    let expected = pixels;
    for (let turn = 0; turn < 3; turn++) {
      expected = meanAlong(expected, radius, true, edges === 'transparent');
      expected = meanAlong(expected, radius, false, edges === 'transparent');
    }
    const parameters = { radius: deviation / pixels.height, edges };
    expect(changed('blur', parameters, pixels)).toEqual(expected.data);
  });
});

describe('effects on colour', () => {
  it('leave alpha alone and never make a colour more than it', () => {
    const pixels = colorful(40, 40);
    for (const [effect, parameters] of [
      ['exposure', { stops: 1.5 }],
      ['saturation', { saturation: 2, hue: 40 }],
      ['liftGammaGain', { gamma: 1.5, liftRed: 0.2 }],
      ['sharpen', { amount: 2 }],
      ['vignette', { amount: -1 }],
    ] as const) {
      const data = changed(effect, parameters, pixels);
      data.forEach((value, at) => {
        const alpha = data[at | 3] ?? 0;
        if ((at & 3) === 3 ? value !== pixels.data[at] : value > alpha)
          throw new Error(`${effect}: byte ${at} is ${value} where alpha is ${alpha}`);
      });
      expect(data).not.toEqual(pixels.data);
    }
  });

  it('give opaque and half clear pixels the same colour', () => {
    const data = Uint8Array.of(200, 100, 50, 255, 100, 50, 25, 128);
    const [red, green, blue, , halfRed, halfGreen, halfBlue] = changed(
      'exposure',
      { stops: -1 },
      { width: 2, height: 1, data },
    );
    expect([red, green, blue]).toEqual([100, 50, 25]);
    expect([halfRed, halfGreen, halfBlue]).toEqual([50, 25, 13]);
  });

  it('take pixels that begin anywhere in memory', () => {
    const pixels = colorful(9, 5);
    const memory = new Uint8Array(pixels.data.length + 1);
    memory.set(pixels.data, 1);
    const moved = { ...pixels, data: memory.subarray(1) };
    const values = effectValues(
      { id: 'effect', effect: 'exposure', parameters: { stops: 1 } },
      ZERO,
    );
    if (values === null) throw new Error('There is no exposure');
    expect(pixelEffect(values)(moved).data).toEqual(changed('exposure', { stops: 1 }, pixels));
  });
});

describe('effects on shape', () => {
  it('flip and mirror pixel by pixel', () => {
    const pixels = colorful(13, 7);
    const flipped = byFormula(pixels, (x, y, channel) => byteAt(pixels, 12 - x, y, channel));
    expect(changed('flip', { direction: 'horizontal' }, pixels)).toEqual(flipped);
    const mirrored = byFormula(pixels, (x, y, channel) =>
      byteAt(pixels, x, Math.max(y, 6 - y), channel),
    );
    expect(changed('mirror', { keep: 'bottom' }, pixels)).toEqual(mirrored);
  });

  it('mask a turned rectangle as the distance from its edge says, for every pixel', () => {
    const pixels = { width: 60, height: 40, data: new Uint8Array(60 * 40 * 4).fill(255) };
    const data = changed(
      'shapeMask',
      { width: 0.5, height: 0.5, feather: 0.1, rotation: 30 },
      pixels,
    );
    const angle = (-30 * Math.PI) / 180;
    const expected = byFormula(pixels, (x, y) => {
      const [dx, dy] = [x + 0.5 - 30, y + 0.5 - 20];
      const across = Math.abs(dx * Math.cos(angle) - dy * Math.sin(angle)) - 15;
      const down = Math.abs(dx * Math.sin(angle) + dy * Math.cos(angle)) - 10;
      const out =
        Math.hypot(Math.max(across, 0), Math.max(down, 0)) + Math.min(Math.max(across, down), 0);
      return 255 * Math.min(1, Math.max(0, 0.5 - out / 4)) + 0.5;
    });
    expect(data).toEqual(expected);
  });

  it('key a colour out, wholly near it and not at all far away', () => {
    const data = Uint8Array.of(0, 177, 64, 255, 220, 40, 40, 255);
    const keyed = changed(
      'chromaKey',
      { color: '#00b140', spill: 0 },
      { width: 2, height: 1, data },
    );
    expect([...keyed]).toEqual([0, 0, 0, 0, 220, 40, 40, 255]);
  });
});
