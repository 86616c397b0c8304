import { z } from 'zod';

/**
 * Flicks in one second. A flick divides every common frame and sample duration exactly, the
 * 1000/1001 rates included. Source: Facebook/Meta OSS, "Flicks" unit of time.
 */
export const FLICKS_PER_SECOND = 705_600_000;

/** A time or duration as an integer number of flicks; safe in a double for 147 days. */
export const flicksSchema = z.int().brand<'Flicks'>();
export type Flicks = z.infer<typeof flicksSchema>;

export const ZERO = 0 as Flicks;

/** The longest time that people and files may ask for: 30 days. Sums of four such times are still safe. */
export const LONGEST_TIME = (30 * 24 * 3600 * FLICKS_PER_SECOND) as Flicks;

/** Brands an integer as flicks. Throws a `RangeError` on fractions and unsafe integers, which are bugs here. */
export function flicks(value: number): Flicks {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of flicks: ${value}`);
  // A negative zero would not survive being stored as JSON.
  return (value + 0) as Flicks;
}

export function addFlicks(a: Flicks, b: Flicks): Flicks {
  return flicks(a + b);
}

export function subtractFlicks(a: Flicks, b: Flicks): Flicks {
  return flicks(a - b);
}

export function minFlicks(a: Flicks, b: Flicks): Flicks {
  return a < b ? a : b;
}

export function maxFlicks(a: Flicks, b: Flicks): Flicks {
  return a > b ? a : b;
}

/** Nearest flick to a time in seconds; for the edges (tools, players), never for model arithmetic. */
export function flicksFromSeconds(seconds: number): Flicks {
  return flicks(Math.round(seconds * FLICKS_PER_SECOND));
}

/** Seconds as a double; for the edges only. */
export function secondsFromFlicks(time: Flicks): number {
  return time / FLICKS_PER_SECOND;
}

/**
 * A decimal number of seconds as text ("12.345", "-0.5", as tools print them) to the nearest flick,
 * computed on integers. Returns null when the text is not a plain decimal number.
 */
export function flicksFromDecimalSeconds(text: string): Flicks | null {
  const match = /^(-?)(\d{1,9})(?:\.(\d{1,12}))?$/.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = '0', fraction = ''] = match;
  const scale = 10n ** BigInt(fraction.length);
  const scaled =
    (BigInt(whole) * scale + BigInt(fraction === '' ? '0' : fraction)) * BigInt(FLICKS_PER_SECOND);
  const rounded = Number((scaled + scale / 2n) / scale);
  return flicks(sign === '-' ? -rounded : rounded);
}

/** Seconds with nine decimals ("1.500000000"), the exact text that ffmpeg options take. */
export function decimalSeconds(time: Flicks): string {
  const nanoseconds = (BigInt(time) * 1_000_000_000n) / BigInt(FLICKS_PER_SECOND);
  const absolute = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const whole = absolute / 1_000_000_000n;
  const fraction = (absolute % 1_000_000_000n).toString().padStart(9, '0');
  return `${nanoseconds < 0n ? '-' : ''}${whole}.${fraction}`;
}
