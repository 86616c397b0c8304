import { type SourceRange, sourceTimeAt, type Speed, type TimeKey } from '../model/sourceRange.ts';
import { addFlicks, type Flicks, flicks, maxFlicks, subtractFlicks, ZERO } from '../time/flicks.ts';
import {
  compareFractions,
  dividedBy,
  type Fraction,
  flicksOf,
  fraction,
  minus,
  NOTHING,
  plus,
  secondsOf,
  timesFraction,
} from './fraction.ts';
import { writable } from './fcpxmlTimes.ts';
import { rangeAtSpeed, speedFromDecimal } from './speeds.ts';

/** A point of a `timeMap`: in the clip’s own time, and in the time of its media. */
export type TimePoint = { time: Fraction; value: Fraction };

/**
 * How the format says what a clip shows: the own time at which it starts, and, where its speed is not that of the
 * media, how its own time becomes time of the media. Without a map they are the same.
 */
export type FcpxmlTiming = { start: Fraction; points: readonly TimePoint[] | null };

/** Lines that stand for one eased way between two keys. */
const PIECES = 8;

/** The timing of a range. A map of one speed reaches over all of the media, so that there is something to trim. */
export function fcpxmlTiming(range: SourceRange, mediaDuration: Flicks | null): FcpxmlTiming {
  const { retime } = range;
  if (retime === undefined) return { start: secondsOf(range.in), points: null };
  if (retime.kind === 'curve') return curveTiming(range, retime.keys, retime.duration);
  const speed = fraction(BigInt(retime.speed.num), BigInt(retime.speed.den));
  if (retime.speed.num === 0) {
    const value = secondsOf(range.in);
    const end = secondsOf(retime.duration);
    return {
      start: NOTHING,
      points: [
        { time: NOTHING, value },
        { time: end, value },
      ],
    };
  }
  const length = secondsOf(maxFlicks(mediaDuration ?? range.out, range.out));
  const lasting = (of: Fraction) => {
    const time = dividedBy(of, speed);
    return writable(time.num < 0n ? { ...time, num: -time.num } : time);
  };
  const isBackwards = retime.speed.num < 0;
  const points = isBackwards
    ? [
        { time: NOTHING, value: length },
        { time: lasting(length), value: NOTHING },
      ]
    : [
        { time: NOTHING, value: NOTHING },
        { time: lasting(length), value: length },
      ];
  const skipped = isBackwards ? minus(length, secondsOf(range.out)) : secondsOf(range.in);
  const start = writable(dividedBy(skipped, speed));
  return { start: isBackwards ? { ...start, num: -start.num } : start, points };
}

function curveTiming(range: SourceRange, keys: readonly TimeKey[], duration: Flicks): FcpxmlTiming {
  const times = new Set<number>([...keys.map(({ time }) => time), 0, duration]);
  for (const [index, key] of keys.entries()) {
    const next = keys[index + 1];
    if (next === undefined || key.easing === 'linear') continue;
    for (let piece = 1; piece < PIECES; piece++) {
      times.add(Math.round(key.time + ((next.time - key.time) * piece) / PIECES));
    }
  }
  const sorted = [...times].sort((a, b) => a - b).map((time) => flicks(time));
  const first = sorted[0] ?? ZERO;
  return {
    start: secondsOf(subtractFlicks(ZERO, first)),
    points: sorted.map((time) => ({
      time: secondsOf(subtractFlicks(time, first)),
      value: secondsOf(sourceTimeAt(range, time)),
    })),
  };
}

/** Time of the media at an own time of the clip; beyond the map it goes on as at its ends. */
export function mediaTimeAt(timing: FcpxmlTiming, time: Fraction): Fraction {
  const points = timing.points;
  if (points === null) return time;
  const found = points.findIndex((point) => compareFractions(point.time, time) > 0);
  const next = Math.max(1, found === -1 ? points.length - 1 : found);
  const [from, to] = [points[next - 1], points[next]];
  if (from === undefined || to === undefined) return from?.value ?? time;
  const slope = dividedBy(minus(to.value, from.value), minus(to.time, from.time));
  return plus(from.value, timesFraction(slope, minus(time, from.time)));
}

