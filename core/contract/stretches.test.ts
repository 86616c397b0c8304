import { expect, it } from 'vitest';
import { joinedStretches, type Stretch } from './stretches.ts';

const stretch = (startFrame: number, endFrame: number, state: Stretch['state']): Stretch => ({
  startFrame,
  endFrame,
  state,
});

it('neighbours in the same state are one stretch', () => {
  expect(
    joinedStretches([stretch(0, 10, 'made'), stretch(10, 12, 'made'), stretch(12, 20, 'waiting')]),
  ).toEqual([stretch(0, 12, 'made'), stretch(12, 20, 'waiting')]);
});

it('a film of thousands of cuts is told in a few hundred, without gaps', () => {
  const many = Array.from({ length: 10_000 }, (_, index) =>
    stretch(index * 3, index * 3 + 3, index % 2 === 0 ? 'made' : 'cached'),
  );
  const told = joinedStretches(many);
  expect(told.length).toBeLessThanOrEqual(240);
  expect(told[0]?.startFrame).toBe(0);
  expect(told.at(-1)?.endFrame).toBe(30_000);
  expect(told.slice(1).every((one, index) => one.startFrame === told[index]?.endFrame)).toBe(true);
});
