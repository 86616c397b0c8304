import type { Effect } from '../../model/effects.ts';
import { numberOf } from '../pixelEffects/effectValues.ts';
import { type ClipClock, EffectControls, eachStep } from './effectControls.ts';
import { PeakLimiter } from './peakLimiter.ts';
import type { SoundProcessor, StereoBlock } from './soundProcessor.ts';

const QUIETEST_DB = -140;
const decibels = (level: number) => (level > 1e-7 ? 20 * Math.log10(level) : QUIETEST_DB);
const factor = (gainDb: number) => 10 ** (gainDb / 20);

/** Share of the way that is left after one sample of a smoothing of so many milliseconds. */
function remaining(milliseconds: number, sampleRateHz: number): number {
  return Math.exp(-1_000 / (milliseconds * sampleRateHz));
}

/**
 * A compressor with the gain computer and the smoothing of gains in decibels that Giannoulis, Massberg and Reiss give
 * in “Digital Dynamic Range Compressor Design” (JAES 60/6). Both sides get the gain of the louder one.
 */
export function compressor(effect: Effect, clock: ClipClock): SoundProcessor {
  const { sampleRateHz } = clock;
  const controls = new EffectControls(effect, clock, (values) => [
    numberOf(values, 'threshold'),
    1 / numberOf(values, 'ratio'),
    numberOf(values, 'knee'),
    numberOf(values, 'makeup'),
    numberOf(values, 'mix'),
    remaining(numberOf(values, 'attack'), sampleRateHz),
    remaining(numberOf(values, 'release'), sampleRateHz),
  ]);
  let reduction = 0;
  return gainProcessor(controls, (level, values) => {
    const [threshold = 0, slope = 1, knee = 0, makeup = 0, mix = 1, attack = 0, release = 0] =
      values;
    const wanted = (1 - slope) * overKnee(level - threshold, knee);
    const rest = wanted > reduction ? attack : release;
    reduction = wanted + (reduction - wanted) * rest;
    return 1 - mix + mix * factor(makeup - reduction);
  });
}

/** An expander below the threshold that takes away no more than the reduction. */
export function gate(effect: Effect, clock: ClipClock): SoundProcessor {
  const { sampleRateHz } = clock;
  const controls = new EffectControls(effect, clock, (values) => [
    numberOf(values, 'threshold'),
    numberOf(values, 'ratio'),
    numberOf(values, 'reduction'),
    remaining(numberOf(values, 'attack'), sampleRateHz),
    remaining(numberOf(values, 'release'), sampleRateHz),
  ]);
  // The level falls off slowly, so that the gate does not close between two waves of a low tone.
  const fall = remaining(20, sampleRateHz);
  let reduction = 0;
  let envelope = 0;
  return gainProcessor(controls, (_, values, peak) => {
    const [threshold = 0, ratio = 1, most = 0, attack = 0, release = 0] = values;
    envelope = Math.max(peak, envelope * fall);
    const below = Math.max(0, threshold - decibels(envelope));
    const wanted = Math.min(most, below * (ratio - 1));
    const rest = wanted < reduction ? attack : release;
    reduction = wanted + (reduction - wanted) * rest;
    return factor(-reduction);
  });
}

/** Input gain, then a limiter that looks ahead as long as its attack lasts at its longest. */
export function limiter(effect: Effect, clock: ClipClock): SoundProcessor {
  const { sampleRateHz } = clock;
  const controls = new EffectControls(effect, clock, (values) => [
    factor(numberOf(values, 'input')),
    factor(numberOf(values, 'ceiling')),
    remaining(numberOf(values, 'release'), sampleRateHz),
  ]);
  const peaks = new PeakLimiter(
    Math.max(1, Math.round((longestAttack(effect) * sampleRateHz) / 1_000)),
  );
  return {
    latency: peaks.latency,
    process(block, first) {
      eachStep(block, first, (part, from) => {
        controls.moveTo(from);
        const { values, growth } = controls;
        for (let index = 0; index < part.left.length; index++) {
          const input = (values[0] ?? 1) + (growth[0] ?? 0) * index;
          const ceiling = (values[1] ?? 1) + (growth[1] ?? 0) * index;
          const left = (part.left[index] ?? 0) * input;
          const right = (part.right[index] ?? 0) * input;
          const peak = Math.max(Math.abs(left), Math.abs(right));
          peaks.push(left, right, peak > ceiling ? ceiling / peak : 1, values[2] ?? 0);
          part.left[index] = peaks.left;
          part.right[index] = peaks.right;
        }
      });
    },
  };
}

/** In milliseconds; keyframes of the attack count with the longest. */
function longestAttack({ parameters: { attack = 5 } }: Effect): number {
  const given = typeof attack === 'object' ? attack.keyframes.map(({ value }) => value) : [attack];
  return Math.min(80, Math.max(0.1, ...given.map(Number)));
}

/** How far a level lies over the threshold, by a soft knee of so many decibels about it. */
function overKnee(over: number, knee: number): number {
  if (2 * over <= -knee) return 0;
  if (2 * over >= knee) return over;
  return (over + knee / 2) ** 2 / (2 * knee);
}

/** Multiplies both sides by a gain that follows the level of the louder one. */
function gainProcessor(
  controls: EffectControls,
  gainOf: (levelDb: number, values: Float64Array, peak: number) => number,
): SoundProcessor {
  const values = Float64Array.from(controls.values);
  const apply = (part: StereoBlock) => {
    values.set(controls.values);
    for (let index = 0; index < part.left.length; index++) {
      const left = part.left[index] ?? 0;
      const right = part.right[index] ?? 0;
      const peak = Math.max(Math.abs(left), Math.abs(right));
      const gain = gainOf(decibels(peak), values, peak);
      part.left[index] = left * gain;
      part.right[index] = right * gain;
      for (let each = 0; each < values.length; each++)
        values[each] = (values[each] ?? 0) + (controls.growth[each] ?? 0);
    }
  };
  return {
    latency: 0,
    process(block, first) {
      eachStep(block, first, (part, from) => {
        controls.moveTo(from);
        apply(part);
      });
    },
  };
}
