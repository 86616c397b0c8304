import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  decimalSeconds,
  FLICKS_PER_SECOND,
  flicks,
  flicksFromDecimalSeconds,
  flicksFromSeconds,
  LONGEST_TIME,
  secondsFromFlicks,
} from './flicks.ts';

const time = fc.integer({ min: -LONGEST_TIME, max: LONGEST_TIME });

describe('flicks', () => {
  test('one frame and one sample of every common rate last a whole number of flicks', () => {
    for (const fps of [24, 25, 30, 48, 50, 60, 90, 100, 120]) {
      expect(FLICKS_PER_SECOND % fps).toBe(0);
    }
    for (const nominal of [24, 30, 48, 60, 120]) {
      expect((FLICKS_PER_SECOND * 1001) % (nominal * 1000)).toBe(0);
    }
    for (const hertz of [
      8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000,
    ]) {
      expect(FLICKS_PER_SECOND % hertz).toBe(0);
    }
  });

  test('are whole numbers', () => {
    expect(() => flicks(0.5)).toThrow(RangeError);
    expect(() => flicks(Number.NaN)).toThrow(RangeError);
    expect(() => flicks(2 ** 53)).toThrow(RangeError);
    expect(Object.is(flicks(-0), 0)).toBe(true);
  });

  test('the longest time can be added up four times', () => {
    expect(Number.isSafeInteger(4 * LONGEST_TIME)).toBe(true);
  });
});

describe('decimal seconds', () => {
  test.each([
    ['0', 0],
    ['1', 705_600_000],
    ['0.5', 352_800_000],
    ['-0.5', -352_800_000],
    ['-0', 0],
    ['12.345', 8_710_632_000],
    // 1.4 flicks and 1.5 flicks
    ['0.000000001984', 1],
    ['0.000000002126', 2],
    [' 3.000000 ', 2_116_800_000],
  ])('%s', (text, expected) => {
    expect(flicksFromDecimalSeconds(text)).toBe(expected);
  });

  test.each(['', 'N/A', '1e3', '.5', '5.', '1,5', '--1', '0x10', '1.2.3'])('not “%s”', (text) => {
    expect(flicksFromDecimalSeconds(text)).toBeNull();
  });

  test('are written to the nanosecond, never more than is there', () => {
    fc.assert(
      fc.property(time, (value) => {
        const text = decimalSeconds(flicks(value));
        expect(text).toMatch(/^-?\d+\.\d{9}$/);
        const [whole = '', fraction = ''] = text.replace('-', '').split('.');
        const nanoseconds = BigInt(whole) * 1_000_000_000n + BigInt(fraction);
        const exact = BigInt(Math.abs(value)) * 1_000_000_000n;
        expect(nanoseconds * 705_600_000n <= exact).toBe(true);
        expect((nanoseconds + 1n) * 705_600_000n > exact).toBe(true);
      }),
    );
  });

  test('survive writing and reading to within one flick', () => {
    fc.assert(
      fc.property(time, (value) => {
        const read = flicksFromDecimalSeconds(decimalSeconds(flicks(value)));
        expect(Math.abs((read ?? Number.NaN) - value)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('seconds as a double come back to the same flick', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (value) => {
        expect(flicksFromSeconds(secondsFromFlicks(flicks(value)))).toBe(value);
      }),
    );
  });
});
