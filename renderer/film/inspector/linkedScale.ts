import type { Clip } from '#core/model/entities.ts';
import { type Animated, valueAt } from '#core/model/keyframes.ts';
import { CLIP_PARAMETERS } from '#core/model/parameters.ts';
import type { Flicks } from '#core/time/flicks.ts';

/** Whether a clip is scaled alike across and down, at every time. */
export function isScaledEvenly({ scaleX = 1, scaleY = 1 }: Clip): boolean {
  return sameAnimated(scaleX, scaleY);
}

function sameAnimated(a: Animated, b: Animated): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  return (
    a.keyframes.length === b.keyframes.length &&
    a.keyframes.every((keyframe, index) => {
      const other = b.keyframes[index];
      return (
        keyframe.time === other?.time &&
        keyframe.value === other.value &&
        String(keyframe.easing) === String(other.easing)
      );
    })
  );
}

/**
 * The scale of the other side when one is set to `value` at `time` of the clip and both keep their proportion; a side
 * that was nothing is set alike.
 */
export function inProportion(
  value: number,
  { own, other }: { own: Animated; other: Animated },
  time: Flicks,
): number {
  const [before, beside] = [valueAt(own, time), valueAt(other, time)];
  const { max } = CLIP_PARAMETERS.scaleX;
  if (before === 0 || beside === 0) return value;
  return Math.min(max, Number(((value * beside) / before).toFixed(9)));
}
