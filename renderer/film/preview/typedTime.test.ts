import { describe, expect, it } from 'vitest';
import { rate } from '#core/time/rate.ts';
import { seconds } from '#tests/support/filmFixture.ts';
import { typedTime } from './typedTime.ts';

describe('a time as it is typed', () => {
  const typed = (text: string) => typedTime(text, rate(30), seconds(10));

  it.each([
    ['00:00:04:12', 4 + 12 / 30],
    ['4:12', 4 + 12 / 30],
    ['1:02:03', 62 + 3 / 30],
    ['412', 4 + 12 / 30],
    ['10203', 62 + 3 / 30],
    ['15', 15 / 30],
    ['120f', 4],
    ['4.5s', 4.5],
    ['4,5s', 4.5],
    ['+1s', 11],
    ['-30f', 9],
    ['-99s', 0],
  ])('%s', (text, expected) => {
    expect(typed(text)).toBe(seconds(expected));
  });

  it.each(['', 'soon', '4:30', '1:99:00:00', '1:2:3:4:5', '++3f'])('“%s” is no time', (text) => {
    expect(typed(text)).toBeNull();
  });
});
