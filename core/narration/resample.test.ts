import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';

function tone(hz: number, sampleRateHz: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(sampleRateHz * seconds) }, (_, index) =>
    Math.sin((2 * Math.PI * hz * index) / sampleRateHz),
  );
}

describe('resample', () => {
  it.each([
    [16_000, 3_000],
    [22_050, 4_000],
    [24_000, 440],
    [48_000, 9_000],
    [96_000, 1_000],
  ])('keeps a tone from %i Hz, in time and level', (fromHz, hz) => {
    const out = resample(tone(hz, fromHz, 0.5), fromHz, 44_100);
    const wanted = tone(hz, 44_100, 0.5);
    expect(out.length).toBe(22_050);
    for (let index = 4_000; index < 18_000; index++)
      expect(Math.abs((out[index] ?? 0) - (wanted[index] ?? 0))).toBeLessThan(2e-4);
  });

  it('keeps what the lower rate cannot have away', () => {
    const out = resample(tone(30_000, 96_000, 0.5), 96_000, 44_100);
    for (const sample of out.subarray(4_000, 18_000)) expect(Math.abs(sample)).toBeLessThan(1e-3);
  });

  it('has samples for all of an odd length', () => {
    expect(resample(new Float32Array(1), 22_050, 44_100).length).toBe(2);
    expect(resample(new Float32Array(7), 48_000, 44_100).length).toBe(7);
    expect(resample(new Float32Array(0), 24_000, 44_100).length).toBe(0);
  });
});
