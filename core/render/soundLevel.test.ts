import { describe, expect, it } from 'vitest';
import { FLICKS_PER_SECOND, flicks, ZERO } from '../time/flicks.ts';
import { levelAt } from './soundLevel.ts';
import type { SoundPart } from './soundParts.ts';

const part = (start: number, end: number, fadeIn: number, fadeOut: number): SoundPart => ({
  clipId: 'clip',
  assetId: 'asset',
  sourceIn: ZERO,
  startSample: start,
  endSample: end,
  gain: 1,
  fadeInSamples: fadeIn,
  fadeOutSamples: fadeOut,
});

const leftOf = (sound: SoundPart, sample: number) => levelAt(sound, sample, 48_000).left;

describe('fades', () => {
  it('of the two sides of a cross-fade add up to one at every sample', () => {
    const outgoing = part(0, 1_000, 0, 400);
    const incoming = part(600, 2_000, 400, 0);
    for (let sample = 600; sample < 1_000; sample++) {
      expect(leftOf(outgoing, sample) + leftOf(incoming, sample)).toBeCloseTo(1, 12);
    }
  });

  it('leave sound without fades as it is, to its first and last sample', () => {
    const plain = part(10, 20, 0, 0);
    expect(leftOf(plain, 10)).toBe(1);
    expect(leftOf(plain, 19)).toBe(1);
  });
});

describe('levels', () => {
  const second = flicks(FLICKS_PER_SECOND);
  const plain = part(0, 96_000, 0, 0);

  it('balance: the other side goes down in a straight line, the middle leaves both as they are', () => {
    const at = (pan: number) =>
      levelAt({ ...plain, levels: [{ start: ZERO, duration: second, pan }] }, 0, 48_000);
    expect(at(0)).toEqual({ left: 1, right: 1 });
    expect(at(-0.25)).toEqual({ left: 1, right: 0.75 });
    expect(at(1)).toEqual({ left: 0, right: 1 });
  });

  it('keyframes of gain are read in decibels at every sample, from the beginning of the clip', () => {
    const gainDb = {
      keyframes: [
        { time: ZERO, value: -12, easing: 'linear' as const },
        { time: second, value: 0, easing: 'linear' as const },
      ],
    };
    const start = flicks(FLICKS_PER_SECOND / 2);
    const faded = { ...plain, levels: [{ start, duration: second, gainDb }] };
    expect(leftOf(faded, 0)).toBeCloseTo(10 ** (-12 / 20), 6);
    expect(leftOf(faded, 48_000)).toBeCloseTo(10 ** (-6 / 20), 4);
    expect(leftOf(faded, 90_000)).toBeCloseTo(1, 6);
  });

  it('of a clip and of the clips it is nested in are multiplied', () => {
    const fades = { in: second, out: ZERO };
    const level = { start: ZERO, duration: second, fades };
    expect(leftOf({ ...plain, levels: [level, level] }, 24_000)).toBeCloseTo(0.25, 4);
  });
});
