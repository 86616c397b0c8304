import { effectNamed, parameterNamed } from '../../effects/effects.ts';
import type { EffectDefinition, EffectParameter } from '../../effects/parameters.ts';
import { refuse } from '../../fault.ts';
import type { Effect } from '../../model/effects.ts';
import type { Clip } from '../../model/entities.ts';
import type { Animated } from '../../model/keyframes.ts';
import { CLIP_PARAMETERS, type ClipParameter } from '../../model/parameters.ts';
import { clipsOfHalf } from '../clips/clipHalves.ts';
import { writeParameter } from './clipSetParameters.ts';
import type { Draft } from '../draft.ts';

/** A number of a clip that can have keyframes: its own parameter, or that of one of its effects. */
export type AnimatedValue = {
  clip: Clip;
  value: Animated;
  min: number;
  max: number;
  write: (value: Animated) => void;
};

export type AnimatedName = {
  clipId: string;
  parameter: string;
  effectId?: string | undefined;
  scope: 'linked' | 'alone';
};

/**
 * What the name of a parameter means: one of the clip itself or, where it is of the other half, of the clips linked
 * with it; with `effectId`, one of that effect of the clip. Refuses `edit/unknown-parameter`, `edit/no-picture`,
 * `edit/no-sound`, `edit/no-such-effect`, `edit/unknown-effect`, `edit/cannot-animate`, `edit/track-locked`.
 */
export function animatedValues(draft: Draft, name: AnimatedName): AnimatedValue[] {
  if (name.effectId !== undefined) return [effectValue(draft, name, name.effectId)];
  if (!isClipParameter(name.parameter)) {
    refuse('edit/unknown-parameter', `Clips have no parameter “${name.parameter}”.`, {
      parameter: name.parameter,
    });
  }
  const { parameter } = name;
  const { min, max, default: byDefault, of } = CLIP_PARAMETERS[parameter];
  return clipsOfHalf(draft, [name.clipId], of, name.scope).map((clip) => ({
    clip,
    value: clip[parameter] ?? byDefault,
    min,
    max,
    write: (value) => writeParameter(draft, clip, parameter, value),
  }));
}

function isClipParameter(name: string): name is ClipParameter {
  return Object.hasOwn(CLIP_PARAMETERS, name);
}

function effectValue(draft: Draft, name: AnimatedName, effectId: string): AnimatedValue {
  const clip = draft.need('clip', name.clipId);
  draft.refuseLocked(draft.trackOf(clip));
  const effect = needEffect(clip, effectId);
  const parameter = needParameter(needDefinition(effect.effect), name.parameter);
  if (parameter.kind !== 'number' || !parameter.animates) {
    refuse('edit/cannot-animate', `“${parameter.label}” is the same for the whole clip.`, {
      parameter: name.parameter,
    });
  }
  const stored = effect.parameters[name.parameter];
  return {
    clip,
    value: stored === undefined || typeof stored === 'string' ? parameter.default : stored,
    min: parameter.min,
    max: parameter.max,
    write: (value) => writeEffect(draft, clip, withParameter(effect, name.parameter, value)),
  };
}

/** Refuses `edit/no-such-effect`. */
export function needEffect(clip: Clip, effectId: string): Effect {
  return (
    clip.effects?.find((effect) => effect.id === effectId) ??
    refuse('edit/no-such-effect', 'That effect is no longer on the clip.', {
      clipId: clip.id,
      effectId,
    })
  );
}

/** Refuses `edit/unknown-effect`. */
export function needDefinition(effect: string): EffectDefinition {
  return (
    effectNamed(effect) ??
    refuse('edit/unknown-effect', `There is no effect “${effect}” in this version.`, { effect })
  );
}

/** Refuses `edit/unknown-parameter`. */
export function needParameter(effect: EffectDefinition, name: string): EffectParameter {
  return (
    parameterNamed(effect, name) ??
    refuse('edit/unknown-parameter', `“${effect.label}” has no parameter “${name}”.`, {
      parameter: name,
    })
  );
}

/** An effect with one parameter changed; one that has its default is absent. */
export function withParameter(effect: Effect, name: string, value: Animated | string): Effect {
  const definition = effectNamed(effect.effect);
  const isDefault = definition && parameterNamed(definition, name)?.default === value;
  const { [name]: _before, ...others } = effect.parameters;
  return { ...effect, parameters: isDefault ? others : { ...others, [name]: value } };
}

/** Puts a changed effect in the place of the one with its id. */
export function writeEffect(draft: Draft, clip: Clip, changed: Effect): void {
  const effects = draft.need('clip', clip.id).effects ?? [];
  draft.set<'clip'>(clip.id, {
    effects: effects.map((effect) => (effect.id === changed.id ? changed : effect)),
  });
}
