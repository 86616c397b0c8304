import type { EffectUnit } from '#core/effects/parameters.ts';
import type { ClipParameter, Parameter } from '#core/model/parameters.ts';

/** How a stored number is shown and typed: `per` of what is shown make 1. */
export type ShownNumber = {
  unit?: string;
  per: number;
  /** What an arrow key changes, as shown. */
  step: number;
  /** Most decimals. */
  digits: number;
};

const UNITS: Record<EffectUnit | Parameter['unit'], { unit?: string; per: number }> = {
  share: { unit: '%', per: 100 },
  factor: { unit: '×', per: 1 },
  degrees: { unit: '°', per: 1 },
  decibels: { unit: 'dB', per: 1 },
  pixels: { unit: 'px', per: 1 },
  seconds: { unit: 's', per: 1 },
  hertz: { unit: 'Hz', per: 1 },
  kelvin: { unit: 'K', per: 1 },
  milliseconds: { unit: 'ms', per: 1 },
  stops: { unit: 'stops', per: 1 },
  number: { per: 1 },
};

/** How a parameter of an effect is shown. */
export function shownInUnit(unit: EffectUnit, step: number): ShownNumber {
  const { per, ...rest } = UNITS[unit];
  const shownStep = Number((step * per).toFixed(6));
  return { ...rest, per, step: shownStep, digits: decimalsOf(shownStep) + (per === 1 ? 0 : 1) };
}

/** How the parameters of clips are shown; positions are of the frame, or in pixels of it. */
export const CLIP_NUMBERS: Record<ClipParameter, ShownNumber> = {
  opacity: { unit: '%', per: 100, step: 1, digits: 1 },
  positionX: { unit: '%', per: 100, step: 0.5, digits: 2 },
  positionY: { unit: '%', per: 100, step: 0.5, digits: 2 },
  scaleX: { unit: '%', per: 100, step: 1, digits: 1 },
  scaleY: { unit: '%', per: 100, step: 1, digits: 1 },
  rotation: { unit: '°', per: 1, step: 1, digits: 1 },
  cropLeft: { unit: '%', per: 100, step: 0.5, digits: 1 },
  cropTop: { unit: '%', per: 100, step: 0.5, digits: 1 },
  cropRight: { unit: '%', per: 100, step: 0.5, digits: 1 },
  cropBottom: { unit: '%', per: 100, step: 0.5, digits: 1 },
  gainDb: { unit: 'dB', per: 1, step: 0.5, digits: 1 },
  pan: { unit: '%', per: 100, step: 5, digits: 0 },
};

/** A share of a length, in pixels of it. */
export function shownInPixels(length: number): ShownNumber {
  return { unit: 'px', per: length, step: 1, digits: 1 };
}

/** A stored number as it is shown, without noise of doubles. */
export function toShown(value: number, { per }: ShownNumber): number {
  return Number((value * per).toFixed(6));
}

/** A shown number as it is stored. */
export function fromShown(value: number, { per }: ShownNumber): number {
  return Number((value / per).toFixed(9));
}

/** `100`, `33.3`; no zeros that say nothing. A true minus sign would not be taken when it is typed over. */
export function shownText(value: number, { digits }: Pick<ShownNumber, 'digits'>): string {
  return String(Number(value.toFixed(digits)) + 0);
}

function decimalsOf(step: number): number {
  return String(step).split('.')[1]?.length ?? 0;
}
