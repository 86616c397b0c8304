import { expect, it } from 'vitest';
import { TimeLeft } from './timeLeft.ts';

it('says nothing before it has seen a second of work', () => {
  const left = new TimeLeft();
  expect(left.note(0, 0)).toBeUndefined();
  expect(left.note(0.1, 500)).toBeUndefined();
  expect(left.note(0.1, 900)).toBeUndefined();
});

it('follows a steady pace', () => {
  const left = new TimeLeft();
  left.note(0, 0);
  expect(left.note(0.1, 2_000)).toBe(18_000);
  expect(left.note(0.5, 10_000)).toBe(10_000);
});

it('forgets what came from the cache in an instant', () => {
  const left = new TimeLeft();
  left.note(0, 0);
  left.note(0.8, 100);
  for (let second = 1; second <= 30; second++) left.note(0.8 + second * 0.001, second * 1_000);
  // What is left is 0.17 at 0.001 a second, not the fraction of a second that the cache would promise.
  expect(left.note(0.831, 31_000)).toBeCloseTo(169_000, -3);
});

it('begins anew when work is counted from a new beginning', () => {
  const left = new TimeLeft();
  left.note(0.5, 0);
  left.note(0.9, 2_000);
  expect(left.note(0.1, 3_000)).toBeUndefined();
  expect(left.note(0.2, 5_000)).toBe(16_000);
});
