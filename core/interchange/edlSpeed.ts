import { type SourceRange, sourceTimeAt, type Speed } from '../model/sourceRange.ts';
import { addFlicks, flicks, LONGEST_TIME, subtractFlicks } from '../time/flicks.ts';
import { frameStart, type Rate } from '../time/rate.ts';
import { nominalRate } from '../time/timecode.ts';
import type { EdlClip } from './parseEdl.ts';
import { greatestCommonDivisor, rangeAtSpeed, speedDecimal, speedFromDecimal } from './speeds.ts';

/** The number of the plain wipe, which is what ours is written as. */
export const USUAL_WIPE = 1;

/** What an `M2` line says of a speed: frames of the source for each second of the record, to a tenth. */
export function edlSpeedText(speed: number, frameRate: Rate): string {
  const tenths = Math.round(Math.abs(speed) * nominalRate(frameRate) * 10);
  const text = `${Math.floor(tenths / 10)}.${tenths % 10}`.padStart(5, '0');
  return speed < 0 && tenths > 0 ? `-${text}` : text;
}

/** Whether an `M2` line says this very speed. */
export function isSaidExactly({ num, den }: Speed, frameRate: Rate): boolean {
  return (num * nominalRate(frameRate) * 10) % den === 0;
}

/**
 * The part of the source that an event plays, all given in frames, with the label at which it begins. Backwards, a
 * list names the part like any other, and playing begins at its end. The exact speed that we noted counts where the
 * `M2` line says the same.
 */
export function edlRange(
  columns: { first: number; last: number; duration: number },
  clip: EdlClip,
  frameRate: Rate,
): { range: SourceRange; sourceIn: number; loss: 'speed' | 'speed-rounded' | null } {
  const { first, last, duration } = columns;
  const lasting = frameStart(duration, frameRate);
  const start = frameStart(first, frameRate);
  const plain = { range: { in: start, out: addFlicks(start, lasting) }, sourceIn: first };
  if (clip.framesPerSecond === null) {
    return { ...plain, loss: last - first === duration ? null : 'speed' };
  }
  const found =
    notedSpeed(clip, frameRate) ?? closestSpeed(clip.framesPerSecond, columns, frameRate);
  if (found === null) return { ...plain, loss: 'speed' };
  const isBackwards = found.speed.num < 0;
  const range = rangeAtSpeed(start, lasting, found.speed);
  if (range === null) return { ...plain, loss: 'speed' };
  const loss = found.isExact ? null : 'speed-rounded';
  if (!isBackwards) return { range, sourceIn: first, loss };
  const out = frameStart(Math.max(first, last), frameRate);
  const length = subtractFlicks(range.out, range.in);
  return {
    range: { ...range, in: subtractFlicks(out, length), out },
    sourceIn: Math.max(first, last),
    loss,
  };
}

function notedSpeed(clip: EdlClip, frameRate: Rate): { speed: Speed; isExact: true } | null {
  const [, num, den] = /^(-?\d{1,7})\/(\d{1,7})$/.exec(clip.notedSpeed ?? '') ?? [];
  const speed = { num: Number(num), den: Number(den) };
  if (!(speed.den >= 1 && speed.den <= 1_000_000 && Math.abs(speed.num) <= 1_000_000)) return null;
  const isSame = edlSpeedText(speedDecimal(speed), frameRate) === clip.framesPerSecond;
  return isSame ? { speed, isExact: true } : null;
}

/**
 * Programs count 100 % as the nominal rate (24) or as the true one (23.976); whichever fits the length of the source
 * better is meant, the nominal one where both do.
 */
function closestSpeed(
  framesPerSecond: string,
  { first, last, duration }: { first: number; last: number; duration: number },
  frameRate: Rate,
): { speed: Speed; isExact: boolean } | null {
  const digits = framesPerSecond.split('.')[1]?.length ?? 0;
  const scale = 10 ** digits;
  const num = Math.round(Number(framesPerSecond) * scale);
  const nominal = reduced(num, scale * nominalRate(frameRate));
  const exact = speedFromDecimal((Number(framesPerSecond) * frameRate.den) / frameRate.num);
  const candidates = [
    ...(nominal === null ? [] : [{ speed: nominal, isExact: true }]),
    ...(exact === null ? [] : [exact]),
  ];
  const isFar = (speed: Speed) =>
    Math.abs(Math.abs(last - first) - Math.abs(speedDecimal(speed)) * duration);
  return (
    candidates
      .filter(({ speed }) => Math.abs(speedDecimal(speed)) * duration <= MOST_FRAMES)
      .sort((a, b) => isFar(a.speed) - isFar(b.speed))[0] ?? null
  );
}

/** Longer parts of a source than this are no parts of a source. */
const MOST_FRAMES = 1e9;

function reduced(num: number, den: number): Speed | null {
  const divisor = greatestCommonDivisor(Math.abs(num), den);
  const speed = { num: num / divisor + 0, den: den / divisor };
  return Math.abs(speed.num) <= 1_000_000 && speed.den <= 1_000_000 ? speed : null;
}

/** The labels of a part for writing, in frames: where it begins and ends in the list, and whether that is exact. */
export function edlColumns(
  range: SourceRange,
  play: { before: number; length: number },
  frameRate: Rate,
): { first: number; last: number; begin: number; isExact: boolean } {
  const at = (frames: number) => sourceTimeAt(range, frameStart(frames, frameRate));
  const begin = at(-play.before);
  const end = at(play.length - play.before);
  const nearest = (time: number) => {
    const limited = flicks(Math.max(0, Math.min(LONGEST_TIME, time)));
    return Math.round(limited / frameStart(1, frameRate));
  };
  const beginFrame = nearest(begin);
  const endFrame = nearest(end);
  const isExact = frameStart(beginFrame, frameRate) === begin;
  if (range.retime === undefined) {
    return { first: beginFrame, last: beginFrame + play.length, begin: beginFrame, isExact };
  }
  const isBackwards = end < begin;
  return {
    first: isBackwards ? endFrame : beginFrame,
    last: isBackwards ? beginFrame : endFrame,
    begin: beginFrame,
    isExact,
  };
}
