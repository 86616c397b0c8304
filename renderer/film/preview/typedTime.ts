import { type Flicks, flicks, FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { frameStart, type Rate, snapToFrame } from '#core/time/rate.ts';
import { nominalRate, parseTimecode } from '#core/time/timecode.ts';

/**
 * A time as people type it: a timecode, its end (`4:12` is 4 s 12 frames), frames (`120f`), seconds (`4.5s`), digits
 * alone filled from the right (`412`), each with `+` or `-` from the present time. Null when it is none of these.
 */
export function typedTime(text: string, frameRate: Rate, now: Flicks): Flicks | null {
  const trimmed = text.trim();
  const sign = /^[+-]/.exec(trimmed)?.[0];
  const amount = absoluteTime(sign === undefined ? trimmed : trimmed.slice(1).trim(), frameRate);
  if (amount === null) return null;
  const time = sign === undefined ? amount : sign === '+' ? now + amount : now - amount;
  return flicks(Math.max(0, time));
}

function absoluteTime(text: string, frameRate: Rate): Flicks | null {
  const frames = /^(\d{1,9})f$/i.exec(text)?.[1];
  if (frames !== undefined) return frameStart(Number(frames), frameRate);
  const seconds = /^(\d{1,7}(?:[.,]\d{1,6})?)s$/i.exec(text)?.[1];
  if (seconds !== undefined) {
    const time = Math.round(Number(seconds.replace(',', '.')) * FLICKS_PER_SECOND);
    return snapToFrame(flicks(time), frameRate);
  }
  const parts = /^\d{1,8}$/.test(text) ? pairs(text) : text.split(/[:;.]/);
  if (parts.length > 4 || parts.some((part) => !/^\d{1,3}$/.test(part))) return null;
  const filled = [...Array<string>(4 - parts.length).fill('0'), ...parts].map((part, index) =>
    part.padStart(index === 3 && nominalRate(frameRate) > 100 ? 3 : 2, '0'),
  );
  const [hours, minutes, secondsPart, framesPart] = filled;
  const separator = text.includes(';') ? ';' : ':';
  const frame = parseTimecode(
    `${hours}:${minutes}:${secondsPart}${separator}${framesPart}`,
    frameRate,
  );
  return frame === null ? null : frameStart(frame, frameRate);
}

/** Digits in pairs from the right: `12345` is `1`, `23`, `45`. */
function pairs(digits: string): string[] {
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  return even.match(/../g) ?? [];
}
