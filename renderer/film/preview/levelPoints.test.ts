import { describe, expect, it } from 'vitest';
import { levelAt } from '#core/render/soundLevel.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { FLICKS_PER_SECOND, flicks, ZERO } from '#core/time/flicks.ts';
import { isCentred, levelPoints } from './levelPoints.ts';

const RATE = 48_000;
const part: SoundPart = {
  clipId: 'a',
  assetId: 'a',
  sourceIn: flicks(0),
  startSample: 1000,
  endSample: 9000,
  gain: 0.5,
  fadeInSamples: 0,
  fadeOutSamples: 0,
};
const both = (sample: number, level: number) => ({ sample, left: level, right: level });

/** What a line through the points comes to at a sample. */
function lineAt(points: ReturnType<typeof levelPoints>, sample: number): number {
  const after = points.findIndex((point) => point.sample >= sample);
  const [a, b] = [points[Math.max(0, after - 1)], points[after]];
  if (a === undefined || b === undefined) throw new RangeError('Outside the line');
  if (a === b) return a.left;
  return a.left + ((b.left - a.left) * (sample - a.sample)) / (b.sample - a.sample);
}

describe('the volume line of a clip', () => {
  it('is level without cross-fades', () => {
    expect(levelPoints(part, 0, 9000, RATE)).toEqual([both(1000, 0.5), both(9000, 0.5)]);
  });

  it('rises and falls straight over the cross-fades', () => {
    const faded = { ...part, fadeInSamples: 2000, fadeOutSamples: 1000 };
    expect(levelPoints(faded, 0, 9000, RATE)).toEqual([
      both(1000, 0),
      both(3000, 0.5),
      both(8000, 0.5),
      both(9000, 0),
    ]);
  });

  it('begins in the middle of a fade at the volume it has there', () => {
    const faded = { ...part, fadeInSamples: 2000 };
    expect(levelPoints(faded, 2000, 9000, RATE)[0]).toEqual(both(2000, 0.25));
  });

  it('adds up to the full volume across a cross-fade of two equal clips', () => {
    const first = (one: SoundPart) => levelPoints(one, 8000, 9000, RATE)[0]?.left ?? 0;
    const out = first({ ...part, fadeOutSamples: 2000 });
    const into = first({ ...part, startSample: 7000, fadeInSamples: 2000 });
    expect(out + into).toBeCloseTo(0.5, 12);
  });

  it('keeps to keyframes, fades and jumps of the level within a hundredth', () => {
    const second = FLICKS_PER_SECOND;
    const moving: SoundPart = {
      ...part,
      startSample: 0,
      endSample: 4 * RATE,
      gain: 1,
      levels: [
        {
          start: ZERO,
          duration: flicks(4 * second),
          fades: { in: flicks(second), out: flicks(second / 2) },
          gainDb: {
            keyframes: [
              { time: ZERO, value: -24, easing: 'linear' },
              { time: flicks(second), value: 0, easing: [0.42, 0, 0.58, 1] },
              { time: flicks(2 * second), value: -12, easing: 'hold' },
              { time: flicks(3 * second), value: 6, easing: 'linear' },
            ],
          },
        },
      ],
    };
    const points = levelPoints(moving, 0, 4 * RATE, RATE);
    for (let sample = 0; sample < 4 * RATE; sample += 97)
      expect(
        Math.abs(lineAt(points, sample) - levelAt(moving, sample - 0.5, RATE).left),
      ).toBeLessThan(0.01);
  });

  it('gives each side its own level', () => {
    const panned: SoundPart = {
      ...part,
      levels: [{ start: ZERO, duration: flicks(FLICKS_PER_SECOND), pan: 0.5 }],
    };
    expect(levelPoints(panned, 0, 9000, RATE)[0]).toEqual({ sample: 1000, left: 0.25, right: 0.5 });
    expect(isCentred(panned)).toBe(false);
    expect(isCentred(part)).toBe(true);
  });
});
