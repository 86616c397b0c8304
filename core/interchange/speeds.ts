import { type SourceRange, sourceTimeAt, type Speed } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, flicks, LONGEST_TIME } from '../time/flicks.ts';

const LARGEST_PART = 1_000_000;

/**
 * The speed that a decimal stands for: the fraction with the smallest denominator up to 10,000 that is this very
 * double, else the nearest in millionths (`isExact` false). Null for numbers that are no speed of a clip: not finite,
 * above 10^6, or so slow that they round to a standstill.
 */
export function speedFromDecimal(value: number): { speed: Speed; isExact: boolean } | null {
  if (!Number.isFinite(value) || Math.abs(value) > LARGEST_PART) return null;
  for (let den = 1; den <= 10_000; den++) {
    const num = Math.round(value * den);
    if (Math.abs(num) > LARGEST_PART) break;
    if (num / den === value) return { speed: { num: num + 0, den }, isExact: true };
  }
  return roundedSpeed(value);
}

function roundedSpeed(value: number): { speed: Speed; isExact: boolean } | null {
  for (const den of [1_000_000, 100_000, 10_000, 1000, 100, 10, 1]) {
    const num = Math.round(value * den);
    if (Math.abs(num) > LARGEST_PART) continue;
    const divisor = greatestCommonDivisor(Math.abs(num), den);
    return num === 0 ? null : { speed: { num: num / divisor, den: den / divisor }, isExact: false };
  }
  return null;
}

/** A speed as a decimal. */
export function speedDecimal({ num, den }: Speed): number {
  return num / den;
}

/**
 * The range of a clip that lasts `duration` at one speed; `first` is the earliest time of the source that it shows.
 * Null where it would reach further than times go.
 */
export function rangeAtSpeed(first: Flicks, duration: Flicks, speed: Speed): SourceRange | null {
  if (speed.num === speed.den) return { in: first, out: addFlicks(first, duration) };
  const length = Math.abs(
    sourceTimeAt(
      { in: flicks(0), out: flicks(0), retime: { kind: 'constant', duration, speed } },
      duration,
    ),
  );
  if (Math.abs(first) + length > 2 * LONGEST_TIME) return null;
  const range = { in: first, out: addFlicks(first, flicks(length)) };
  return { ...range, retime: { kind: 'constant', duration, speed } };
}

/** The speed at which a clip gets from its first picture to its last in the time that it lasts. */
export function averageSpeed(range: SourceRange): number {
  const { retime } = range;
  if (retime === undefined) return 1;
  if (retime.kind === 'constant') return speedDecimal(retime.speed);
  const begin = sourceTimeAt(range, flicks(0));
  return (sourceTimeAt(range, retime.duration) - begin) / retime.duration;
}

/** A speed in percent, for sentences. */
export function speedText(value: number): string {
  return `${Math.round(value * 10_000) / 100} %`;
}

/** Of whole numbers from zero. */
export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
