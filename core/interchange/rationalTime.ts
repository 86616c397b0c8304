import { type Flicks, FLICKS_PER_SECOND, flicks, LONGEST_TIME, ZERO } from '../time/flicks.ts';
import { type Rate, rateFromDecimal } from '../time/rate.ts';

/** A time as OpenTimelineIO writes it: `value / rate` seconds, both doubles. */
export type RationalTime = { value: number; rate: number };

/**
 * The nearest flick to a time, computed without rounding on the way; the rate is the exact one its decimal stands for.
 * Null for numbers that are no time: not finite, a rate outside 10^-6 … 10^12, or beyond 30 days in either direction.
 */
export function flicksFromRational(time: RationalTime): Flicks | null {
  const { value, rate } = time;
  if (!Number.isFinite(value) || !(rate >= 1e-6 && rate <= 1e12)) return null;
  // Rough on purpose: both keep the exact arithmetic below from numbers with hundreds of digits.
  const roughly = Math.abs(value / rate) * FLICKS_PER_SECOND;
  if (roughly > 2 * LONGEST_TIME) return null;
  if (roughly < 0.25) return ZERO;
  const exactRate = rateFromDecimal(rate);
  const [valueNum, valueDen] = fractionOf(value);
  const [rateNum, rateDen] =
    exactRate === null ? fractionOf(rate) : [BigInt(exactRate.num), BigInt(exactRate.den)];
  const numerator = valueNum * rateDen * BigInt(FLICKS_PER_SECOND);
  const denominator = valueDen * rateNum;
  const rounded = Number(nearest(numerator, denominator));
  return Math.abs(rounded) <= LONGEST_TIME ? flicks(rounded) : null;
}

/**
 * A time at a rate, for writing. On a frame the value is a whole number; between frames it is a double so near that
 * `flicksFromRational` gets the same flick back for all times up to 30 days, if the rate's decimal gives back the rate.
 */
export function rationalFromFlicks(time: Flicks, frameRate: Rate): RationalTime {
  const numerator = BigInt(time) * BigInt(frameRate.num);
  const denominator = BigInt(FLICKS_PER_SECOND) * BigInt(frameRate.den);
  const whole = Number(numerator / denominator);
  const rest = Number(numerator % denominator) / Number(denominator);
  return { value: whole + rest, rate: frameRate.num / frameRate.den };
}

/** A finite double as the fraction that it is. */
function fractionOf(value: number): [bigint, bigint] {
  let scaled = value;
  let denominator = 1n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return [BigInt(scaled), denominator];
}

/** Quotient to the nearest integer, ties away from zero. `denominator` is positive. */
function nearest(numerator: bigint, denominator: bigint): bigint {
  const absolute = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * absolute + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}
