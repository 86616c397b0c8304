import { describe, expect, it } from 'vitest';
import { flicks } from '#core/time/flicks.ts';
import { partGains } from './partGains.ts';

const part = {
  clipId: 'a',
  assetId: 'a',
  sourceIn: flicks(0),
  startSample: 1000,
  endSample: 9000,
  gain: 0.5,
  fadeInSamples: 0,
  fadeOutSamples: 0,
};

describe('the volume line of a clip', () => {
  it('is level without cross-fades', () => {
    expect(partGains(part, 0)).toEqual([
      { sample: 1000, gain: 0.5 },
      { sample: 9000, gain: 0.5 },
    ]);
  });

  it('rises and falls straight over the cross-fades', () => {
    expect(partGains({ ...part, fadeInSamples: 2000, fadeOutSamples: 1000 }, 0)).toEqual([
      { sample: 1000, gain: 0 },
      { sample: 3000, gain: 0.5 },
      { sample: 8000, gain: 0.5 },
      { sample: 9000, gain: 0 },
    ]);
  });

  it('begins in the middle of a fade at the volume it has there', () => {
    expect(partGains({ ...part, fadeInSamples: 2000 }, 2000)[0]).toEqual({
      sample: 2000,
      gain: 0.25,
    });
  });

  it('adds up to the full volume across a cross-fade of two equal clips', () => {
    const out = partGains({ ...part, fadeOutSamples: 2000 }, 8000)[0]?.gain ?? 0;
    const into = partGains({ ...part, startSample: 7000, fadeInSamples: 2000 }, 8000)[0]?.gain ?? 0;
    expect(out + into).toBeCloseTo(0.5, 12);
  });
});
