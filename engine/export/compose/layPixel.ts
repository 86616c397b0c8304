import type { Blend } from '#core/render/pictureSource.ts';
import { BLEND_COLORS } from './blendColors.ts';

/** Lays one premultiplied pixel, all parts 0 to 255, over the one at `at` of `below`. */
export type LayPixel = (
  below: Uint8Array,
  at: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
) => void;

/** How pixels are laid over others in a blend. */
export function pixelLayer(blend: Blend): LayPixel {
  if (blend === 'normal') return layNormal;
  if (blend === 'add') return layAdded;
  const mix = BLEND_COLORS[blend];
  return (below, at, red, green, blue, alpha) => {
    if (alpha === 0) return;
    const under = below[at + 3] as number;
    const colors = [red, green, blue];
    for (let channel = 0; channel < 3; channel++) {
      const above = colors[channel] as number;
      const behind = below[at + channel] as number;
      const mixed = under === 0 ? 0 : mix(Math.min(1, behind / under), Math.min(1, above / alpha));
      below[at + channel] = rounded(
        (above * (255 - under) + behind * (255 - alpha) + mixed * alpha * under) / 255,
      );
    }
    below[at + 3] = rounded(alpha + (under * (255 - alpha)) / 255);
  };
}

function layNormal(
  below: Uint8Array,
  at: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
): void {
  const rest = (255 - alpha) / 255;
  below[at] = red + (below[at] as number) * rest + 0.5;
  below[at + 1] = green + (below[at + 1] as number) * rest + 0.5;
  below[at + 2] = blue + (below[at + 2] as number) * rest + 0.5;
  below[at + 3] = alpha + (below[at + 3] as number) * rest + 0.5;
}

function layAdded(
  below: Uint8Array,
  at: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
): void {
  below[at] = rounded((below[at] as number) + red);
  below[at + 1] = rounded((below[at + 1] as number) + green);
  below[at + 2] = rounded((below[at + 2] as number) + blue);
  below[at + 3] = rounded((below[at + 3] as number) + alpha);
}

function rounded(value: number): number {
  return value >= 255 ? 255 : value + 0.5;
}
