import { describe, expect, it } from 'vitest';
import { curveOf, easingName, easingNamed } from './easingWords.ts';

describe('the names of easings', () => {
  it('are those of the curves that have one', () => {
    expect(easingName('hold')).toBe('hold');
    expect(easingName([0.42, 0, 0.58, 1])).toBe('ease-in-out');
    expect(easingName([0.1, 0, 0.58, 1])).toBe('custom');
  });

  it('give the easing back, and a curve of its own for one’s own', () => {
    expect(easingNamed('ease-out')).toEqual([0, 0, 0.58, 1]);
    expect(easingName(easingNamed('custom'))).toBe('custom');
  });

  it('draw an even way as a straight line', () => {
    expect(curveOf('linear')).toEqual([0, 0, 1, 1]);
  });
});
