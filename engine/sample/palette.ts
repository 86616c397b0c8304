import type { Colour } from './painter.ts';

/** Ink from deep water to mist, then paper and amber: the only colours of the sample. */
export const INK: readonly [Colour, Colour, Colour, Colour, Colour, Colour] = [
  [9, 16, 30],
  [14, 26, 46],
  [21, 38, 66],
  [31, 56, 92],
  [48, 80, 120],
  [86, 122, 158],
];
export const FOAM: Colour = [160, 184, 200];
export const PAPER: Colour = [243, 234, 216];
export const AMBER: Colour = [242, 179, 61];
export const EMBER: Colour = [214, 122, 52];
export const ROSE: Colour = [222, 150, 120];

export function blend(from: Colour, to: Colour, share: number): Colour {
  const weight = Math.min(1, Math.max(0, share));
  return [
    from[0] + (to[0] - from[0]) * weight,
    from[1] + (to[1] - from[1]) * weight,
    from[2] + (to[2] - from[2]) * weight,
  ];
}

/** A colour along a row of stops, `place` from 0 to 1. */
export function along(stops: readonly Colour[], place: number): Colour {
  const scaled = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(scaled));
  return blend(stops[index] ?? PAPER, stops[index + 1] ?? PAPER, scaled - index);
}
