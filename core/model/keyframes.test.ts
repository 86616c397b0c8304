import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flicks, flicks } from '../time/flicks.ts';
import {
  animatedSchema,
  type Easing,
  ease,
  NAMED_EASINGS,
  shiftKeyframes,
  splitEasing,
  valueAt,
} from './keyframes.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const bezier = fc.tuple(share, share, share, share);
const at = (time: number) => time as Flicks;

describe('easing', () => {
  test('is exactly there at both ends', () => {
    fc.assert(
      fc.property(fc.oneof(bezier, fc.constantFrom(...Object.values(NAMED_EASINGS))), (easing) => {
        expect(ease(easing, 0)).toBe(0);
        expect(ease(easing, 1)).toBe(1);
      }),
    );
  });

  test('is the curve that style sheets know by the name', () => {
    // Figures of the curves of CSS, worked out by hand from the cubic equation.
    expect(ease(NAMED_EASINGS['ease-in-out'], 0.5)).toBeCloseTo(0.5, 12);
    expect(ease(NAMED_EASINGS['ease-in'], 0.5)).toBeCloseTo(0.31535681, 7);
    expect(ease(NAMED_EASINGS['ease-out'], 0.5)).toBeCloseTo(0.68464319, 7);
    expect(ease('linear', 0.3)).toBe(0.3);
    expect([ease('hold', 0.999), ease('hold', 1)]).toEqual([0, 1]);
  });

  test('lies on its Bézier curve', () => {
    fc.assert(
      fc.property(bezier, share, (easing, t) => {
        const [x1, y1, x2, y2] = easing;
        const u = 1 - t;
        const x = 3 * u * u * t * x1 + 3 * u * t * t * x2 + t ** 3;
        const y = 3 * u * u * t * y1 + 3 * u * t * t * y2 + t ** 3;
        const slope = 3 * u * u * x1 + 6 * u * t * (x2 - x1) + 3 * t * t * (1 - x2);
        // Where the curve stands upright a point of time has many values.
        if (slope > 0.01) expect(ease(easing, x)).toBeCloseTo(y, 8);
      }),
      { numRuns: 1000 },
    );
  });

  test('never goes back nor overshoots while its points do not', () => {
    fc.assert(
      fc.property(bezier, share, share, (easing, a, b) => {
        const [first, second] = [ease(easing, Math.min(a, b)), ease(easing, Math.max(a, b))];
        expect(first).toBeGreaterThanOrEqual(-1e-12);
        expect(second).toBeGreaterThanOrEqual(first - 1e-9);
        expect(second).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  test('goes on as before in both parts when a key is put between', () => {
    // With points in order along each axis both parts can be said exactly.
    const ordered = fc
      .tuple(share, share, share, share)
      .map(([a, b, c, d]): [number, number, number, number] => [
        Math.min(a, c),
        Math.min(b, d),
        Math.max(a, c),
        Math.max(b, d),
      ]);
    const inner = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(ordered, inner, inner, (easing, cut, within) => {
        const height = ease(easing, cut);
        const [left, right] = splitEasing(easing, cut);
        if (height < 0.001 || height > 0.999) return;
        const before = height * ease(left, within);
        expect(before).toBeCloseTo(ease(easing, cut * within), 5);
        const after = height + (1 - height) * ease(right, within);
        expect(after).toBeCloseTo(ease(easing, cut + (1 - cut) * within), 5);
      }),
      { numRuns: 500 },
    );
    expect(splitEasing('linear', 0.4)).toEqual(['linear', 'linear']);
    expect(splitEasing('hold', 0.4)).toEqual(['hold', 'hold']);
  });
});

describe('a value with keyframes', () => {
  const key = (time: number, value: number, easing: Easing = 'linear') => ({
    time: at(time),
    value,
    easing,
  });
  const animated = { keyframes: [key(-10, 1), key(10, 3, 'hold'), key(20, 7)] };

  test('is that of the first before all, of the last after, and on its way between', () => {
    const values = [-99, -10, 0, 9, 10, 19, 20, 99].map((time) => valueAt(animated, at(time)));
    expect(values).toEqual([1, 1, 2, 2.9, 3, 3, 7, 7]);
    expect(valueAt(5, at(3))).toBe(5);
    expect(valueAt({ keyframes: [key(3, 4)] }, at(2))).toBe(4);
  });

  test('is the same after its time has moved with it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: -1000, max: 1000 }),
        (time, by) => {
          const later = shiftKeyframes(animated, flicks(by));
          expect(valueAt(later, at(time + by))).toBe(valueAt(animated, at(time)));
        },
      ),
    );
    expect(shiftKeyframes(2, flicks(5))).toBe(2);
  });

  test('is stored only in order, one keyframe at a time, and within its limits', () => {
    const schema = animatedSchema(0, 10);
    const fits = (...keyframes: ReturnType<typeof key>[]) =>
      schema.safeParse({ keyframes }).success;
    expect(fits(key(0, 1), key(1, 2))).toBe(true);
    expect([fits(), fits(key(1, 1), key(1, 2)), fits(key(2, 1), key(1, 2))]).toEqual([
      false,
      false,
      false,
    ]);
    expect([fits(key(0, 11)), fits(key(0, Number.NaN)), schema.safeParse(-1).success]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
