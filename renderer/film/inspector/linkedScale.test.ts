import { describe, expect, it } from 'vitest';
import { ZERO } from '#core/time/flicks.ts';
import { inProportion } from './linkedScale.ts';

describe('scaling both sides together', () => {
  it('keeps their proportion', () => {
    expect(inProportion(1, { own: 2, other: 3 }, ZERO)).toBe(1.5);
  });

  it('stays within what can be set, and starts anew from nothing', () => {
    expect(inProportion(50, { own: 1, other: 10 }, ZERO)).toBe(100);
    expect(inProportion(2, { own: 0, other: 3 }, ZERO)).toBe(2);
  });
});
