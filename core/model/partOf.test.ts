import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flicks, flicks, ZERO } from '../time/flicks.ts';
import type { Clip, Cue, Graphic } from './entities.ts';
import { valueAt } from './keyframes.ts';
import { partOf } from './partOf.ts';
import { curveRange, rangeAtSpeed, sourceTimeAt } from './sourceRange.ts';

const LENGTH = flicks(1000);
const at = (time: number) => time as Flicks;
const placement = { trackId: 'v', start: ZERO };
const clip: Clip = {
  id: 'clip',
  kind: 'clip',
  name: 'Clip',
  placement,
  assetId: 'film',
  sourceRange: { in: at(500), out: at(1500) },
  fades: { in: at(300), out: at(400) },
  opacity: {
    keyframes: [
      { time: at(100), value: 0, easing: [0.4, 0, 0.6, 1] },
      { time: at(900), value: 1, easing: 'linear' },
    ],
  },
  gainDb: -3,
  effects: [
    {
      id: 'blur',
      effect: 'blur',
      parameters: {
        radius: {
          keyframes: [
            { time: at(0), value: 0, easing: 'linear' },
            { time: at(1000), value: 10, easing: 'linear' },
          ],
        },
        edges: 'black',
      },
    },
  ],
};
const as = (item: Clip, patch: object) => ({ ...item, ...patch }) as Clip;

describe('a part of a clip', () => {
  const cut = fc.integer({ min: 1, max: 999 });
  const ranges = {
    'as recorded': clip.sourceRange,
    slow: rangeAtSpeed(at(500), LENGTH, { num: 1, den: 3 }),
    backwards: rangeAtSpeed(at(5000), LENGTH, { num: -7, den: 2 }),
    frozen: rangeAtSpeed(at(77), LENGTH, { num: 0, den: 1 }),
    'along a curve': curveRange(
      [
        { time: at(-50), source: at(100), easing: [0.3, 0.1, 0.7, 1] },
        { time: at(600), source: at(3000), easing: 'linear' },
        { time: at(1200), source: at(200), easing: 'linear' },
      ],
      LENGTH,
    ),
  };

  test.each(Object.entries(ranges))(
    '%s: both halves look as the whole did',
    (_name, sourceRange) => {
      const whole = { ...clip, sourceRange };
      fc.assert(
        fc.property(cut, fc.integer({ min: 0, max: 999 }), (where, time) => {
          const isLeft = time < where;
          const half = isLeft
            ? as(whole, partOf(whole, ZERO, at(where), 'running'))
            : as(whole, partOf(whole, at(where), LENGTH, 'running'));
          const own = at(isLeft ? time : time - where);
          const shown = sourceTimeAt(half.sourceRange, own);
          expect(Math.abs(shown - sourceTimeAt(sourceRange, at(time)))).toBeLessThanOrEqual(1);
          expect(valueAt(half.opacity ?? 1, own)).toBe(valueAt(whole.opacity ?? 1, at(time)));
          const radius = (of: Clip) => of.effects?.[0]?.parameters['radius'];
          expect(valueAt(radius(half) as never, own)).toBe(
            valueAt(radius(whole) as never, at(time)),
          );
          expect(half.effects?.[0]?.parameters['edges']).toBe('black');
          expect(half.gainDb).toBe(-3);
        }),
      );
    },
  );

  test('has fades that fit into it', () => {
    const fades = (to: number) => as(clip, partOf(clip, ZERO, at(to), 'running')).fades;
    expect(fades(1000)).toEqual({ in: 300, out: 400 });
    expect(fades(500)).toEqual({ in: 300, out: 200 });
    expect(fades(200)).toEqual({ in: 200, out: 0 });
  });

  test('begins at zero where a still picture is shown', () => {
    const still = { ...clip, sourceRange: { in: ZERO, out: LENGTH } };
    expect(partOf(still, at(200), at(700), 'still')).toMatchObject({
      sourceRange: { in: 0, out: 500 },
    });
    expect(partOf(still, at(-200), LENGTH, 'still')).toMatchObject({
      sourceRange: { in: 0, out: 1200 },
    });
  });
});

describe('a part of a title', () => {
  const title: Graphic = {
    id: 'title',
    kind: 'graphic',
    name: 'Title',
    placement,
    duration: LENGTH,
    template: 'title',
    fields: {},
  };

  test('moves within its new length, unless it was part of a whole', () => {
    expect(partOf(title, at(100), at(600), 'running')).toEqual({ duration: 500 });
    const moving = { ...title, motion: { offset: ZERO, duration: LENGTH } };
    expect(partOf(moving, at(100), at(600), 'running')).toEqual({
      duration: 500,
      motion: { offset: 100, duration: 1000 },
    });
  });

  test('that grows beyond the whole makes the whole longer', () => {
    const part = { ...title, duration: at(500), motion: { offset: at(100), duration: LENGTH } };
    expect(partOf(part, at(-300), at(500), 'running')).toEqual({
      duration: 800,
      motion: { offset: 0, duration: 1200 },
    });
    expect(partOf(part, ZERO, at(1200), 'running')).toMatchObject({
      motion: { offset: 100, duration: 1300 },
    });
  });
});

describe('a part of a caption', () => {
  const word = (text: string, start: number, end: number) => ({
    text,
    start: at(start),
    end: at(end),
  });
  const cue: Cue = {
    id: 'cue',
    kind: 'cue',
    placement,
    duration: LENGTH,
    text: 'One two three',
    words: [word('One', 0, 300), word('two', 300, 600), word('three', 600, 1000)],
  };

  test('keeps every word, those that are cut away at its edge', () => {
    expect(partOf(cue, at(400), at(800), 'running')).toEqual({
      duration: 400,
      words: [word('One', 0, 0), word('two', 0, 200), word('three', 200, 400)],
    });
  });

  test('that is only longer has its words where they were', () => {
    expect(partOf(cue, ZERO, at(1500), 'running')).toEqual({ duration: 1500 });
    expect(partOf(cue, at(-100), LENGTH, 'running')).toMatchObject({
      duration: 1100,
      words: [word('One', 100, 400), word('two', 400, 700), word('three', 700, 1100)],
    });
  });
});
