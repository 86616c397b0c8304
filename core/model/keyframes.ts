import { z } from 'zod';
import { type Flicks, flicks, flicksSchema } from '../time/flicks.ts';

const share = z.number().min(0).max(1);

/**
 * How a value goes from one keyframe to the next: evenly, not at all until the next, or along the cubic Bézier curve
 * from (0, 0) to (1, 1) with the control points x1, y1, x2, y2 (the curves of CSS `cubic-bezier`).
 */
export const easingSchema = z.union([
  z.enum(['linear', 'hold']),
  z.tuple([share, z.number().min(-10).max(10), share, z.number().min(-10).max(10)]),
]);
export type Easing = z.infer<typeof easingSchema>;

/** Curves that people know by name, for menus and for files of other programs. */
export const NAMED_EASINGS = {
  linear: 'linear',
  hold: 'hold',
  'ease-in': [0.42, 0, 1, 1],
  'ease-out': [0, 0, 0.58, 1],
  'ease-in-out': [0.42, 0, 0.58, 1],
} as const satisfies Record<string, Easing>;

const MOST_KEYFRAMES = 10_000;

/** A value at a time of a clip (flicks from its beginning; before it or past its end too), and the way to the next. */
export type Keyframe = { time: Flicks; value: number; easing: Easing };

/** A number that may change over the time of a clip; keyframes are in the order of their times, each time once. */
export type Animated = number | { keyframes: Keyframe[] };

/** The schema of a number between `min` and `max` that may have keyframes. */
export function animatedSchema(min: number, max: number): z.ZodType<Animated> {
  const value = z.number().min(min).max(max);
  const keyframes = z
    .array(z.strictObject({ time: flicksSchema, value, easing: easingSchema }))
    .min(1)
    .max(MOST_KEYFRAMES)
    .refine(isInOrder, 'Keyframes must be in the order of their times, one at each.');
  return z.union([value, z.strictObject({ keyframes })]);
}

function isInOrder(keyframes: readonly { time: Flicks }[]): boolean {
  return keyframes.every(
    ({ time }, index) => index === 0 || time > (keyframes[index - 1]?.time ?? time),
  );
}

/** The value at `time` of a clip: that of the first keyframe before all of them, of the last one after. */
export function valueAt(animated: Animated, time: Flicks): number {
  if (typeof animated === 'number') return animated;
  const { keyframes } = animated;
  const next = keyframes.findIndex((keyframe) => keyframe.time > time);
  const from = keyframes[next === -1 ? keyframes.length - 1 : Math.max(0, next - 1)];
  const to = next === -1 ? from : keyframes[next];
  if (from === undefined || to === undefined) return 0;
  if (time <= from.time || to === from) return from.value;
  const progress = (time - from.time) / (to.time - from.time);
  return from.value + (to.value - from.value) * ease(from.easing, progress);
}

/** The same animation with every keyframe later by `by` flicks. */
export function shiftKeyframes(animated: Animated, by: Flicks): Animated {
  if (typeof animated === 'number' || by === 0) return animated;
  return {
    keyframes: animated.keyframes.map((keyframe) => ({
      ...keyframe,
      time: flicks(keyframe.time + by),
    })),
  };
}

/** How far along a change is, 0 to 1 (Bézier curves may overshoot), at `progress` 0 to 1 of its time. */
export function ease(easing: Easing, progress: number): number {
  if (easing === 'linear') return progress;
  if (easing === 'hold') return progress < 1 ? 0 : 1;
  // Exactly there at both ends, so that a keyframe always has its own value.
  if (progress <= 0) return 0;
  if (progress >= 1) return 1;
  const [x1, y1, x2, y2] = easing;
  return bezier(y1, y2, parameterAt(x1, x2, progress));
}

/**
 * The easings of both parts of a way that gets a key at `progress` (between 0 and 1) of its time, so that it goes on as
 * it did. A part that no easing describes gets the nearest that one does.
 */
export function splitEasing(easing: Easing, progress: number): [Easing, Easing] {
  if (typeof easing === 'string') return [easing, easing];
  const [x1, y1, x2, y2] = easing;
  const t = parameterAt(x1, x2, progress);
  const [x, y] = [subdivided(x1, x2, t), subdivided(y1, y2, t)];
  // De Casteljau’s construction; each part is brought to the square from 0 to 1 again.
  const part = (index: 0 | 1): Easing => {
    const [times, values] = [x[index], y[index]];
    if (times === null || values === null) return 'linear';
    const within = (value: number) => Math.max(0, Math.min(1, value));
    return [within(times[0]), values[0], within(times[1]), values[1]];
  };
  return [part(0), part(1)];
}

/** One coordinate of the inner control points of both parts of a curve from 0 to 1; null for a part without extent. */
function subdivided(first: number, second: number, t: number) {
  const mix = (a: number, b: number) => a + (b - a) * t;
  const [before, middle, after] = [mix(0, first), mix(first, second), mix(second, 1)];
  const [left, right] = [mix(before, middle), mix(middle, after)];
  const point = mix(left, right);
  const rest = 1 - point;
  return [
    point <= 0 ? null : ([before / point, left / point] as const),
    rest <= 0 ? null : ([(right - point) / rest, (after - point) / rest] as const),
  ] as const;
}

/** One coordinate of a cubic Bézier curve from 0 to 1 at its parameter `t`. */
function bezier(first: number, second: number, t: number): number {
  const rest = 1 - t;
  return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t;
}

/** As many as a double can tell apart, so that a curve over 30 days is still exact to a few flicks. */
const HALVINGS = 60;

/** The parameter at which the curve has come as far as `x`. It never goes back in time, so halving finds it. */
function parameterAt(x1: number, x2: number, x: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (bezier(x1, x2, middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
