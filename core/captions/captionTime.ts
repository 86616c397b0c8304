import {
  type Flicks,
  FLICKS_PER_SECOND,
  flicksFromDecimalSeconds,
  LONGEST_TIME,
} from '../time/flicks.ts';

/** How a format writes times: digits of the hours and of the fraction, and what stands before the fraction. */
export type ClockStyle = { hourDigits: number; decimals: 2 | 3; point: ',' | '.' };

/** A time as hours, minutes, seconds and a fraction, rounded to the nearest step of the format. */
export function formatClock(time: Flicks, style: ClockStyle): string {
  const steps = 10 ** style.decimals;
  const total = Math.round((time * steps) / FLICKS_PER_SECOND);
  const field = (value: number, width: number) => String(value).padStart(width, '0');
  const seconds = Math.floor(total / steps);
  const clock = [
    field(Math.floor(seconds / 3600), style.hourDigits),
    field(Math.floor(seconds / 60) % 60, 2),
    field(seconds % 60, 2),
  ].join(':');
  return `${clock}${style.point}${field(total % steps, style.decimals)}`;
}

/** A regular expression for one time: hours may be missing, the fraction follows a point or a comma, or is missing. */
export const CLOCK = String.raw`(?:\d{1,4}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,9})?`;

/** The time that a text of the form `CLOCK` means, exact; null beyond 30 days. */
export function parseClock(text: string): Flicks | null {
  const [clock = '', fraction = '0'] = text.split(/[.,]/);
  const seconds = clock.split(':').reduce((sum, field) => sum * 60 + Number(field), 0);
  if (seconds > LONGEST_TIME / FLICKS_PER_SECOND) return null;
  const time = flicksFromDecimalSeconds(`${seconds}.${fraction}`);
  return time !== null && time <= LONGEST_TIME ? time : null;
}
