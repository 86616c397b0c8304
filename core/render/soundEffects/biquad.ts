import type { ClipClock } from './effectControls.ts';
import { EffectControls, eachStep } from './effectControls.ts';
import type { EffectValues } from '../pixelEffects/effectValues.ts';
import type { Effect } from '../../model/effects.ts';
import type { SoundProcessor, StereoBlock } from './soundProcessor.ts';

/** b0, b1, b2, a1, a2 of a filter of second order, divided by a0. */
export type BiquadCoefficients = readonly [number, number, number, number, number];

export type BiquadShape = 'highPass' | 'lowPass' | 'lowShelf' | 'highShelf' | 'bell' | 'notch';

const NUMBERS = 5;
const THROUGH: BiquadCoefficients = [1, 0, 0, 0, 0];

/**
 * Coefficients by the formulas of R. Bristow-Johnson’s “Cookbook formulae for audio EQ biquad filter coefficients”.
 * `gainDb` counts for shelves and bells only. Frequencies near half the sample rate and beyond are held below it.
 */
export function biquadCoefficients(
  shape: BiquadShape,
  sampleRateHz: number,
  filter: { hertz: number; q: number; gainDb?: number },
): BiquadCoefficients {
  const { gainDb = 0 } = filter;
  const omega = 2 * Math.PI * Math.min(0.49, filter.hertz / sampleRateHz);
  const [cos, alpha] = [Math.cos(omega), Math.sin(omega) / (2 * filter.q)];
  const a = 10 ** (gainDb / 40);
  switch (shape) {
    case 'lowPass':
      return divided([(1 - cos) / 2, 1 - cos, (1 - cos) / 2], [1 + alpha, -2 * cos, 1 - alpha]);
    case 'highPass':
      return divided([(1 + cos) / 2, -1 - cos, (1 + cos) / 2], [1 + alpha, -2 * cos, 1 - alpha]);
    case 'notch':
      return divided([1, -2 * cos, 1], [1 + alpha, -2 * cos, 1 - alpha]);
    case 'bell':
      return divided(
        [1 + alpha * a, -2 * cos, 1 - alpha * a],
        [1 + alpha / a, -2 * cos, 1 - alpha / a],
      );
    case 'lowShelf':
      return shelf(a, alpha, cos);
    case 'highShelf': {
      const [b0, b1, b2, a1, a2] = shelf(a, alpha, -cos);
      return [b0, -b1, b2, -a1, a2];
    }
  }
}

function shelf(a: number, alpha: number, cos: number): BiquadCoefficients {
  const root = 2 * Math.sqrt(a) * alpha;
  return divided(
    [
      a * (a + 1 - (a - 1) * cos + root),
      2 * a * (a - 1 - (a + 1) * cos),
      a * (a + 1 - (a - 1) * cos - root),
    ],
    [a + 1 + (a - 1) * cos + root, -2 * (a - 1 + (a + 1) * cos), a + 1 + (a - 1) * cos - root],
  );
}

function divided(
  [b0, b1, b2]: readonly [number, number, number],
  [a0, a1, a2]: readonly [number, number, number],
): BiquadCoefficients {
  return [b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0];
}

/**
 * Filters one after the other. Between two readings of the parameters the coefficients go in straight lines; the
 * coefficients of stable filters are a triangle, so that all between them are stable too.
 */
export function biquadChain(
  effect: Effect,
  clock: ClipClock,
  coefficientsOf: (values: EffectValues) => readonly BiquadCoefficients[],
): SoundProcessor {
  const controls = new EffectControls(effect, clock, (values) => coefficientsOf(values).flat());
  const count = controls.values.length / NUMBERS;
  const states = Array.from({ length: count }, () => ({
    left: new Float64Array(2),
    right: new Float64Array(2),
  }));
  return {
    latency: 0,
    process(block, first) {
      eachStep(block, first, (part, from) => {
        controls.moveTo(from);
        states.forEach((state, index) => {
          runBiquad(part, state, controls, index * NUMBERS);
        });
      });
    },
  };
}

function runBiquad(
  part: StereoBlock,
  state: { left: Float64Array; right: Float64Array },
  controls: EffectControls,
  at: number,
): void {
  const own = controls.values.subarray(at, at + NUMBERS);
  const growth = controls.growth.subarray(at, at + NUMBERS);
  const isSteady = growth.every((value) => value === 0);
  if (isSteady && own.every((value, index) => value === THROUGH[index]) && isAtRest(state)) return;
  filterSide(part.left, state.left, own, growth);
  filterSide(part.right, state.right, own, growth);
}

function isAtRest({ left, right }: { left: Float64Array; right: Float64Array }): boolean {
  return left.every((value) => value === 0) && right.every((value) => value === 0);
}

/** Transposed direct form II, in double precision. */
export function filterSide(
  samples: Float32Array,
  state: Float64Array,
  coefficients: ArrayLike<number>,
  growth?: ArrayLike<number>,
): void {
  let [b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0] = Array.from(coefficients);
  const [g0 = 0, g1 = 0, g2 = 0, h1 = 0, h2 = 0] = growth === undefined ? [] : Array.from(growth);
  let z1 = state[0] ?? 0;
  let z2 = state[1] ?? 0;
  for (let index = 0; index < samples.length; index++) {
    const input = samples[index] as number;
    const output = b0 * input + z1;
    z1 = b1 * input - a1 * output + z2;
    z2 = b2 * input - a2 * output;
    samples[index] = output;
    b0 += g0;
    b1 += g1;
    b2 += g2;
    a1 += h1;
    a2 += h2;
  }
  // What has died away to nothing costs much time to count with.
  state[0] = Math.abs(z1) < 1e-30 ? 0 : z1;
  state[1] = Math.abs(z2) < 1e-30 ? 0 : z2;
}
