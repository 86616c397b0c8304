import { describe, expect, it } from 'vitest';
import { curveRange, rangeAtSpeed } from '#core/model/sourceRange.ts';
import { flicks } from '#core/time/flicks.ts';
import { isReversed, percentText, shownEnds, speedPercent } from './speed.ts';

const at = (num: number, den: number) => rangeAtSpeed(flicks(600), flicks(100), { num, den });

describe('how fast a clip plays', () => {
  it('is in per cent, whichever way', () => {
    expect(speedPercent(at(1, 1))).toBe(100);
    expect(speedPercent(at(-1, 3))).toBe(33.3333);
    expect(isReversed(at(-1, 3))).toBe(true);
    expect(speedPercent(at(0, 1))).toBe(0);
  });

  it('is no one number along a curve', () => {
    const keys = [0, 100].map((time) => ({
      time: flicks(time),
      source: flicks(time * time),
      easing: 'linear' as const,
    }));
    expect(speedPercent(curveRange(keys, flicks(100)))).toBeNull();
  });

  it('is written as commands take it', () => {
    expect(percentText(33.33333)).toBe('33.3333%');
    expect(percentText(200)).toBe('200%');
  });

  it('shows the source from its end when it runs backwards', () => {
    expect(shownEnds(at(-2, 1))).toEqual({ from: 600, to: 400 });
  });
});
