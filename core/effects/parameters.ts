/** What the number of an effect counts; for its field in the interface. */
export type EffectUnit =
  | 'share'
  | 'factor'
  | 'degrees'
  | 'decibels'
  | 'hertz'
  | 'kelvin'
  | 'milliseconds'
  | 'number'
  | 'seconds'
  | 'stops';

/** A number from `min` to `max`. `step` is a hint for fields and arrow keys. */
export type NumberParameter = {
  kind: 'number';
  label: string;
  min: number;
  max: number;
  default: number;
  unit: EffectUnit;
  step: number;
  /** Whether it can have keyframes. */
  animates: boolean;
};

/** A parameter of an effect; all but numbers are texts, and stay the same for the whole clip. */
export type EffectParameter =
  | NumberParameter
  | { kind: 'choice'; label: string; choices: readonly [string, ...string[]]; default: string }
  /** A file by its full path; none while empty. */
  | { kind: 'file'; label: string; extensions: readonly string[]; default: '' }
  /** As `#rrggbb`. */
  | { kind: 'color'; label: string; default: string };

/** One effect: what it is called, where menus list it, which half of a film it changes, and what it takes. */
export type EffectDefinition = {
  label: string;
  group: string;
  of: 'picture' | 'sound';
  parameters: Readonly<Record<string, EffectParameter>>;
};

type NumberOptions = { unit?: EffectUnit; step?: number };

/** A number that can have keyframes. The step is a hundredth unless given. */
export function animated(
  label: string,
  [min, byDefault, max]: readonly [min: number, byDefault: number, max: number],
  { unit = 'number', step = 0.01 }: NumberOptions = {},
): NumberParameter {
  return { kind: 'number', label, min, max, default: byDefault, unit, step, animates: true };
}

/** A number that is the same for the whole clip. */
export function fixed(
  label: string,
  range: readonly [min: number, byDefault: number, max: number],
  options: NumberOptions = {},
): NumberParameter {
  return { ...animated(label, range, options), animates: false };
}

/** One of a few words; the first unless another is chosen. */
export function choice(label: string, choices: readonly [string, ...string[]]): EffectParameter {
  return { kind: 'choice', label, choices, default: choices[0] };
}
