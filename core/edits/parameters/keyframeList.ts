import { refuse } from '../../fault.ts';
import { type Animated, type Easing, type Keyframe } from '../../model/keyframes.ts';
import type { Flicks } from '../../time/flicks.ts';
import { frameAt, type Rate } from '../../time/rate.ts';

/**
 * Keyframes are chosen by the frame of the timeline that they stand in: one that a paste from another frame rate has
 * left between two frames belongs to the nearest. Times here count from the beginning of the clip.
 */
function sameFrame(a: Flicks, b: Flicks, rate: Rate): boolean {
  return frameAt(a, rate, 'nearest') === frameAt(b, rate, 'nearest');
}

function keyframesOf(animated: Animated): readonly Keyframe[] {
  return typeof animated === 'number' ? [] : animated.keyframes;
}

/** The keyframes in the frame of any of the times. Refuses `edit/no-such-keyframe` for a time without one. */
export function keyframesAt(
  animated: Animated,
  times: readonly Flicks[],
  rate: Rate,
): ReadonlySet<Keyframe> {
  const found = times.map((time) => {
    const there = keyframesOf(animated).filter((keyframe) => sameFrame(keyframe.time, time, rate));
    if (there.length === 0) {
      refuse('edit/no-such-keyframe', 'There is no keyframe at that time.', { time });
    }
    return there;
  });
  return new Set(found.flat());
}

/**
 * With a keyframe at `time`, in place of one in the same frame. Its easing, unless given, is that of the keyframe that
 * is replaced, else of the one before it, so that a held or eased stretch stays one.
 */
export function withKeyframe(
  animated: Animated,
  { time, value, easing }: { time: Flicks; value: number; easing?: Easing | undefined },
  rate: Rate,
): Animated {
  const before = keyframesOf(animated);
  const replaced = before.find((keyframe) => sameFrame(keyframe.time, time, rate));
  const previous = before.findLast((keyframe) => keyframe.time < time);
  const made: Keyframe = {
    time,
    value,
    easing: easing ?? replaced?.easing ?? previous?.easing ?? 'linear',
  };
  return withKeyframes(
    before.filter((keyframe) => !sameFrame(keyframe.time, time, rate)),
    [made],
  );
}

/** A value for one moment: a keyframe where there are keyframes and a time, else for the whole clip. */
export function withValue(
  animated: Animated,
  value: number,
  time: Flicks | undefined,
  rate: Rate,
): Animated {
  if (typeof animated === 'number' || time === undefined) return value;
  return withKeyframe(animated, { time, value }, rate);
}

/** Without some keyframes; the earliest of the last ones leaves its value for the whole clip. */
export function withoutKeyframes(animated: Animated, removed: ReadonlySet<Keyframe>): Animated {
  const kept = keyframesOf(animated).filter((keyframe) => !removed.has(keyframe));
  const [first] = removed;
  return kept.length === 0 && first !== undefined ? first.value : { keyframes: kept };
}

/**
 * With keyframes replaced by changed ones. A changed one takes the place of an unchanged one in its frame. Refuses
 * `edit/keyframes-collide` for two changed ones in one frame.
 */
export function withMovedKeyframes(
  animated: Animated,
  changed: ReadonlyMap<Keyframe, Keyframe>,
  rate: Rate,
): Animated {
  const moved = [...changed.values()];
  const frames = new Map(
    moved.map((keyframe) => [frameAt(keyframe.time, rate, 'nearest'), keyframe]),
  );
  if (frames.size < moved.length) {
    refuse('edit/keyframes-collide', 'Two of the keyframes would come to the same frame.', {
      times: moved.map((keyframe) => keyframe.time),
    });
  }
  const kept = keyframesOf(animated).filter(
    (keyframe) => !changed.has(keyframe) && !frames.has(frameAt(keyframe.time, rate, 'nearest')),
  );
  return withKeyframes(kept, moved);
}

const MOST_KEYFRAMES = 10_000;

function withKeyframes(kept: readonly Keyframe[], added: readonly Keyframe[]): Animated {
  const keyframes = [...kept, ...added].sort((a, b) => a.time - b.time);
  if (keyframes.length > MOST_KEYFRAMES) {
    refuse('edit/too-many-keyframes', 'A parameter can have 10,000 keyframes.', {
      keyframes: keyframes.length,
    });
  }
  return { keyframes };
}
