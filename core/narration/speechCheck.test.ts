import { describe, expect, it } from 'vitest';
import { speechFlaw, trimSilence } from './speechCheck.ts';

const HZ = 22_050;

/** A buzz with silence around it, in seconds. */
function sound(before: number, loud: number, after: number): Float32Array {
  const samples = new Float32Array(Math.round((before + loud + after) * HZ));
  for (let index = 0; index < Math.round(loud * HZ); index++)
    samples[Math.round(before * HZ) + index] = index % 2 === 0 ? 0.3 : -0.3;
  return samples;
}

const flawOf = (text: string, samples: Float32Array) =>
  speechFlaw(text, trimSilence(samples, HZ), HZ);

describe('the sound of a sentence', () => {
  it('is cut to where it is heard, with a little around', () => {
    const seconds = trimSilence(sound(1, 2, 3), HZ).length / HZ;
    expect(seconds).toBeGreaterThan(2.04);
    expect(seconds).toBeLessThan(2.08);
  });

  it('is a fault when there is nothing to hear', () => {
    expect(flawOf('A sentence.', new Float32Array(HZ))).toBe('silent');
    expect(flawOf('A sentence.', new Float32Array(0))).toBe('silent');
    expect(flawOf('A sentence.', new Float32Array(HZ).fill(0.001))).toBe('silent');
  });

  it('is a fault when most of it is missing, or it will not end', () => {
    const text = 'This is a sentence of some length, which nobody speaks in no time at all.';
    expect(flawOf(text, sound(0, 5, 0))).toBeNull();
    expect(flawOf(text, sound(0, 0.3, 0))).toBe('too-short');
    expect(flawOf(text, sound(0, 120, 0))).toBe('too-long');
  });

  it('is a fault when it is a hole with two ends', () => {
    const samples = new Float32Array(10 * HZ);
    samples.set(sound(0, 1, 0), 0);
    samples.set(sound(0, 1, 0), 9 * HZ);
    expect(flawOf('A sentence that goes silent in its middle.', samples)).toBe('mostly-silent');
  });

  it('may be short for a short word and long for a number', () => {
    expect(flawOf('Oh!', sound(0, 0.2, 0))).toBeNull();
    expect(flawOf('1,234,567.', sound(0, 6, 0))).toBeNull();
  });
});
