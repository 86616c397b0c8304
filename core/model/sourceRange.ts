import { z } from 'zod';
import {
  addFlicks,
  type Flicks,
  flicks,
  flicksSchema,
  LONGEST_TIME,
  subtractFlicks,
} from '../time/flicks.ts';
import { ease, easingSchema } from './keyframes.ts';

const SPEED_PART = 1_000_000;

/** More keys than anybody sets by hand, few enough to look through for every frame. */
export const MOST_TIME_KEYS = 1_000;

/** Sources end long before; times beyond are cut there, so that sums stay safe. */
const FURTHEST = 2 * LONGEST_TIME;

/** Speed of playback as a fraction: 1/2 is half speed, −1/1 backwards, 0/1 a frozen frame. */
export const speedSchema = z.object({
  num: z.int().min(-SPEED_PART).max(SPEED_PART),
  den: z.int().min(1).max(SPEED_PART),
});
export type Speed = z.infer<typeof speedSchema>;

/** A way for time to pass: evenly, or along a curve that stays between 0 and 1. */
export const timeEasingSchema = easingSchema.refine(
  (easing) =>
    easing !== 'hold' &&
    (easing === 'linear' || [easing[1], easing[3]].every((y) => y >= 0 && y <= 1)),
  'Time can pass evenly or along a curve that stays between 0 and 1.',
);

const timeKeySchema = z.strictObject({
  /** From the beginning of the clip; may lie before it or past its end, for what trims have hidden. */
  time: flicksSchema,
  source: flicksSchema,
  /** The way to the next key. Source time never overshoots, so that a key's source is the furthest there. */
  easing: timeEasingSchema,
});
export type TimeKey = z.infer<typeof timeKeySchema>;

/**
 * Part of a source that a clip uses: `in` inclusive, `out` exclusive, from the beginning of the source. Played as
 * recorded the clip lasts as long as the part; `retime` says otherwise. One register, so that a merge never tears it.
 *
 * - `constant`: `duration` on the timeline at one speed. Forwards the clip begins at `in`, backwards at `out`; frozen,
 *   `in` equals `out`.
 * - `curve`: keys in the order of their times, evenly or eased between them; outside them time goes on as fast as
 *   between the outermost two. `in` and `out` enclose what is used.
 */
export const sourceRangeSchema = z.object({
  in: flicksSchema,
  out: flicksSchema,
  retime: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('constant'), duration: flicksSchema, speed: speedSchema }),
      z.strictObject({
        kind: z.literal('curve'),
        duration: flicksSchema,
        keys: z
          .array(timeKeySchema)
          .min(2)
          .max(MOST_TIME_KEYS)
          .refine(areInOrder, 'Time keys must be in the order of their times, one at each.'),
      }),
    ])
    .optional(),
});
export type SourceRange = z.infer<typeof sourceRangeSchema>;

/** Whether each key is later than the one before it. */
export function areInOrder(keys: readonly { time: Flicks }[]): boolean {
  return keys.every(({ time }, index) => index === 0 || time > (keys[index - 1]?.time ?? time));
}

/**
 * The range of a clip of `duration` that begins at the source time `source` and goes on at one speed; without a
 * retime at the speed it was recorded at.
 */
export function rangeAtSpeed(source: Flicks, duration: Flicks, speed: Speed): SourceRange {
  if (speed.num === speed.den) return { in: source, out: addFlicks(source, duration) };
  const ends = [source, addFlicks(source, timeAtSpeed(duration, speed))];
  return { ...hull(ends), retime: { kind: 'constant', duration, speed } };
}

/** How long a clip with this range lasts on its timeline. */
export function rangeDuration(range: SourceRange): Flicks {
  return range.retime?.duration ?? subtractFlicks(range.out, range.in);
}

/** Source time that is seen `offset` flicks after the beginning of the clip, which may lie outside the clip. */
export function sourceTimeAt(range: SourceRange, offset: Flicks): Flicks {
  const { retime } = range;
  if (retime === undefined) return addFlicks(range.in, offset);
  if (retime.kind === 'curve') return curveAt(retime.keys, offset);
  return addFlicks(retime.speed.num < 0 ? range.out : range.in, timeAtSpeed(offset, retime.speed));
}

/** The range of the part of a clip between two of its own times; either may lie outside the clip, which extends it. */
export function sliceRange(range: SourceRange, from: Flicks, to: Flicks): SourceRange {
  const { retime } = range;
  const duration = subtractFlicks(to, from);
  if (retime === undefined) return { in: addFlicks(range.in, from), out: addFlicks(range.in, to) };
  if (retime.kind === 'constant') {
    const ends = [sourceTimeAt(range, from), sourceTimeAt(range, to)];
    return { ...hull(ends), retime: { ...retime, duration } };
  }
  const keys = retime.keys.map((key) => ({ ...key, time: subtractFlicks(key.time, from) }));
  return curveRange(keys, duration);
}

