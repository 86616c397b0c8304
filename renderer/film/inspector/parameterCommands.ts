import type { EditCommand } from '#core/edits/registry.ts';
import type { Easing } from '#core/model/keyframes.ts';
import type { ClipParameter } from '#core/model/parameters.ts';
import type { Flicks } from '#core/time/flicks.ts';
import { type Rate, snapToFrame } from '#core/time/rate.ts';
import { readingAt, type Target, wayTime } from './parameterReading.ts';

/** Gives targets a value; what has keyframes gets one more where the playhead stands. */
export function valueCommands(
  targets: readonly Target[],
  value: number | ((target: Target) => number),
  at: Flicks,
): EditCommand[] {
  const valueOf = typeof value === 'number' ? () => value : value;
  return targets.map((target) =>
    target.effectId === undefined
      ? {
          type: 'clip.setParameters',
          clipIds: [target.clipId],
          parameters: { [target.parameter]: valueOf(target) },
          at,
        }
      : {
          type: 'effect.set',
          clipId: target.clipId,
          effectId: target.effectId,
          parameters: { [target.parameter]: valueOf(target) },
          at,
        },
  );
}

/** Takes away all that was set: the default again, without keyframes. */
export function resetCommands(targets: readonly Target[]): EditCommand[] {
  return targets.map((target) =>
    target.effectId === undefined
      ? {
          type: 'clip.resetParameters',
          clipIds: [target.clipId],
          parameters: [target.parameter as ClipParameter],
        }
      : {
          type: 'effect.set',
          clipId: target.clipId,
          effectId: target.effectId,
          parameters: { [target.parameter]: null },
        },
  );
}

/** Takes the keyframes of this frame away where all targets have one, else sets those that are missing. */
export function toggleKeyframeCommands(
  targets: readonly Target[],
  time: Flicks,
  rate: Rate,
): EditCommand[] {
  const at = snapToFrame(time, rate);
  const { isHere } = readingAt(targets, time, rate);
  return targets.flatMap((target): EditCommand[] => {
    if (isHere) return [{ type: 'keyframe.remove', ...nameOf(target), at: [at] }];
    if (readingAt([target], time, rate).isHere) return [];
    return [{ type: 'keyframe.set', ...nameOf(target), at }];
  });
}

/** Changes the way that the value is on at a time: how it goes from the keyframe before it to the next. */
export function easingCommands(
  targets: readonly Target[],
  time: Flicks,
  rate: Rate,
  easing: Easing,
): EditCommand[] {
  return targets.flatMap((target): EditCommand[] => {
    const at = wayTime(target, time, rate);
    return at === null ? [] : [{ type: 'keyframe.setEasing', ...nameOf(target), at: [at], easing }];
  });
}

function nameOf({ clipId, parameter, effectId }: Target) {
  return { clipId, parameter, ...(effectId !== undefined && { effectId }) };
}
