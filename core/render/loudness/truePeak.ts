import type { StereoBlock } from '../soundEffects/soundProcessor.ts';

/** Taps of each of the filters that find the values between two samples. */
const TAPS = 32;
const HALF = TAPS / 2;
/** Sidelobes some 80 dB down. */
const KAISER_BETA = 8;
/** Samples that are looked at together for whether anything in them can be high. */
const CHUNK = 32;

/** By how many samples the peaks that `TruePeaks` tells are late. */
export const PEAK_LATENCY: number = HALF;

/**
 * The highest level of the waveform at and after each sample of one side, up to the next: the samples themselves and
 * values between, as many as make four for each sample at 48 kHz (ITU-R BS.1770-4, annex 2).
 */
export class TruePeaks {
  readonly #phases: readonly Float64Array[];
  /** What a filter can make of samples that are all 1 at most. */
  readonly #most: number;
  #history = new Float64Array(TAPS);

  constructor(sampleRateHz: number) {
    const factor = sampleRateHz > 96_000 ? 1 : sampleRateHz > 48_000 ? 2 : 4;
    this.#phases = Array.from({ length: factor - 1 }, (_, index) =>
      interpolator((index + 1) / factor),
    );
    const sums = this.#phases.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0));
    this.#most = Math.max(1, ...sums);
  }

  /**
   * Gives a level for each sample from `PEAK_LATENCY` samples before on. Levels that cannot be over `floor` are only
   * those of the samples themselves, which is much quicker.
   */
  add(samples: Float32Array, floor: number): Float32Array {
    const count = samples.length;
    const sound = new Float64Array(TAPS + count);
    sound.set(this.#history);
    sound.set(samples, TAPS);
    this.#history = sound.slice(count);
    const peaks = new Float32Array(count);
    for (let from = 0; from < count; from += CHUNK) {
      const to = Math.min(count, from + CHUNK);
      const isLow = highest(sound, from + 1, to + TAPS) * this.#most <= floor;
      for (let index = from; index < to; index++) {
        let peak = Math.abs(sound[index + HALF] ?? 0);
        if (!isLow)
          for (const taps of this.#phases) peak = Math.max(peak, between(sound, index + 1, taps));
        peaks[index] = peak;
      }
    }
    return peaks;
  }
}

function highest(sound: Float64Array, from: number, to: number): number {
  let most = 0;
  for (let index = from; index < to; index++) {
    const level = Math.abs(sound[index] as number);
    if (level > most) most = level;
  }
  return most;
}

function between(sound: Float64Array, from: number, taps: Float64Array): number {
  let sum = 0;
  for (let tap = 0; tap < TAPS; tap++) sum += (sound[from + tap] as number) * (taps[tap] as number);
  return Math.abs(sum);
}

/** A windowed sinc that finds the value at a share of the way from the sample before the middle to the next. */
function interpolator(share: number): Float64Array {
  const taps = Float64Array.from({ length: TAPS }, (_, tap) => {
    const distance = tap - (HALF - 1) - share;
    const x = Math.PI * distance;
    const sinc = Math.abs(x) < 1e-12 ? 1 : Math.sin(x) / x;
    const inside = 1 - (distance / HALF) ** 2;
    return sinc * (bessel(KAISER_BETA * Math.sqrt(Math.max(0, inside))) / bessel(KAISER_BETA));
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

/** The modified Bessel function of the first kind and order 0, by its series. */
function bessel(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / 2 / k) ** 2;
    sum += term;
  }
  return sum;
}

/** The highest level of stereo sound. */
export class TruePeakMeter {
  readonly #left: TruePeaks;
  readonly #right: TruePeaks;
  #peak = 0;

  constructor(sampleRateHz: number) {
    [this.#left, this.#right] = [new TruePeaks(sampleRateHz), new TruePeaks(sampleRateHz)];
  }

  add({ left, right }: StereoBlock): void {
    for (const peaks of [this.#left.add(left, this.#peak), this.#right.add(right, this.#peak)]) {
      for (const peak of peaks) if (peak > this.#peak) this.#peak = peak;
    }
  }

  /** 0 for silence; what came last is waited for. */
  peak(): number {
    const rest = new Float32Array(2 * TAPS);
    this.add({ left: rest, right: rest });
    return this.#peak;
  }
}
