import { effectNamed } from '../../effects/effects.ts';
import type { Effect } from '../../model/effects.ts';
import { valueAt } from '../../model/keyframes.ts';
import type { Flicks } from '../../time/flicks.ts';

/** An effect at one moment: every parameter has its value, given or by default. */
export type EffectValues = {
  effect: string;
  numbers: Readonly<Record<string, number>>;
  texts: Readonly<Record<string, string>>;
};

/** The values of an effect at a time of its clip. Null for an effect that this version does not know. */
export function effectValues(effect: Effect, time: Flicks): EffectValues | null {
  const definition = effectNamed(effect.effect);
  if (definition === undefined) return null;
  const numbers: Record<string, number> = {};
  const texts: Record<string, string> = {};
  for (const [name, parameter] of Object.entries(definition.parameters)) {
    const given = effect.parameters[name];
    if (parameter.kind === 'number') {
      const value = given === undefined || typeof given === 'string' ? parameter.default : given;
      numbers[name] = Math.min(parameter.max, Math.max(parameter.min, valueAt(value, time)));
    } else {
      texts[name] = typeof given === 'string' ? given : parameter.default;
    }
  }
  return { effect: effect.effect, numbers, texts };
}

/** A number of an effect that its definition has. */
export function numberOf({ effect, numbers }: EffectValues, name: string): number {
  const value = numbers[name];
  if (value === undefined) throw new Error(`The effect ${effect} has no number ${name}`);
  return value;
}
