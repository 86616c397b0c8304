import { z } from 'zod';
import { FLICKS_PER_SECOND, type Flicks, flicks } from './flicks.ts';

/** An exact rate per second as a reduced fraction: 30000/1001, never 29.97. */
export const rateSchema = z.object({
  num: z.int().min(1).max(1_000_000_000),
  den: z.int().min(1).max(1_000_000_000),
});
export type Rate = z.infer<typeof rateSchema>;

/** How a time between two frames becomes a frame number. */
export type Rounding = 'floor' | 'nearest' | 'ceil';

/** A reduced rate. `num` and `den` are integers from 1 to 10^9; anything else throws a `RangeError`. */
export function rate(num: number, den = 1): Rate {
  if (!rateSchema.safeParse({ num, den }).success) {
    throw new RangeError(`Not a rate: ${num}/${den}`);
  }
  const divisor = greatestCommonDivisor(num, den);
  return { num: num / divisor, den: den / divisor };
}

export function sameRate(a: Rate, b: Rate): boolean {
  const [left, right] = [a.num * b.den, b.num * a.den];
  // Products of equal fractions may differ after rounding, and of different ones be equal.
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left === right;
  return BigInt(a.num) * BigInt(b.den) === BigInt(b.num) * BigInt(a.den);
}

/** "30000/1001", "25", or a customary decimal such as "29.97" or "23.976". Null when it is none of these. */
export function parseRate(text: string): Rate | null {
  const fraction = /^(\d{1,9})\/(\d{1,9})$/.exec(text.trim());
  if (fraction !== null) {
    const [num, den] = [Number(fraction[1]), Number(fraction[2])];
    return num > 0 && den > 0 ? rate(num, den) : null;
  }
  if (!/^\d{1,6}(\.\d{1,9})?$/.test(text.trim())) return null;
  return rateFromDecimal(Number(text));
}

/**
 * The exact rate that a decimal stands for: whole numbers as they are; values within 0.001 of n × 1000/1001, and the
 * customary 23.98, 29.97, 47.95, 59.94 and 119.88, as that fraction (the NTSC family); else the fraction with the
 * smallest denominator up to 1001 that is this very double; everything else to six decimals.
 * Null outside 0 < value ≤ 10^6 and where six decimals do not fit a rate.
 */
export function rateFromDecimal(value: number): Rate | null {
  if (!Number.isFinite(value) || value <= 0 || value > 1_000_000) return null;
  if (Number.isInteger(value)) return rate(value);
  return ntscRate(value) ?? smallestFraction(value) ?? sixDecimals(value);
}

const NTSC_NOMINAL_RATES: readonly number[] = [24, 30, 48, 60, 120];

function ntscRate(value: number): Rate | null {
  const nominal = Math.ceil(value - 1e-9);
  if (nominal > 1000) return null;
  const exact = (nominal * 1000) / 1001;
  const isNear = Math.abs(exact - value) < 0.001 * (nominal / 24);
  const isRoundedToHundredths =
    NTSC_NOMINAL_RATES.includes(nominal) &&
    Math.abs(Math.round(exact * 100) / 100 - value) < 0.00001;
  return isNear || isRoundedToHundredths ? rate(nominal * 1000, 1001) : null;
}

function smallestFraction(value: number): Rate | null {
  for (let den = 1; den <= 1001; den++) {
    const num = Math.round(value * den);
    if (num / den === value && num <= 1_000_000_000) return rate(num, den);
  }
  return null;
}

function sixDecimals(value: number): Rate | null {
  const scaled = Math.round(value * 1_000_000);
  return scaled > 0 && scaled <= 1_000_000_000 ? rate(scaled, 1_000_000) : null;
}

/** "30000/1001" or "25". */
export function formatRate(value: Rate): string {
  return value.den === 1 ? String(value.num) : `${value.num}/${value.den}`;
}

/** Whether one frame lasts a whole number of flicks, as every timeline edit rate must. */
export function isExactRate(value: Rate): boolean {
  return (FLICKS_PER_SECOND * value.den) % value.num === 0;
}

/** Duration of one frame. Throws a `RangeError` for rates that are not exact in flicks. */
export function frameDuration(value: Rate): Flicks {
  return flicks((FLICKS_PER_SECOND * value.den) / value.num);
}

/** Start of frame `frame` (may be negative), to the nearest flick for rates that are not exact. */
export function frameStart(frame: number, value: Rate): Flicks {
  if (isExactRate(value)) return flicks(frame * ((FLICKS_PER_SECOND * value.den) / value.num));
  return divideRounded(
    BigInt(frame) * BigInt(FLICKS_PER_SECOND) * BigInt(value.den),
    BigInt(value.num),
  );
}

/** Frame number at `time`. With `floor`, the frame on screen; with `nearest`, ties go up. */
export function frameAt(time: Flicks, value: Rate, rounding: Rounding = 'floor'): number {
  const numerator = BigInt(time) * BigInt(value.num);
  const denominator = BigInt(FLICKS_PER_SECOND) * BigInt(value.den);
  if (rounding === 'nearest')
    return Number(floorDivide(2n * numerator + denominator, 2n * denominator));
  const floor = floorDivide(numerator, denominator);
  if (rounding === 'floor' || floor * denominator === numerator) return Number(floor);
  return Number(floor + 1n);
}

/** `time` moved to the nearest frame boundary. */
export function snapToFrame(time: Flicks, value: Rate, rounding: Rounding = 'nearest'): Flicks {
  return frameStart(frameAt(time, value, rounding), value);
}

/**
 * Duration of the whole frames in a stretch of media. Tools print lengths cut to microseconds, so a last frame that
 * lacks less than a fiftieth counts as whole.
 */
export function wholeFrames(duration: Flicks, value: Rate): Flicks {
  const slack = Math.floor(frameStart(1, value) / 50);
  return snapToFrame(flicks(duration + slack), value, 'floor');
}

/** Sample number at `time` for a sample rate in hertz, ties up. */
export function sampleAt(time: Flicks, sampleRateHz: number): number {
  return frameAt(time, { num: sampleRateHz, den: 1 }, 'nearest');
}

function divideRounded(numerator: bigint, denominator: bigint): Flicks {
  return flicks(Number(floorDivide(2n * numerator + denominator, 2n * denominator)));
}

function floorDivide(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
