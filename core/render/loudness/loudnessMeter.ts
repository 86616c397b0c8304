import type { StereoBlock } from '../soundEffects/soundProcessor.ts';
import { kWeighting } from './kWeighting.ts';
import { TruePeakMeter } from './truePeak.ts';

/** How loud sound is. Nothing above the gate, or sound of less than 0.4 s, is −∞ LUFS. */
export type LoudnessFacts = {
  /** Integrated loudness, LUFS. */
  integratedLufs: number;
  /** Loudness range, LU; 0 where it cannot be told. */
  rangeLu: number;
  /** dBTP. */
  truePeakDb: number;
};

const STEPS_A_SECOND = 10;
/** Steps in the windows of 400 ms and 3 s that loudness is measured in. */
const MOMENTARY = 4;
const SHORT_TERM = 30;
const ABSOLUTE_GATE_LUFS = -70;
const INTEGRATED_GATE_LU = -10;
const RANGE_GATE_LU = -20;

/**
 * Measures stereo sound by ITU-R BS.1770-4 (integrated loudness, true peak) and EBU Tech 3342 (loudness range).
 * What it keeps is a number for each tenth of a second.
 */
export class LoudnessMeter {
  readonly #sampleRateHz: number;
  readonly #weigh: readonly [(samples: Float32Array) => void, (samples: Float32Array) => void];
  readonly #peaks: TruePeakMeter;
  /** Energies of the steps that are complete, by their numbers of samples. */
  readonly #steps: number[] = [];
  #energy = 0;
  #sample = 0;

  constructor(sampleRateHz: number) {
    this.#sampleRateHz = sampleRateHz;
    this.#weigh = [kWeighting(sampleRateHz), kWeighting(sampleRateHz)];
    this.#peaks = new TruePeakMeter(sampleRateHz);
  }

  /** Leaves the block as it is. */
  add(block: StereoBlock): void {
    this.#peaks.add(block);
    const [left, right] = [Float32Array.from(block.left), Float32Array.from(block.right)];
    this.#weigh[0](left);
    this.#weigh[1](right);
    for (let index = 0; index < left.length; ) {
      const end = this.#stepStart(this.#steps.length + 1);
      const stop = Math.min(left.length, index + end - this.#sample);
      this.#sample += stop - index;
      let energy = 0;
      for (; index < stop; index++) {
        energy += (left[index] ?? 0) ** 2 + (right[index] ?? 0) ** 2;
      }
      this.#energy += energy;
      if (this.#sample === end) {
        this.#steps.push(this.#energy / (end - this.#stepStart(this.#steps.length)));
        this.#energy = 0;
      }
    }
  }

  facts(): LoudnessFacts {
    return {
      integratedLufs: integrated(windows(this.#steps, MOMENTARY)),
      rangeLu: range(windows(this.#steps, SHORT_TERM)),
      truePeakDb: 20 * Math.log10(this.#peaks.peak()),
    };
  }

  #stepStart(step: number): number {
    return Math.round((step * this.#sampleRateHz) / STEPS_A_SECOND);
  }
}

/** Mean energies of so many steps in a row, from each step on that has so many after it. */
function windows(steps: readonly number[], length: number): number[] {
  const means: number[] = [];
  for (let last = length; last <= steps.length; last++) {
    let sum = 0;
    for (let step = last - length; step < last; step++) sum += steps[step] ?? 0;
    means.push(sum / length);
  }
  return means;
}

function integrated(energies: readonly number[]): number {
  const loud = energies.filter((energy) => lufs(energy) > ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(loud)) + INTEGRATED_GATE_LU;
  return lufs(mean(loud.filter((energy) => lufs(energy) > gate)));
}

/** From the tenth to the 95th percentile of the short-term loudness that passes the gates. */
function range(energies: readonly number[]): number {
  const loud = energies.filter((energy) => lufs(energy) >= ABSOLUTE_GATE_LUFS);
  const gate = lufs(mean(loud)) + RANGE_GATE_LU;
  const levels = loud
    .map(lufs)
    .filter((level) => level >= gate)
    .sort((a, b) => a - b);
  const at = (share: number) => levels[Math.round(share * (levels.length - 1))] ?? 0;
  return levels.length === 0 ? 0 : at(0.95) - at(0.1);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function lufs(energy: number): number {
  return energy > 0 ? -0.691 + 10 * Math.log10(energy) : Number.NEGATIVE_INFINITY;
}
