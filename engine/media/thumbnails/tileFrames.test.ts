import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tileFrames } from './tileFrames.ts';

const framesAt = (...seconds: number[]) =>
  seconds.map((at, index) => ({ offset: index * 100, size: 100, seconds: at }));

const shown = (seconds: number[], count: number) =>
  tileFrames(framesAt(...seconds), { count, intervalSeconds: 10 }).flatMap((frame) =>
    Array.from({ length: frame.tiles }, () => frame.seconds),
  );

it('are the last frames that start before the middles of tiles', () => {
  expect(shown([0, 4, 14, 15, 22], 3)).toEqual([4, 14, 22]);
});

it('stand for several tiles where there are fewer of them, and the first for those before it', () => {
  expect(shown([12, 31], 6)).toEqual([12, 12, 12, 31, 31, 31]);
  expect(tileFrames(framesAt(0), { count: 4, intervalSeconds: 10 })).toHaveLength(1);
});

it('are none where there is none', () => {
  expect(shown([], 3)).toEqual([]);
});

it('are in order, each once, and one for each tile', () => {
  const times = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1 });
  fc.assert(
    fc.property(times, fc.integer({ min: 1, max: 60 }), (seconds, count) => {
      seconds.sort((a, b) => a - b);
      const wanted = Array.from(
        { length: count },
        (_, tile) => seconds.findLast((at) => at < (tile + 0.5) * 10) ?? seconds[0],
      );
      expect(shown(seconds, count)).toEqual(wanted);
      const found = tileFrames(framesAt(...seconds), { count, intervalSeconds: 10 });
      expect(new Set(found.map(({ offset }) => offset)).size).toBe(found.length);
    }),
  );
});
