import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { settle } from '../fault.ts';
import { LONGEST_TIME } from './flicks.ts';
import { frameStart, rate } from './rate.ts';
import { resolveTime, timeInputSchema } from './timeInput.ts';
import { formatTimecode } from './timecode.ts';

const NTSC = rate(30000, 1001);

describe('a time as people write it', () => {
  test.each([
    [705_600_000, 705_600_000],
    ['0f', 0],
    ['-0f', 0],
    ['30f', 30 * 23_543_520],
    ['-3f', -3 * 23_543_520],
    ['00:00:01:00', 30 * 23_543_520],
    ['00:01:00;02', 1800 * 23_543_520],
    ['-00:00:00:10', -10 * 23_543_520],
  ])('%s', (input, expected) => {
    expect(timeInputSchema.parse(input)).toBe(input);
    expect(resolveTime(input, NTSC)).toBe(expected);
  });

  test.each(['', '1.5f', 'f', '1', '00:00:61:00', 1.5, Number.NaN, 2 ** 53, null])(
    'not %s',
    (input) => {
      expect(timeInputSchema.safeParse(input).success).toBe(false);
    },
  );

  test('frames and timecode mean the same time', () => {
    fc.assert(
      fc.property(fc.nat(2_000_000), (frame) => {
        const expected = frameStart(frame, NTSC);
        expect(resolveTime(`${frame}f`, NTSC)).toBe(expected);
        expect(resolveTime(formatTimecode(frame, NTSC, 'drop-frame'), NTSC)).toBe(expected);
        expect(resolveTime(formatTimecode(frame, NTSC), NTSC)).toBe(expected);
      }),
    );
  });

  test.each(['00:01:00;00', '00:00:00:30'])(
    '%s is refused where the rate has no such label',
    (input) => {
      expect(settle(() => resolveTime(input, NTSC))).toMatchObject({
        error: { code: 'edit/bad-time' },
      });
    },
  );

  test.each([
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
    LONGEST_TIME + 1,
    '999999999f',
    '999:59:59:00',
  ])('%s is refused as longer than a timeline', (input) => {
    expect(timeInputSchema.safeParse(input).success).toBe(true);
    expect(settle(() => resolveTime(input, rate(1)))).toMatchObject({
      error: { code: 'edit/bad-time' },
    });
  });
});
