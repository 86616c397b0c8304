import type { Blend } from '#core/render/pictureSource.ts';

type Mix = (below: number, above: number) => number;

const hardLight: Mix = (below, above) =>
  above <= 0.5 ? 2 * below * above : below + (2 * above - 1) - below * (2 * above - 1);

function softLight(below: number, above: number): number {
  if (above <= 0.5) return below - (1 - 2 * above) * below * (1 - below);
  const root = below <= 0.25 ? ((16 * below - 12) * below + 4) * below : Math.sqrt(below);
  return below + (2 * above - 1) * (root - below);
}

/** The colour, 0 to 1, where both pictures are opaque: the formulas of the W3C’s Compositing and Blending. */
export const BLEND_COLORS: Readonly<Record<Exclude<Blend, 'normal' | 'add'>, Mix>> = {
  multiply: (below, above) => below * above,
  screen: (below, above) => below + above - below * above,
  overlay: (below, above) => hardLight(above, below),
  darken: Math.min,
  lighten: Math.max,
  'hard-light': hardLight,
  'soft-light': softLight,
  difference: (below, above) => Math.abs(below - above),
  exclusion: (below, above) => below + above - 2 * below * above,
};
