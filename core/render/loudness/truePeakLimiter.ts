import { PeakLimiter } from '../soundEffects/peakLimiter.ts';
import type { SoundProcessor } from '../soundEffects/soundProcessor.ts';
import { PEAK_LATENCY, TruePeaks } from './truePeak.ts';

const LOOK_AHEAD_SECONDS = 0.005;
const RELEASE_SECONDS = 0.1;

/** Multiplies sound by `gain`, and takes peaks between samples too down to `ceiling`, both sides alike. */
export function truePeakLimiter(
  sampleRateHz: number,
  { gain, ceiling }: { gain: number; ceiling: number },
): SoundProcessor {
  const limiter = new PeakLimiter(Math.round(LOOK_AHEAD_SECONDS * sampleRateHz));
  const release = Math.exp(-1 / (RELEASE_SECONDS * sampleRateHz));
  const sides = [new TruePeaks(sampleRateHz), new TruePeaks(sampleRateHz)] as const;
  const waiting = { left: new Float32Array(PEAK_LATENCY), right: new Float32Array(PEAK_LATENCY) };
  let before = 0;
  return {
    latency: limiter.latency + PEAK_LATENCY,
    process({ left, right }) {
      const count = left.length;
      for (let index = 0; index < count; index++) {
        left[index] = (left[index] ?? 0) * gain;
        right[index] = (right[index] ?? 0) * gain;
      }
      const peaks = [sides[0].add(left, ceiling), sides[1].add(right, ceiling)] as const;
      const late = { left: joined(waiting.left, left), right: joined(waiting.right, right) };
      waiting.left = late.left.slice(count);
      waiting.right = late.right.slice(count);
      for (let index = 0; index < count; index++) {
        // What lies before a sample is its own too: from the sample before up to it.
        const after = Math.max(peaks[0][index] ?? 0, peaks[1][index] ?? 0);
        const peak = Math.max(before, after);
        before = after;
        const need = peak > ceiling ? ceiling / peak : 1;
        limiter.push(late.left[index] ?? 0, late.right[index] ?? 0, need, release);
        left[index] = limiter.left;
        right[index] = limiter.right;
      }
    },
  };
}

function joined(first: Float32Array, second: Float32Array): Float32Array<ArrayBuffer> {
  const both = new Float32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
