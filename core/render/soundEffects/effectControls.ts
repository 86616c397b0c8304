import type { Effect } from '../../model/effects.ts';
import { flicks, FLICKS_PER_SECOND, type Flicks } from '../../time/flicks.ts';
import { type EffectValues, effectValues } from '../pixelEffects/effectValues.ts';
import { partOfBlock, type StereoBlock } from './soundProcessor.ts';

/**
 * Parameters are read this often, at samples whose numbers it divides, and go in straight lines between: about every
 * third of a hundredth of a second, whatever the blocks that the sound comes in.
 */
const STEP = 128;

/** The time of a clip at a sample of the mix. */
export type ClipClock = { start: Flicks; sampleRateHz: number };

/** Calls `work` for each stretch of a block between two readings of the parameters. */
export function eachStep(
  block: StereoBlock,
  first: number,
  work: (part: StereoBlock, from: number) => void,
): void {
  const end = first + block.left.length;
  for (let sample = first; sample < end; ) {
    const next = Math.min(end, (Math.floor(sample / STEP) + 1) * STEP);
    work(partOfBlock(block, sample - first, next - first), sample);
    sample = next;
  }
}

/** The numbers that a processor works with, made from the parameters of an effect, at every sample. */
export class EffectControls {
  readonly #effect: Effect;
  readonly #clock: ClipClock;
  readonly #numbersOf: (values: EffectValues) => readonly number[];
  readonly #isSteady: boolean;
  #begin: Float64Array;
  #end: Float64Array;
  #step = Number.NaN;
  /** The numbers at the sample last moved to, and what they grow by from one sample to the next. */
  readonly values: Float64Array;
  readonly growth: Float64Array;

  constructor(
    effect: Effect,
    clock: ClipClock,
    numbersOf: (values: EffectValues) => readonly number[],
  ) {
    this.#effect = effect;
    this.#clock = clock;
    this.#numbersOf = numbersOf;
    this.#isSteady = !isAnimated(effect);
    this.#begin = this.#at(0);
    this.#end = this.#begin;
    this.values = Float64Array.from(this.#begin);
    this.growth = new Float64Array(this.#begin.length);
  }

  /** Sets `values` and `growth` for the samples from this one to the next reading. */
  moveTo(sample: number): void {
    if (this.#isSteady) return;
    const step = Math.floor(sample / STEP);
    if (step !== this.#step) {
      this.#begin = step === this.#step + 1 ? this.#end : this.#at(step * STEP);
      this.#end = this.#at((step + 1) * STEP);
      this.#step = step;
    }
    const gone = sample - step * STEP;
    for (let index = 0; index < this.values.length; index++) {
      const from = this.#begin[index] ?? 0;
      const growth = ((this.#end[index] ?? 0) - from) / STEP;
      this.growth[index] = growth;
      this.values[index] = from + growth * gone;
    }
  }

  #at(sample: number): Float64Array {
    const { start, sampleRateHz } = this.#clock;
    const time = flicks(Math.round((sample * FLICKS_PER_SECOND) / sampleRateHz) - start);
    const values = effectValues(this.#effect, time);
    return Float64Array.from(values === null ? [] : this.#numbersOf(values));
  }
}

/** Whether any parameter of an effect has keyframes. */
export function isAnimated(effect: Effect): boolean {
  return Object.values(effect.parameters).some((value) => typeof value === 'object');
}
