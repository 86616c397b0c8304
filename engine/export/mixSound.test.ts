import { describe, expect, it } from 'vitest';
import type { SoundPart } from '#core/render/soundParts.ts';
import { ZERO } from '#core/time/flicks.ts';
import { fadeFactor } from './mixSound.ts';

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

describe('fades', () => {
  it('of the two sides of a cross-fade add up to one at every sample', () => {
    const outgoing = part(0, 1_000, 0, 400);
    const incoming = part(600, 2_000, 400, 0);
    for (let sample = 600; sample < 1_000; sample++) {
      expect(fadeFactor(outgoing, sample) + fadeFactor(incoming, sample)).toBeCloseTo(1, 12);
    }
  });

  it('leave sound without fades as it is, to its first and last sample', () => {
    const plain = part(10, 20, 0, 0);
    expect(fadeFactor(plain, 10)).toBe(1);
    expect(fadeFactor(plain, 19)).toBe(1);
  });
});
