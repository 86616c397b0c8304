import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLICKS_PER_SECOND, flicks } from './flicks.ts';
import {
  formatRate,
  frameAt,
  frameDuration,
  frameStart,
  isExactRate,
  parseRate,
  rate,
  rateFromDecimal,
  sameRate,
  sampleAt,
  snapToFrame,
  wholeFrames,
} from './rate.ts';

const EDIT_RATES = [
  rate(24000, 1001),
  rate(24),
  rate(25),
  rate(30000, 1001),
  rate(30),
  rate(48),
  rate(50),
  rate(60000, 1001),
  rate(60),
  rate(120),
];
const editRate = fc.constantFrom(...EDIT_RATES);
/** 24 hours at 120 frames per second. */
const frameNumber = fc.integer({ min: -10_368_000, max: 10_368_000 });

describe('a decimal stands for an exact rate', () => {
  test.each([
    // As OpenTimelineIO files have it: rounded, as a double and as a single-precision number.
    [23.976, 24000, 1001],
    [23.976023976023978, 24000, 1001],
    [23.97602397602398, 24000, 1001],
    [23.976024627685547, 24000, 1001],
    [23.98, 24000, 1001],
    [23.979999542236328, 24000, 1001],
    [29.97, 30000, 1001],
    [29.970029970029972, 30000, 1001],
    [29.970029830932617, 30000, 1001],
    [47.95, 48000, 1001],
    [47.952, 48000, 1001],
    [59.94, 60000, 1001],
    [59.940059940059945, 60000, 1001],
    [119.88, 120000, 1001],
    [24, 24, 1],
    [25, 25, 1],
    [1000, 1000, 1],
    [48000, 48000, 1],
    [12.5, 25, 2],
    [33.333333333333336, 100, 3],
    [14.985, 15000, 1001],
    [23.95, 479, 20],
    [24.02, 1201, 50],
    [29.9, 299, 10],
    [12.345678, 6172839, 500000],
  ])('%f', (decimal, num, den) => {
    expect(rateFromDecimal(decimal)).toEqual({ num, den });
  });

  test.each([0, -24, Number.NaN, Number.POSITIVE_INFINITY, 1e308, 5e-324, 1_000_001])(
    'not %f',
    (value) => {
      expect(rateFromDecimal(value)).toBeNull();
    },
  );

  test('every fraction of a denominator up to 1001 comes back from its own decimal', () => {
    const fraction = fc.tuple(
      fc.integer({ min: 1, max: 300_000 }),
      fc.integer({ min: 1, max: 1001 }),
    );
    fc.assert(
      fc.property(fraction, ([num, den]) => {
        const exact = rate(num, den);
        const nominal = Math.ceil(num / den);
        // Too near to an NTSC rate to be told apart from it.
        fc.pre(Math.abs((nominal * 1000) / 1001 - num / den) > 0.006 * Math.max(1, nominal / 24));
        expect(rateFromDecimal(num / den)).toEqual(exact);
      }),
    );
  });
});

describe('rates', () => {
  test.each([
    ['30000/1001', 30000, 1001],
    ['50/2', 25, 1],
    ['29.97', 30000, 1001],
    [' 25 ', 25, 1],
  ])('“%s” is read', (text, num, den) => {
    expect(parseRate(text)).toEqual({ num, den });
  });

  test.each(['', '0', '0/1', '1/0', '-25', 'ntsc', '25fps', '1e3', '24000/1001/1'])(
    '“%s” is none',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );

  test('are written as they are read', () => {
    for (const value of EDIT_RATES) expect(parseRate(formatRate(value))).toEqual(value);
  });

  test('are compared exactly, however large', () => {
    expect(sameRate({ num: 48, den: 2 }, rate(24))).toBe(true);
    const near = { num: 999_999_999, den: 999_999_998 };
    expect(sameRate(near, { num: 999_999_998, den: 999_999_997 })).toBe(false);
  });

  test('have whole numerators and denominators from 1', () => {
    expect(() => rate(0)).toThrow(RangeError);
    expect(() => rate(24, 0)).toThrow(RangeError);
    expect(() => rate(23.976)).toThrow(RangeError);
  });
});

describe('frames', () => {
  test('a frame begins where it is looked up', () => {
    fc.assert(
      fc.property(editRate, frameNumber, (value, frame) => {
        const start = frameStart(frame, value);
        const last = flicks(start + frameDuration(value) - 1);
        expect(frameAt(start, value)).toBe(frame);
        expect(frameAt(last, value)).toBe(frame);
        expect(frameAt(flicks(start - 1), value)).toBe(frame - 1);
        expect(frameAt(flicks(start + 1), value, 'ceil')).toBe(frame + 1);
        expect(frameAt(start, value, 'ceil')).toBe(frame);
      }),
    );
  });

  test('the nearest frame is at most half a frame away, and later ones win ties', () => {
    fc.assert(
      fc.property(editRate, fc.integer({ min: -1e12, max: 1e12 }), (value, time) => {
        const distance = snapToFrame(flicks(time), value) - time;
        expect(distance * 2).toBeLessThanOrEqual(frameDuration(value));
        expect(distance * 2).toBeGreaterThan(-frameDuration(value));
      }),
    );
  });

  test('one hour of 29.97 is 107,892 frames and a little', () => {
    expect(frameAt(flicks(3600 * FLICKS_PER_SECOND), rate(30000, 1001))).toBe(107_892);
    expect(frameStart(30_000, rate(30000, 1001))).toBe(1001 * FLICKS_PER_SECOND);
  });

  test('a media length cut to microseconds keeps its last frame, half a frame does not count', () => {
    fc.assert(
      fc.property(editRate, fc.integer({ min: 1, max: 1_000_000 }), (value, frames) => {
        const exact = frameStart(frames, value);
        const microseconds = (BigInt(exact) * 1_000_000n) / BigInt(FLICKS_PER_SECOND);
        const printed = flicks(Number((microseconds * BigInt(FLICKS_PER_SECOND)) / 1_000_000n));
        expect(wholeFrames(printed, value)).toBe(exact);
        expect(wholeFrames(flicks(exact + Math.floor(frameDuration(value) / 2)), value)).toBe(
          exact,
        );
      }),
    );
  });

  test('rates without a whole number of flicks are no edit rates', () => {
    expect(EDIT_RATES.every(isExactRate)).toBe(true);
    expect(isExactRate(rate(11))).toBe(false);
    expect(() => frameDuration(rate(11))).toThrow(RangeError);
    expect(frameStart(11, rate(11))).toBe(FLICKS_PER_SECOND);
  });

  test('samples', () => {
    expect(sampleAt(flicks(FLICKS_PER_SECOND), 48_000)).toBe(48_000);
    // One frame of 29.97 is 1601.6 samples.
    expect(sampleAt(frameDuration(rate(30000, 1001)), 48_000)).toBe(1602);
  });
});