/** The first own time at which a clip shows a time of its media; null where it never does. */
export function ownTimeOf(timing: FcpxmlTiming, value: Fraction): Fraction | null {
  const points = timing.points;
  if (points === null) return value;
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined) continue;
    const ways = [compareFractions(from.value, value), compareFractions(value, to.value)];
    if (ways.some((way) => way > 0) && ways.some((way) => way < 0)) continue;
    if (compareFractions(from.value, to.value) === 0) return from.time;
    const share = dividedBy(minus(value, from.value), minus(to.value, from.value));
    return writable(plus(from.time, timesFraction(share, minus(to.time, from.time))));
  }
  return null;
}

/**
 * The range of a clip that lasts `duration`, from its timing; `mediaStart` is the time at which its media begins.
 * `loss` says what of the speed could not be kept. Null where it reaches further than times go.
 */
export function rangeOfTiming(
  timing: FcpxmlTiming,
  duration: Flicks,
  mediaStart: Fraction,
): { range: SourceRange; loss: 'speed-rounded' | 'speed-curve' | null } | null {
  const begin = flicksOf(minus(mediaTimeAt(timing, timing.start), mediaStart));
  if (begin === null) return null;
  const plain = { in: begin, out: addFlicks(begin, duration) };
  const { points } = timing;
  if (points === null) return { range: plain, loss: null };
  const slope = onlySlope(points);
  if (slope === null)
    return curveRangeOf(timing, duration, mediaStart) ?? { range: plain, loss: 'speed-curve' };
  const exact = speedOf(slope);
  const speed = exact ?? speedFromDecimal(Number(slope.num) / Number(slope.den))?.speed;
  if (speed === undefined) return { range: plain, loss: 'speed-curve' };
  const range = rangeAtSpeed(begin, duration, speed);
  if (range === null) return null;
  const length = subtractFlicks(range.out, range.in);
  const turned =
    speed.num < 0 ? { ...range, in: subtractFlicks(begin, length), out: begin } : range;
  return { range: turned, loss: exact === null ? 'speed-rounded' : null };
}

/** The slope of a map that is one straight line. */
function onlySlope(points: readonly TimePoint[]): Fraction | null {
  const [first, second] = points;
  if (first === undefined || second === undefined) return null;
  const slope = dividedBy(minus(second.value, first.value), minus(second.time, first.time));
  const isStraight = points.every((point) => {
    const value = plus(first.value, timesFraction(slope, minus(point.time, first.time)));
    return compareFractions(value, point.value) === 0;
  });
  return isStraight ? slope : null;
}

function speedOf({ num, den }: Fraction): Speed | null {
  const most = 1_000_000n;
  return den <= most && num <= most && num >= -most ? { num: Number(num), den: Number(den) } : null;
}

function curveRangeOf(
  timing: FcpxmlTiming,
  duration: Flicks,
  mediaStart: Fraction,
): { range: SourceRange; loss: null } | null {
  const keys: TimeKey[] = [];
  for (const point of timing.points ?? []) {
    const time = flicksOf(minus(point.time, timing.start));
    const source = flicksOf(minus(point.value, mediaStart));
    if (time === null || source === null) return null;
    if (time > (keys.at(-1)?.time ?? Number.NEGATIVE_INFINITY)) {
      keys.push({ time, source, easing: 'linear' });
    }
  }
  if (keys.length < 2 || keys.length > MOST_KEYS) return null;
  const range: SourceRange = { in: ZERO, out: ZERO, retime: { kind: 'curve', duration, keys } };
  const inside = keys.filter((key) => key.time > 0 && key.time < duration);
  const seen = [
    sourceTimeAt(range, ZERO),
    sourceTimeAt(range, duration),
    ...inside.map((key) => key.source),
  ];
  const ends = { in: flicks(Math.min(...seen)), out: flicks(Math.max(...seen)) };
  return { range: { ...range, ...ends }, loss: null };
}

/** Keys that a curve may have, as the model has it. */
const MOST_KEYS = 1000;

/** Whether two timings say the same. */
export function sameTiming(a: FcpxmlTiming, b: FcpxmlTiming): boolean {
  const same = (one: Fraction, other: Fraction) => compareFractions(one, other) === 0;
  if (!same(a.start, b.start)) return false;
  if (a.points === null || b.points === null) return a.points === b.points;
  const others = b.points;
  return (
    a.points.length === others.length &&
    a.points.every((point, index) => {
      const other = others[index];
      return other !== undefined && same(point.time, other.time) && same(point.value, other.value);
    })
  );
}
