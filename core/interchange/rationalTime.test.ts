import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FLICKS_PER_SECOND, flicks, LONGEST_TIME } from '../time/flicks.ts';
import { frameStart, type Rate, rate } from '../time/rate.ts';
import { flicksFromRational, rationalFromFlicks } from './rationalTime.ts';

const editRate = fc.constantFrom<Rate>(
  rate(24000, 1001),
  rate(24),
  rate(25),
  rate(30000, 1001),
  rate(30),
  rate(60000, 1001),
  rate(60),
  rate(25, 2),
  rate(100, 3),
);

describe('times of OpenTimelineIO', () => {
  test('any flick up to 30 days is written and read back as it was', () => {
    const time = fc.integer({ min: -LONGEST_TIME, max: LONGEST_TIME });
    fc.assert(
      fc.property(time, editRate, (value, frameRate) => {
        expect(flicksFromRational(rationalFromFlicks(flicks(value), frameRate))).toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  test('frames are written as whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), editRate, (frame, frameRate) => {
        expect(rationalFromFlicks(frameStart(frame, frameRate), frameRate).value).toBe(frame + 0);
      }),
    );
  });

  test.each([
    [{ value: 86_400, rate: 24 }, 3600 * FLICKS_PER_SECOND],
    [{ value: 1001, rate: 23.976 }, 1001 * 29_429_400],
    [{ value: 1001, rate: 23.976024627685547 }, 1001 * 29_429_400],
    [{ value: 1001, rate: 23.98 }, 1001 * 29_429_400],
    [{ value: 12.5, rate: 25 }, FLICKS_PER_SECOND / 2],
    [{ value: 48_000, rate: 48_000 }, FLICKS_PER_SECOND],
    [{ value: 1, rate: 47_952.047952047955 }, 14_715],
    [{ value: -24, rate: 24 }, -FLICKS_PER_SECOND],
    [{ value: 5e-324, rate: 24 }, 0],
    [{ value: 1e300, rate: 1e-300 }, null],
    [{ value: 1e308, rate: 24 }, null],
    [{ value: -1e308, rate: 24 }, null],
    [{ value: 1e308, rate: 1e308 }, null],
    [{ value: 1, rate: 5e-324 }, null],
    [{ value: Number.NaN, rate: 24 }, null],
    [{ value: 1, rate: Number.NaN }, null],
    [{ value: 1, rate: 0 }, null],
    [{ value: 1, rate: -24 }, null],
    [{ value: Number.POSITIVE_INFINITY, rate: 24 }, null],
    [{ value: 30 * 86_400 + 1, rate: 1 }, null],
  ])('%o', (time, expected) => {
    expect(flicksFromRational(time)).toBe(expected);
  });
});
