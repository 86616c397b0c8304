import type { EffectDefinition, EffectParameter } from './parameters.ts';
import { PICTURE_EFFECTS } from './pictureEffects.ts';
import { SOUND_EFFECTS } from './soundEffects.ts';

/** Every effect there is, by the name that clips know it by, in the order of the menu. */
export const EFFECTS = { ...PICTURE_EFFECTS, ...SOUND_EFFECTS } as const;

/** The effect of a name; undefined for one that this version does not know. */
export function effectNamed(name: string): EffectDefinition | undefined {
  return Object.hasOwn(EFFECTS, name) ? EFFECTS[name as keyof typeof EFFECTS] : undefined;
}

/** The parameter of an effect; undefined where it has none of the name. */
export function parameterNamed(
  effect: EffectDefinition,
  name: string,
): EffectParameter | undefined {
  return Object.hasOwn(effect.parameters, name) ? effect.parameters[name] : undefined;
}

const LONGEST_PATH = 8_192;

/** Whether a parameter can have a value. */
export function takesValue(parameter: EffectParameter, value: number | string): boolean {
  if (parameter.kind === 'number') {
    return typeof value === 'number' && value >= parameter.min && value <= parameter.max;
  }
  if (typeof value !== 'string') return false;
  switch (parameter.kind) {
    case 'choice':
      return parameter.choices.includes(value);
    case 'color':
      return /^#[0-9a-f]{6}$/i.test(value);
    case 'file':
      return (
        value === '' ||
        (value.length <= LONGEST_PATH &&
          parameter.extensions.some((extension) => value.toLowerCase().endsWith(`.${extension}`)))
      );
  }
}
