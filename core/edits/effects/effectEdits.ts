import { z } from 'zod';
import { takesValue } from '../../effects/effects.ts';
import { refuse } from '../../fault.ts';
import type { Effect } from '../../model/effects.ts';
import { type Clip, objectIdSchema } from '../../model/entities.ts';
import { type TimeInput, timeInputSchema } from '../../time/timeInput.ts';
import {
  needDefinition,
  needEffect,
  needParameter,
  withParameter,
  writeEffect,
} from '../parameters/animatedValue.ts';
import { clipsOfHalf } from '../clips/clipHalves.ts';
import { timeIn } from '../parameters/clipSetParameters.ts';
import { defineEdit } from '../definition.ts';
import type { Draft } from '../draft.ts';
import { chosenIdSchema } from '../ids.ts';
import { withValue } from '../parameters/keyframeList.ts';

/*
 * Effects of clips. They apply in their order, before the clip’s own parameters; nothing moves. Scope: `effects` of the
 * clips. All refuse `edit/track-locked`, and the ones that read the table `edit/unknown-effect`,
 * `edit/unknown-parameter` and `edit/bad-value`.
 */

const MOST_EFFECTS = 100;

const valuesSchema = z.record(
  z.string().max(100),
  z.union([z.number(), z.string().max(8_192), z.null()]),
);
type Values = z.infer<typeof valuesSchema>;

/**
 * Adds an effect to clips: one for pictures to picture clips, one for sound to sound clips, each to the linked clip
 * where the named one is the other half.
 *
 *   [blur, vignette]   →   [blur, saturation, vignette]     (`index` 1; default: last)
 *
 * Refuses `edit/no-picture`, `edit/no-sound`, `edit/too-many-effects` (100), `edit/id-taken`.
 */
export const effectAdd = defineEdit({
  type: 'effect.add',
  label: 'Add effect',
  summary:
    'Adds an effect to clips; effects for sound go to the linked sound. Parameters that are not named have their defaults.',
  parameters: {
    clipIds: z.array(objectIdSchema).min(1).max(10_000),
    effect: z.string().min(1).max(100),
    parameters: valuesSchema.default({}),
    index: z.int().min(0).max(MOST_EFFECTS).optional().describe('Default: after the others.'),
    effectId: chosenIdSchema.optional().describe('Id on each clip; default: new ones.'),
    scope: z.enum(['linked', 'alone']).default('linked'),
  },
  apply(draft, command) {
    const definition = needDefinition(command.effect);
    const clips = clipsOfHalf(draft, command.clipIds, definition.of, command.scope);
    const added = clips.map((clip) => {
      const effects = clip.effects ?? [];
      const id = command.effectId ?? draft.newId();
      if (effects.some((effect) => effect.id === id)) {
        refuse('edit/id-taken', 'The clip has an effect with this id already.', { id });
      }
      const bare: Effect = { id, effect: command.effect, parameters: {} };
      const effect = withValues(draft, clip, bare, command.parameters);
      setEffects(draft, clip, effects.toSpliced(command.index ?? effects.length, 0, effect));
      return { clipId: clip.id, effectId: id };
    });
    return { effects: added };
  },
});

/**
 * Sets parameters of an effect. As with the clip’s own, one with keyframes gets another at `at`, or without `at` loses
 * them. Refuses `edit/no-such-effect`, and `edit/not-inside` when `at` lies outside of the clip.
 */
export const effectSet = defineEdit({
  type: 'effect.set',
  label: 'Change effect',
  summary:
    'Sets parameters of an effect; null gives one its default. Where a parameter has keyframes, another is set at “at”.',
  parameters: {
    clipId: objectIdSchema,
    effectId: objectIdSchema,
    parameters: valuesSchema,
    at: timeInputSchema
      .optional()
      .describe('Time on the timeline; without it keyframes give way to the value.'),
  },
  apply(draft, command) {
    const clip = needClip(draft, command.clipId);
    const before = needEffect(clip, command.effectId);
    writeEffect(draft, clip, withValues(draft, clip, before, command.parameters, command.at));
    return {};
  },
});

