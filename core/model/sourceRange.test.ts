import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flicks, FLICKS_PER_SECOND, flicks, LONGEST_TIME, ZERO } from '../time/flicks.ts';
import {
  curveRange,
  rangeAtSpeed,
  rangeDuration,
  type SourceRange,
  slipRange,
  sliceRange,
  sourceRangeSchema,
  sourceTimeAt,
  spareTime,
  type TimeKey,
} from './sourceRange.ts';

const SECOND = FLICKS_PER_SECOND;
const time = (value: number) => flicks(value);
const seconds = (value: number) => flicks(Math.round(value * SECOND));

const share = fc.double({ min: 0, max: 1, noNaN: true });
const easing = fc.oneof(fc.constant('linear' as const), fc.tuple(share, share, share, share));
/** Up to `longest` flicks, often few and often nearly all. */
const upTo = (longest: number) =>
  fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: longest }));
const speed = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
  .filter(([num, den]) => num !== den)
  .map(([num, den]) => ({ num, den }));

const constant = (longest: number) =>
  fc
    .tuple(upTo(longest), upTo(longest), speed)
    .map(([from, duration, at]) => rangeAtSpeed(time(from), time(duration), at));
const plain = (longest: number) =>
  fc
    .tuple(upTo(longest), upTo(longest))
    .map(([from, duration]) => ({ in: time(from), out: time(from + duration) }));
/** Keys before, inside and past the clip; runs backwards as often as forwards. */
const curve = (longest: number) =>
  fc
    .tuple(
      upTo(longest),
      fc.uniqueArray(fc.integer({ min: -longest, max: 2 * longest }), {
        minLength: 2,
        maxLength: 8,
      }),
      fc.infiniteStream(fc.tuple(fc.integer({ min: 0, max: longest }), easing)),
    )
    .map(([duration, times, rest]) => {
      const keys = times
        .sort((a, b) => a - b)
        .map((at): TimeKey => {
          const [source, along] = rest.next().value as [number, TimeKey['easing']];
          return { time: time(at), source: time(source), easing: along };
        });
      return curveRange(keys, time(duration));
    });
const anyRange = (longest: number) =>
  fc.oneof(plain(longest), constant(longest), curve(longest)) as fc.Arbitrary<SourceRange>;

const MINUTE = 60 * SECOND;

