import type { ObjectId } from '#core/model/entities.ts';
import { type Animated, type Easing, type Keyframe, valueAt } from '#core/model/keyframes.ts';
import { addFlicks, type Flicks, flicks, subtractFlicks } from '#core/time/flicks.ts';
import { frameAt, type Rate, snapToFrame } from '#core/time/rate.ts';

/** A number that a row of the inspector shows: a parameter of a clip, or of one of its effects. */
export type Target = {
  clipId: ObjectId;
  parameter: string;
  effectId?: string;
  value: Animated;
  /** Where its clip stands on the timeline. */
  start: Flicks;
  duration: Flicks;
};

/** What a row says while the playhead is at a time. */
export type Reading = {
  /** Null where the targets differ. */
  value: number | null;
  isAnimated: boolean;
  /** Whether all targets have a keyframe in this frame. */
  isHere: boolean;
  /** Whether the time lies on the clips, so that keyframes can be set. */
  isInside: boolean;
  /** The easing of the way that the time lies on; null where the targets differ or nothing is animated. */
  easing: Easing | null;
  /** Whether the value goes on to another keyframe; an easing after the last one does nothing. */
  leadsOn: boolean;
  /** Times of the timeline with the nearest keyframes on the clips. */
  previous: Flicks | null;
  next: Flicks | null;
};

/** What the targets are at a time of the timeline. Outside of a clip they are as at its nearest end. */
export function readingAt(targets: readonly Target[], time: Flicks, rate: Rate): Reading {
  const values = targets.map((target) => valueAt(target.value, timeIn(target, time, rate)));
  const [first = 0] = values;
  const animated = targets.filter((target) => typeof target.value !== 'number');
  const ways = animated.map((target) => wayAt(target, time, rate));
  const easing = ways[0]?.keyframe.easing ?? null;
  const frame = frameAt(time, rate, 'nearest');
  const frames = animated.flatMap(keyTimes);
  const before = frames.filter((key) => frameAt(key, rate, 'nearest') < frame);
  const after = frames.filter((key) => frameAt(key, rate, 'nearest') > frame);
  return {
    value: values.every((value) => Math.abs(value - first) < 1e-9) ? first : null,
    isAnimated: animated.length > 0,
    isHere: targets.length > 0 && targets.every((target) => hasKeyframe(target, frame, rate)),
    isInside: targets.every((target) => isInside(target, time, rate)),
    easing: ways.every((way) => sameEasing(way.keyframe.easing, easing)) ? easing : null,
    leadsOn: ways.some((way) => way.leadsOn),
    previous: before.length === 0 ? null : flicks(Math.max(...before)),
    next: after.length === 0 ? null : flicks(Math.min(...after)),
  };
}

/** The time of the timeline with the keyframe that says how the value goes on from a time; null without keyframes. */
export function wayTime(target: Target, time: Flicks, rate: Rate): Flicks | null {
  if (typeof target.value === 'number') return null;
  return addFlicks(target.start, wayAt(target, time, rate).keyframe.time);
}

/** Whether two easings are the same. */
export function sameEasing(a: Easing | null, b: Easing | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'string' || typeof b === 'string') return false;
  return a.every((part, index) => part === b[index]);
}

function wayAt(target: Target, time: Flicks, rate: Rate): { keyframe: Keyframe; leadsOn: boolean } {
  const keyframes = keyframesOf(target);
  const frame = frameAt(subtractFlicks(time, target.start), rate, 'nearest');
  const index = Math.max(
    0,
    keyframes.findLastIndex((keyframe) => frameAt(keyframe.time, rate, 'nearest') <= frame),
  );
  const keyframe = keyframes[index];
  if (keyframe === undefined) throw new Error('Only what is animated has a way.');
  return { keyframe, leadsOn: index < keyframes.length - 1 };
}

function keyframesOf({ value }: Target): readonly Keyframe[] {
  return typeof value === 'number' ? [] : value.keyframes;
}

function keyTimes(target: Target): Flicks[] {
  return keyframesOf(target)
    .filter((keyframe) => isOnClip(target, keyframe))
    .map((keyframe) => addFlicks(target.start, keyframe.time));
}

/** Trims may have hidden a keyframe before the beginning or past the end. */
function isOnClip({ duration }: Target, { time }: Keyframe): boolean {
  return time >= 0 && time <= duration;
}

function hasKeyframe(target: Target, frame: number, rate: Rate): boolean {
  return keyframesOf(target).some(
    (keyframe) => frameAt(addFlicks(target.start, keyframe.time), rate, 'nearest') === frame,
  );
}

function isInside({ start, duration }: Target, time: Flicks, rate: Rate): boolean {
  const snapped = snapToFrame(time, rate);
  return snapped >= start && snapped <= addFlicks(start, duration);
}

function timeIn({ start, duration }: Target, time: Flicks, rate: Rate): Flicks {
  const own = subtractFlicks(snapToFrame(time, rate), start);
  return flicks(Math.max(0, Math.min(duration, own)));
}