/** Takes effects off a clip. Refuses `edit/no-such-effect`. */
export const effectRemove = defineEdit({
  type: 'effect.remove',
  label: 'Remove effect',
  summary: 'Takes effects off a clip.',
  parameters: {
    clipId: objectIdSchema,
    effectIds: z.array(objectIdSchema).min(1).max(MOST_EFFECTS),
  },
  apply(draft, command) {
    const clip = needClip(draft, command.clipId);
    for (const id of command.effectIds) needEffect(clip, id);
    const kept = (clip.effects ?? []).filter((effect) => !command.effectIds.includes(effect.id));
    setEffects(draft, clip, kept);
    return {};
  },
});

/** Puts an effect at another place in the order; beyond the last is last. Refuses `edit/no-such-effect`. */
export const effectMove = defineEdit({
  type: 'effect.move',
  label: 'Reorder effects',
  summary: 'Puts an effect of a clip at another place in their order.',
  parameters: {
    clipId: objectIdSchema,
    effectId: objectIdSchema,
    index: z.int().min(0).max(MOST_EFFECTS).describe('Where it comes to stand, from 0.'),
  },
  apply(draft, command) {
    const clip = needClip(draft, command.clipId);
    const effect = needEffect(clip, command.effectId);
    const others = (clip.effects ?? []).filter((other) => other.id !== effect.id);
    setEffects(draft, clip, others.toSpliced(command.index, 0, effect));
    return {};
  },
});

/** Switches effects off, so that they keep their place and parameters and change nothing, or on again. */
export const effectSetEnabled = defineEdit({
  type: 'effect.setEnabled',
  label: 'Enable effect',
  summary: 'Switches effects of a clip off or on; one that is off keeps its place and parameters.',
  parameters: {
    clipId: objectIdSchema,
    effectIds: z.array(objectIdSchema).min(1).max(MOST_EFFECTS),
    enabled: z.boolean(),
  },
  apply(draft, command) {
    const clip = needClip(draft, command.clipId);
    for (const id of command.effectIds) {
      const { disabled: _before, ...effect } = needEffect(clip, id);
      writeEffect(draft, clip, command.enabled ? effect : { ...effect, disabled: true });
    }
    return {};
  },
});

/** Sets the effects of a clip. Refuses `edit/too-many-effects`. */
export function setEffects(draft: Draft, clip: Clip, effects: Effect[]): void {
  if (effects.length > MOST_EFFECTS) {
    refuse('edit/too-many-effects', 'A clip can have 100 effects.', { clipId: clip.id });
  }
  draft.set<'clip'>(clip.id, { effects: effects.length === 0 ? undefined : effects });
}

function needClip(draft: Draft, clipId: string): Clip {
  const clip = draft.need('clip', clipId);
  draft.refuseLocked(draft.trackOf(clip));
  return clip;
}

/** An effect with other values. Refuses what the table does not allow. */
function withValues(
  draft: Draft,
  clip: Clip,
  before: Effect,
  values: Values,
  at?: TimeInput,
): Effect {
  const definition = needDefinition(before.effect);
  const { frameRate } = draft.timelineOf(clip).format;
  return Object.entries(values).reduce<Effect>((effect, [name, given]) => {
    const parameter = needParameter(definition, name);
    const value = given ?? parameter.default;
    if (!takesValue(parameter, value)) {
      refuse('edit/bad-value', `“${parameter.label}” cannot be ${JSON.stringify(value)}.`, {
        value,
        ...parameter,
        parameter: name,
      });
    }
    const stored = effect.parameters[name];
    if (given === null || typeof value === 'string' || typeof stored !== 'object') {
      return withParameter(effect, name, value);
    }
    const time = at === undefined ? undefined : timeIn(draft, clip, at);
    return withParameter(effect, name, withValue(stored, value, time, frameRate));
  }, before);
}
