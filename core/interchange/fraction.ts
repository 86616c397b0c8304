import { type Flicks, FLICKS_PER_SECOND, flicks, LONGEST_TIME } from '../time/flicks.ts';

/** An exact number, of seconds mostly: reduced, with a positive denominator. */
export type Fraction = { num: bigint; den: bigint };

export const NOTHING: Fraction = { num: 0n, den: 1n };

/** `num / den`, reduced; `den` is not zero. */
export function fraction(num: bigint, den: bigint): Fraction {
  const divisor = greatestCommonDivisor(num < 0n ? -num : num, den < 0n ? -den : den);
  const sign = den < 0n ? -1n : 1n;
  return { num: (sign * num) / divisor, den: (sign * den) / divisor };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den + b.num * a.den, a.den * b.den);
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den - b.num * a.den, a.den * b.den);
}

export function timesFraction(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.num, a.den * b.den);
}

/** `a / b`; `b` is not zero. */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  return fraction(a.num * b.den, a.den * b.num);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Seconds of a time. */
export function secondsOf(time: Flicks): Fraction {
  return fraction(BigInt(time), BigInt(FLICKS_PER_SECOND));
}

/** The nearest flick to a number of seconds, ties up; null beyond 30 days in either direction. */
export function flicksOf(seconds: Fraction): Flicks | null {
  const doubled = 2n * seconds.num * BigInt(FLICKS_PER_SECOND) + seconds.den;
  const by = 2n * seconds.den;
  const floor = (doubled - (((doubled % by) + by) % by)) / by;
  const limit = BigInt(LONGEST_TIME);
  return floor > limit || floor < -limit ? null : flicks(Number(floor));
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [high, low] = [a, b];
  while (low !== 0n) [high, low] = [low, high % low];
  return high === 0n ? 1n : high;
}
