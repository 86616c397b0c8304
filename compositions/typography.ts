import type { CSSProperties } from 'react';

/** Emoji and scripts that the bundled families lack come from the system, in this order. */
const FALLBACK =
  "'Noto Sans', 'Segoe UI', 'Helvetica Neue', 'DejaVu Sans', 'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif";

export const SANS = `'Inter Variable', ${FALLBACK}`;
export const SERIF = `'Literata Variable', 'Noto Serif', ${FALLBACK}`;

/** Ink behind words, dense enough for 4.5:1 contrast of paper-coloured text over a white picture. */
export const PLATE = 'rgba(11, 18, 32, 0.74)';

/** Share of the frame that stays free on each side: the title-safe area. */
const SAFE_SHARE = 0.05;

/** Measures of a frame from which every size is derived, so that a graphic looks the same at any resolution. */
export type Measures = {
  /** One hundredth of the shorter side of the frame, in pixels: the unit of type, rules and gaps. */
  unit: number;
  safeX: number;
  safeY: number;
};

export function measures(width: number, height: number): Measures {
  return {
    unit: Math.min(width, height) / 100,
    safeX: width * SAFE_SHARE,
    safeY: height * SAFE_SHARE,
  };
}

/** Shade behind letters, legible on bright pictures without drawing a box. A value for `text-shadow`. */
export function shade(unit: number): string {
  const layer = (y: number, blur: number, alpha: number) =>
    `0 ${unit * y}px ${Math.max(1, unit * blur)}px rgba(11, 18, 32, ${alpha})`;
  return [layer(0, 0.3, 0.75), layer(0.2, 1.4, 0.65), layer(0, 4.5, 0.65)].join(', ');
}

/**
 * Words that wrap in lines of similar length and break inside a word only when they must. Nothing is cut off: the
 * fields have a longest length, and long texts are set smaller.
 */
export const WRAPPED: CSSProperties = {
  overflowWrap: 'anywhere',
  textWrap: 'balance',
  whiteSpace: 'pre-line',
};

/** Type size in units for a text: full size up to `comfortable` characters, then smaller, never below 60 %. */
export function fittedSize(text: string, size: number, comfortable: number): number {
  const length = Array.from(text).length;
  return length <= comfortable ? size : size * Math.max(0.6, Math.sqrt(comfortable / length));
}

/** Smallest type in pixels that can be read in a picture of any size. */
export const SMALLEST_TYPE = 10;
