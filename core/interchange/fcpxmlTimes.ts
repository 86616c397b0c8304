import type { Flicks } from '../time/flicks.ts';
import { FLICKS_PER_SECOND } from '../time/flicks.ts';
import { type Fraction, fraction, secondsOf } from './fraction.ts';

/** Denominators of the format have 32 bits. */
const LARGEST_DENOMINATOR = 2n ** 31n - 1n;

/** A number of seconds as the format writes it: “1001/24000s”, “5s”. */
export function fcpxmlTime(seconds: Fraction): string {
  return seconds.den === 1n ? `${seconds.num}s` : `${seconds.num}/${seconds.den}s`;
}

/** A time in flicks as the format writes it. */
export function fcpxmlFlicks(time: Flicks): string {
  return fcpxmlTime(secondsOf(time));
}

/** The nearest number of seconds that the format can write: itself, or else a whole number of flicks. */
export function writable(seconds: Fraction): Fraction {
  if (seconds.den <= LARGEST_DENOMINATOR) return seconds;
  const scaled = 2n * seconds.num * BigInt(FLICKS_PER_SECOND) + seconds.den;
  return fraction(scaled / (2n * seconds.den), BigInt(FLICKS_PER_SECOND));
}

/** A time of the format; null for text that is none. Decimals of seconds are taken too. */
export function parseFcpxmlTime(text: string): Fraction | null {
  const match = /^\s*(-?\d{1,19})(?:\/(\d{1,12})|\.(\d{1,12}))?s\s*$/.exec(text);
  if (match === null) return null;
  const [, whole = '', den, decimals] = match;
  if (decimals !== undefined) {
    return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
  }
  const denominator = BigInt(den ?? '1');
  return denominator === 0n ? null : fraction(BigInt(whole), denominator);
}
