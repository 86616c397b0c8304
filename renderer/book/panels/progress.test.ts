import { expect, test } from 'vitest';
import { dayOf, daysUpTo, streakOf } from './progress.ts';

test('days follow the calendar, over months and years', () => {
  expect(dayOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  expect(daysUpTo('2026-03-02', 3)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
});

test('a streak counts the days in a row, and today only once enough was written', () => {
  const words = new Map([
    ['2026-03-01', 600],
    ['2026-03-02', 500],
    ['2026-03-03', 20],
  ]);
  expect(streakOf(words, '2026-03-03', 0)).toBe(3);
  expect(streakOf(words, '2026-03-03', 500)).toBe(2);
  expect(streakOf(words, '2026-03-05', 0)).toBe(0);
});