/** A range along a curve of keys, with the ends that enclose what it shows. */
export function curveRange(keys: readonly TimeKey[], duration: Flicks): SourceRange {
  const inside = keys.filter((key) => key.time > 0 && key.time < duration);
  const seen = [
    curveAt(keys, flicks(0)),
    curveAt(keys, duration),
    ...inside.map((key) => key.source),
  ];
  return { ...hull(seen), retime: { kind: 'curve', duration, keys: [...keys] } };
}

/** The same range with everything `by` flicks later in the source. */
export function slipRange(range: SourceRange, by: Flicks): SourceRange {
  const { retime } = range;
  const moved = { in: addFlicks(range.in, by), out: addFlicks(range.out, by) };
  if (retime === undefined) return moved;
  if (retime.kind === 'constant') return { ...moved, retime };
  const keys = retime.keys.map((key) => ({ ...key, source: addFlicks(key.source, by) }));
  return { ...moved, retime: { ...retime, keys } };
}

/** How far a clip could be extended at each edge, in its own time, before its source ends; Infinity: without end. */
export function spareTime(
  range: SourceRange,
  available: { in: Flicks; out: Flicks },
): { head: number; tail: number } {
  return { head: spareAt(range, 'head', available), tail: spareAt(range, 'tail', available) };
}

function spareAt(
  range: SourceRange,
  edge: 'head' | 'tail',
  available: { in: Flicks; out: Flicks },
): number {
  const { retime } = range;
  if (retime === undefined) {
    const spare = edge === 'head' ? range.in - available.in : available.out - range.out;
    return Math.max(0, spare);
  }
  const outwards = edge === 'head' ? -1 : 1;
  const start = edge === 'head' ? 0 : retime.duration;
  const isThere = (time: number) => {
    const source = sourceTimeAt(range, flicks(time));
    return source >= available.in && source <= available.out;
  };
  if (!isThere(start)) return 0;
  // Between its keys time runs one way only, so the first stretch that ends outside holds the furthest moment.
  const turns = (retime.kind === 'curve' ? retime.keys : [])
    .map((key) => key.time)
    .filter((time) => (time - start) * outwards > 0)
    .sort((a, b) => (a - b) * outwards);
  let reached: number = start;
  for (const turn of [...turns, start + outwards * LONGEST_TIME]) {
    if (!isThere(turn)) return Math.abs(furthest(reached, turn, isThere) - start);
    reached = turn;
  }
  return Number.POSITIVE_INFINITY;
}

/** The whole time furthest from `low` towards `high` at which something still holds that ends to hold once. */
function furthest(low: number, high: number, holds: (time: number) => boolean): number {
  let [inside, outside] = [low, high];
  while (Math.abs(outside - inside) > 1) {
    const middle = Math.trunc((inside + outside) / 2);
    if (holds(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

function curveAt(keys: readonly TimeKey[], time: Flicks): Flicks {
  const found = keys.findIndex((key) => key.time > time);
  const next = Math.max(1, found === -1 ? keys.length - 1 : found);
  const from = keys[next - 1];
  const to = keys[next];
  if (from === undefined || to === undefined) throw new Error('A curve of time has two keys');
  const progress = (time - from.time) / (to.time - from.time);
  const along = progress < 0 || progress > 1 ? progress : ease(from.easing, progress);
  const source = Math.round(from.source + (to.source - from.source) * along);
  return flicks(Math.max(-FURTHEST, Math.min(FURTHEST, source)));
}

function hull(times: readonly Flicks[]): { in: Flicks; out: Flicks } {
  return { in: flicks(Math.min(...times)), out: flicks(Math.max(...times)) };
}

/**
 * Source time that passes in `time` at a speed, to the nearest flick, at most 60 days. Products of long times are beyond
 * doubles, hence BigInt.
 */
export function timeAtSpeed(time: Flicks, speed: Speed): Flicks {
  const doubled = 2n * BigInt(time) * BigInt(speed.num);
  const den = BigInt(speed.den);
  const floor = (value: bigint, by: bigint) => (value - (((value % by) + by) % by)) / by;
  const source = Number(floor(doubled + den, 2n * den));
  return flicks(Math.max(-FURTHEST, Math.min(FURTHEST, source)));
}
