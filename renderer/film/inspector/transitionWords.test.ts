import { expect, it } from 'vitest';
import { rate } from '#core/time/rate.ts';
import { seconds } from '#tests/support/filmFixture.ts';
import { reachFor } from './transitionWords.ts';

it('a longer transition keeps its share before the cut, in whole frames', () => {
  const reach = { before: seconds(0.5), after: seconds(1) };
  expect(reachFor(reach, seconds(3), rate(30))).toEqual({
    before: seconds(1),
    after: seconds(2),
  });
  expect(reachFor(reach, seconds(5 / 30), rate(30))).toEqual({
    before: seconds(2 / 30),
    after: seconds(3 / 30),
  });
});
