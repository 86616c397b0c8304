import type { Blend } from '#core/render/pictureSource.ts';
import { BLEND_COLORS } from './blendColors.ts';

/** Lays one premultiplied pixel, all parts 0 to 255 and not rounded, over another; gives it as one number. */
export type LayPixel = (
  under: number,
  red: number,
  green: number,
  blue: number,
  alpha: number,
) => number;

/** How pixels are laid over others in a blend. */
export function pixelLayer(blend: Blend): LayPixel {
  if (blend === 'normal') return layNormal;
  if (blend === 'add') return layAdded;
  const mix = BLEND_COLORS[blend];
  return (under, red, green, blue, alpha) => {
    if (alpha === 0) return under;
    const underAlpha = under >>> 24;
    const blended = (behind: number, above: number) => {
      const mixed =
        underAlpha === 0 ? 0 : mix(Math.min(1, behind / underAlpha), Math.min(1, above / alpha));
      return rounded(
        (above * (255 - underAlpha) + behind * (255 - alpha) + mixed * alpha * underAlpha) / 255,
      );
    };
    return (
      blended(under & 255, red) |
      (blended((under >>> 8) & 255, green) << 8) |
      (blended((under >>> 16) & 255, blue) << 16) |
      (rounded(alpha + (underAlpha * (255 - alpha)) / 255) << 24)
    );
  };
}

function layNormal(under: number, red: number, green: number, blue: number, alpha: number): number {
  const rest = (255 - alpha) / 255;
  return (
    ((red + (under & 255) * rest + 0.5) & 255) |
    (((green + ((under >>> 8) & 255) * rest + 0.5) & 255) << 8) |
    (((blue + ((under >>> 16) & 255) * rest + 0.5) & 255) << 16) |
    (((alpha + (under >>> 24) * rest + 0.5) & 255) << 24)
  );
}

function layAdded(under: number, red: number, green: number, blue: number, alpha: number): number {
  return (
    rounded((under & 255) + red) |
    (rounded(((under >>> 8) & 255) + green) << 8) |
    (rounded(((under >>> 16) & 255) + blue) << 16) |
    (rounded((under >>> 24) + alpha) << 24)
  );
}

function rounded(value: number): number {
  return value >= 255 ? 255 : (value + 0.5) & 255;
}
