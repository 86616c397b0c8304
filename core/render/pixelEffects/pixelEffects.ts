import { COLOR_EFFECTS } from './colorEffects.ts';
import type { EffectValues } from './effectValues.ts';
import { KEY_EFFECTS } from './keyEffects.ts';
import type { PixelEffect } from './pixels.ts';
import { SHAPE_EFFECTS } from './shapeEffects.ts';

const PIXEL_EFFECTS = { ...COLOR_EFFECTS, ...SHAPE_EFFECTS, ...KEY_EFFECTS };

/** Whether an effect is reckoned from the pixels of one picture; export and preview share the formulas. */
export function hasPixelForm(effect: string): boolean {
  return Object.hasOwn(PIXEL_EFFECTS, effect);
}

/** What an effect does to the pixels of a picture. Throws for one without such a form. */
export function pixelEffect(values: EffectValues): PixelEffect {
  const make = PIXEL_EFFECTS[values.effect];
  if (make === undefined) throw new Error(`The effect ${values.effect} has no pixel form`);
  return make(values);
}
