import { z } from 'zod';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { itemStart } from '../../model/items.ts';
import {
  type Easing,
  easingSchema,
  type Keyframe,
  NAMED_EASINGS,
  valueAt,
} from '../../model/keyframes.ts';
import { type Flicks, subtractFlicks, ZERO } from '../../time/flicks.ts';
import { type Rate, snapToFrame } from '../../time/rate.ts';
import { resolveTime, type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import { type AnimatedName, type AnimatedValue, animatedValues } from './animatedValue.ts';
import { timeIn } from './clipSetParameters.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { keyframesAt, withKeyframe, withMovedKeyframes, withoutKeyframes } from './keyframeList.ts';

/*
 * Keyframes of one parameter. Times are those of the timeline, moved to the nearest frame; new ones lie from the
 * beginning of the clip to its end. The parameter is the clip’s own (of linked clips, where it is of the other half),
 * or with `effectId` that of its effect. Scope: that register. All refuse as `animatedValues` does.
 */
const nameParameters = {
  clipId: objectIdSchema,
  parameter: z.string().min(1).max(100),
  effectId: objectIdSchema.optional().describe('The effect that has the parameter.'),
  scope: z.enum(['linked', 'alone']).default('linked'),
};

const easingInputSchema = z
  .union([z.enum(Object.keys(NAMED_EASINGS) as [keyof typeof NAMED_EASINGS]), easingSchema])
  .describe('The way to the next keyframe: a name, or x1, y1, x2, y2 of a cubic Bézier curve.');

const timesSchema = z.array(timeInputSchema).min(1).max(10_000);

/**
 * Sets a keyframe; one in the same frame is replaced. The first makes the parameter animated.
 *
 *   ◆──────◆   →   ◆───◆──◆
 *
 * Refuses `edit/not-inside`, `edit/bad-value` outside of the parameter’s range (given in the details) and
 * `edit/too-many-keyframes`.
 */
export const keyframeSet = defineEdit({
  type: 'keyframe.set',
  label: 'Set keyframe',
  summary:
    'Sets a keyframe of a clip’s or effect’s parameter at a time, in place of one that is there.',
  parameters: {
    ...nameParameters,
    at: timeInputSchema,
    value: z.number().optional().describe('Default: the value that the parameter has there now.'),
    easing: easingInputSchema
      .optional()
      .describe('Default: as it is there now; of the first keyframe: linear.'),
  },
  apply(draft, command) {
    return change(draft, command, (animated, rate) => {
      refuseBadValue(animated, command.value);
      const time = timeIn(draft, animated.clip, command.at);
      const value = command.value ?? valueIn(animated, time);
      const easing = easingOf(command.easing);
      return withKeyframe(animated.value, { time, value, easing }, rate);
    });
  },
});

/**
 * Takes keyframes away. When none is left the parameter keeps the value of the earliest of them.
 * Refuses `edit/no-such-keyframe`.
 */
export const keyframeRemove = defineEdit({
  type: 'keyframe.remove',
  label: 'Remove keyframe',
  summary:
    'Removes keyframes of a parameter; without any, it keeps the value of the first of them.',
  parameters: { ...nameParameters, at: timesSchema },
  apply(draft, command) {
    return change(draft, command, (animated, rate) => {
      const removed = keyframesAt(animated.value, timesOf(animated, command.at, rate), rate);
      return withoutKeyframes(animated.value, removed);
    });
  },
});

/**
 * Moves keyframes in time, in value, or both, together. Those that others come to stand on are replaced.
 *
 *   ◆──◇──◆   →   ◆────◇◆
 *
 * Refuses `edit/no-such-keyframe`, `edit/not-inside`, `edit/bad-value`, and `edit/keyframes-collide` when two of the
 * moved ones would share a frame.
 */
export const keyframeMove = defineEdit({
  type: 'keyframe.move',
  label: 'Move keyframe',
  summary: 'Moves keyframes of a parameter to other times, gives them other values, or both.',
  parameters: {
    ...nameParameters,
    keyframes: z
      .array(
        z.strictObject({
          from: timeInputSchema,
          to: timeInputSchema.optional().describe('Default: where it is.'),
          value: z.number().optional().describe('Default: the value it has.'),
        }),
      )
      .min(1)
      .max(10_000),
  },
  apply(draft, command) {
    return change(draft, command, (animated, rate) => {
      const changed = new Map<Keyframe, Keyframe>();
      for (const { from, to, value } of command.keyframes) {
        refuseBadValue(animated, value);
        const [keyframe] = keyframesAt(animated.value, timesOf(animated, [from], rate), rate);
        if (keyframe === undefined) continue;
        const time = to === undefined ? keyframe.time : timeIn(draft, animated.clip, to);
        changed.set(keyframe, { ...keyframe, time, value: value ?? keyframe.value });
      }
      return withMovedKeyframes(animated.value, changed, rate);
    });
  },
});

/** Changes how keyframes go to the next: evenly, not until then, or along a curve. Refuses `edit/no-such-keyframe`. */
export const keyframeSetEasing = defineEdit({
  type: 'keyframe.setEasing',
  label: 'Change easing',
  summary: 'Changes how the value goes from keyframes of a parameter to the next.',
  parameters: { ...nameParameters, at: timesSchema, easing: easingInputSchema },
  apply(draft, command) {
    const easing = easingOf(command.easing) ?? 'linear';
    return change(draft, command, (animated, rate) => {
      const eased = keyframesAt(animated.value, timesOf(animated, command.at, rate), rate);
      const changed = [...eased].map((keyframe) => [keyframe, { ...keyframe, easing }] as const);
      return withMovedKeyframes(animated.value, new Map(changed), rate);
    });
  },
});

/** Takes all keyframes of a parameter away and leaves the value that it has at a time. Refuses `edit/not-inside`. */
export const keyframeClear = defineEdit({
  type: 'keyframe.clear',
  label: 'Clear keyframes',
  summary: 'Removes all keyframes of a parameter and leaves the value that it has at a time.',
  parameters: {
    ...nameParameters,
    at: timeInputSchema.optional().describe('Default: the beginning of the clip.'),
  },
  apply(draft, command) {
    return change(draft, command, (animated) => {
      const time = command.at === undefined ? ZERO : timeIn(draft, animated.clip, command.at);
      return valueIn(animated, time);
    });
  },
});

function change(
  draft: Draft,
  name: AnimatedName,
  changed: (animated: AnimatedValue, rate: Rate) => AnimatedValue['value'],
): { clipIds: string[] } {
  const all = animatedValues(draft, name);
  for (const animated of all) {
    animated.write(changed(animated, draft.timelineOf(animated.clip).format.frameRate));
  }
  return { clipIds: all.map(({ clip }) => clip.id) };
}

/** Times that name keyframes, from the beginning of the clip; hidden keyframes may lie outside of it. */
function timesOf({ clip }: AnimatedValue, inputs: readonly TimeInput[], rate: Rate): Flicks[] {
  return inputs.map((input) =>
    subtractFlicks(snapToFrame(resolveTime(input, rate), rate), itemStart(clip)),
  );
}

/** The value at a time of the clip; a curve may overshoot what the parameter can be set to. */
function valueIn({ value, min, max }: AnimatedValue, time: Flicks): number {
  return Math.max(min, Math.min(max, valueAt(value, time)));
}

function refuseBadValue({ min, max }: AnimatedValue, value: number | undefined): void {
  if (value === undefined || (value >= min && value <= max)) return;
  refuse('edit/bad-value', `The value must lie between ${min} and ${max}.`, { value, min, max });
}

function easingOf(input: z.infer<typeof easingInputSchema> | undefined): Easing | undefined {
  return typeof input === 'string' ? NAMED_EASINGS[input] : input;
}