describe('slicing a range', () => {
  test.each([
    ['a minute', MINUTE],
    ['30 days', LONGEST_TIME],
  ])('anywhere in %s shows what the whole shows, within one flick', (_name, longest) => {
    fc.assert(
      fc.property(anyRange(longest), share, share, (range, cut, moment) => {
        const duration = rangeDuration(range);
        const at = time(Math.floor(duration * cut));
        const [left, right] = [sliceRange(range, ZERO, at), sliceRange(range, at, duration)];
        expect(rangeDuration(left) + rangeDuration(right)).toBe(duration);
        const offset = Math.floor(duration * moment);
        const shown =
          offset < at ? sourceTimeAt(left, time(offset)) : sourceTimeAt(right, flicks(offset - at));
        expect(Math.abs(shown - sourceTimeAt(range, time(offset)))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('and extending it again gives it back, within one flick', () => {
    fc.assert(
      fc.property(anyRange(MINUTE), share, share, (range, first, second) => {
        const duration = rangeDuration(range);
        const [from, to] = [first, second]
          .sort((a, b) => a - b)
          .map((part) => Math.floor(duration * part)) as [number, number];
        const part = sliceRange(range, time(from), time(to));
        const again = sliceRange(part, flicks(-from), flicks(duration - from));
        expect(rangeDuration(again)).toBe(duration);
        expect(again.retime?.kind).toBe(range.retime?.kind);
        expect(Math.abs(again.in - range.in)).toBeLessThanOrEqual(1);
        expect(Math.abs(again.out - range.out)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('always gives a range that can be stored and whose ends enclose all it shows', () => {
    fc.assert(
      fc.property(anyRange(MINUTE), share, share, (range, cut, moment) => {
        const duration = rangeDuration(range);
        const part = sliceRange(range, time(Math.floor(duration * cut)), duration);
        expect(sourceRangeSchema.safeParse(part).error).toBeUndefined();
        const shown = sourceTimeAt(part, time(Math.floor(rangeDuration(part) * moment)));
        expect(shown).toBeGreaterThanOrEqual(part.in);
        expect(shown).toBeLessThanOrEqual(part.out);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a constant speed', () => {
  test('shows twice as much source, half as much, none, or the source from its end', () => {
    const at = (num: number, den: number) => rangeAtSpeed(seconds(10), seconds(4), { num, den });
    expect(at(1, 1)).toEqual({ in: seconds(10), out: seconds(14) });
    expect(at(2, 1)).toMatchObject({ in: seconds(10), out: seconds(18) });
    expect(at(1, 2)).toMatchObject({ in: seconds(10), out: seconds(12) });
    expect(at(0, 1)).toMatchObject({ in: seconds(10), out: seconds(10) });
    expect(at(-1, 1)).toMatchObject({ in: seconds(6), out: seconds(10) });
    expect(sourceTimeAt(at(-1, 1), seconds(1))).toBe(seconds(9));
    expect(sourceTimeAt(at(0, 1), seconds(3))).toBe(seconds(10));
  });

  test('is exact where doubles are not', () => {
    fc.assert(
      fc.property(upTo(LONGEST_TIME), speed, (offset, { num, den }) => {
        const range = rangeAtSpeed(ZERO, time(offset), { num, den });
        const source = sourceTimeAt(
          {
            in: ZERO,
            out: ZERO,
            retime: { kind: 'constant', duration: ZERO, speed: { num, den } },
          },
          time(offset),
        );
        const limit = BigInt(2 * LONGEST_TIME);
        const twice = 2n * BigInt(source) * BigInt(den) - 2n * BigInt(offset) * BigInt(num);
        const isCut = BigInt(offset) * BigInt(Math.abs(num)) >= limit * BigInt(den);
        expect(isCut || (twice <= den && twice >= -den)).toBe(true);
        expect(range.out - range.in).toBeLessThanOrEqual(2 * LONGEST_TIME);
      }),
      { numRuns: 1000 },
    );
  });

  test('of a thousand and of a thousandth lasts for 30 days', () => {
    const slow = rangeAtSpeed(ZERO, LONGEST_TIME, { num: 1, den: 1000 });
    expect(slow.out).toBe(LONGEST_TIME / 1000);
    const fast = rangeAtSpeed(ZERO, time(LONGEST_TIME / 1000), { num: 1000, den: 1 });
    expect(fast.out).toBe(LONGEST_TIME);
  });
});

describe('a curve of time', () => {
  const key = (at: number, source: number, along: TimeKey['easing'] = 'linear'): TimeKey => ({
    time: seconds(at),
    source: seconds(source),
    easing: along,
  });

  test('shows each key’s own source at its time, exactly', () => {
    fc.assert(
      fc.property(curve(LONGEST_TIME), (range) => {
        if (range.retime?.kind !== 'curve') throw new Error('not a curve');
        for (const each of range.retime.keys)
          expect(sourceTimeAt(range, each.time)).toBe(each.source);
      }),
    );
  });

  test('runs evenly, backwards and on beyond its outermost keys', () => {
    const range = curveRange([key(1, 5), key(2, 9), key(4, 3)], seconds(6));
    const shown = [0, 1, 1.5, 2, 3, 4, 5].map((at) => sourceTimeAt(range, seconds(at)) / SECOND);
    expect(shown).toEqual([1, 5, 7, 9, 6, 3, 0]);
    expect([range.in / SECOND, range.out / SECOND]).toEqual([-3, 9]);
  });

  test('ends with what it shows, not with keys that trims have hidden', () => {
    const range = curveRange([key(-1, 0), key(0, 4), key(3, 7), key(5, 20)], seconds(3));
    expect([range.in / SECOND, range.out / SECOND]).toEqual([4, 7]);
  });

  test('eases as an independent evaluation of the Bézier curve says', () => {
    fc.assert(
      fc.property(fc.tuple(share, share, share, share), share, (points, progress) => {
        const duration = seconds(100);
        const range = curveRange(
          [
            { time: ZERO, source: ZERO, easing: points },
            { time: duration, source: duration, easing: 'linear' },
          ],
          duration,
        );
        const at = Math.floor(duration * progress);
        const source = sourceTimeAt(range, time(at));
        // The point of the curve that is nearest in time, walked along in small steps, brackets the answer.
        const [x1, y1, x2, y2] = points;
        const steps = 4000;
        let below = 0;
        let above = 1;
        for (let step = 0; step <= steps; step++) {
          const t = step / steps;
          const u = 1 - t;
          const x = 3 * u * u * t * x1 + 3 * u * t * t * x2 + t ** 3;
          const y = 3 * u * u * t * y1 + 3 * u * t * t * y2 + t ** 3;
          if (x <= at / duration) below = Math.max(below, y);
          if (x >= at / duration) above = Math.min(above, y);
        }
        expect(source / duration).toBeGreaterThanOrEqual(below - 1e-6);
        expect(source / duration).toBeLessThanOrEqual(above + 1e-6);
      }),
      { numRuns: 100 },
    );
  });

  test('is stored only with its keys in order, evenly or without overshooting', () => {
    const stored = (...keys: TimeKey[]) =>
      sourceRangeSchema.safeParse({
        in: 0,
        out: 0,
        retime: { kind: 'curve', duration: seconds(1), keys },
      }).success;
    expect(stored(key(0, 0), key(1, 1))).toBe(true);
    expect(stored(key(1, 0), key(1, 1))).toBe(false);
    expect(stored(key(2, 0), key(1, 1))).toBe(false);
    expect(stored(key(0, 0, 'hold'), key(1, 1))).toBe(false);
    expect(stored(key(0, 0, [0, 1.5, 1, 1]), key(1, 1))).toBe(false);
  });
});

describe('slipping', () => {
  test('shows everything as much later', () => {
    fc.assert(
      fc.property(anyRange(MINUTE), upTo(MINUTE), share, (range, by, moment) => {
        const slipped = slipRange(range, time(by));
        const offset = time(Math.floor(rangeDuration(range) * moment));
        expect(rangeDuration(slipped)).toBe(rangeDuration(range));
        const moved = sourceTimeAt(slipped, offset) - sourceTimeAt(range, offset);
        expect(Math.abs(moved - by)).toBeLessThanOrEqual(range.retime?.kind === 'curve' ? 1 : 0);
        expect([slipped.in - range.in, slipped.out - range.out]).toEqual([by, by]);
      }),
    );
  });
});

describe('spare time', () => {
  /** How far one can go outwards from an edge before a moment is missing, step by step. */
  function bruteForce(range: SourceRange, edge: 'head' | 'tail', end: Flicks, most: number) {
    const start = edge === 'head' ? 0 : rangeDuration(range);
    for (let step = 1; step <= most; step++) {
      const at = sourceTimeAt(range, flicks(start + (edge === 'head' ? -step : step)));
      if (at < 0 || at > end) return step - 1;
    }
    return most;
  }

  test('is what going outwards flick by flick finds', () => {
    fc.assert(
      fc.property(anyRange(300), fc.integer({ min: 0, max: 400 }), (range, length) => {
        const available = { in: ZERO, out: time(Math.max(length, range.out)) };
        if (range.in < 0) return;
        const spare = spareTime(range, available);
        for (const edge of ['head', 'tail'] as const) {
          expect(Math.min(2000, spare[edge])).toBe(bruteForce(range, edge, available.out, 2000));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('has no end for a frozen frame, and swaps its ends when time runs backwards', () => {
    const media = { in: ZERO, out: seconds(60) };
    const frozen = rangeAtSpeed(seconds(10), seconds(2), { num: 0, den: 1 });
    expect(spareTime(frozen, media)).toEqual({ head: Infinity, tail: Infinity });
    const backwards = rangeAtSpeed(seconds(20), seconds(5), { num: -2, den: 1 });
    const spare = spareTime(backwards, media);
    expect([spare.head, spare.tail]).toEqual([seconds(20), seconds(5)]);
  });

  test('is none where the clip lies outside its media already', () => {
    const beyond = rangeAtSpeed(seconds(70), seconds(2), { num: 1, den: 2 });
    expect(spareTime(beyond, { in: ZERO, out: seconds(60) })).toEqual({ head: 0, tail: 0 });
  });
});
