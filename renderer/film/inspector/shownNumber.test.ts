import { describe, expect, it } from 'vitest';
import {
  CLIP_NUMBERS,
  fromShown,
  shownInPixels,
  shownInUnit,
  shownText,
  toShown,
} from './shownNumber.ts';

describe('numbers as the inspector shows them', () => {
  it('shows shares in per cent and takes them back exactly', () => {
    expect(toShown(0.07, CLIP_NUMBERS.opacity)).toBe(7);
    expect(fromShown(7, CLIP_NUMBERS.opacity)).toBe(0.07);
  });

  it('shows positions in pixels of the frame', () => {
    const shown = shownInPixels(1920);
    expect(toShown(0.25, shown)).toBe(480);
    expect(fromShown(-96, shown)).toBe(-0.05);
  });

  it('has as many decimals as the steps need, and no zeros that say nothing', () => {
    expect(shownInUnit('decibels', 0.1)).toMatchObject({ unit: 'dB', step: 0.1, digits: 1 });
    expect(shownInUnit('share', 0.005)).toMatchObject({ unit: '%', step: 0.5, digits: 2 });
    expect(shownInUnit('kelvin', 50)).toMatchObject({ unit: 'K', step: 50, digits: 0 });
    expect(shownText(33.333, { digits: 1 })).toBe('33.3');
    expect(shownText(100, { digits: 1 })).toBe('100');
    expect(shownText(-0.01, { digits: 1 })).toBe('0');
  });
});
