import { type EffectValues, numberOf } from './effectValues.ts';
import { type PixelEffect, type Pixels, throughMask, unit } from './pixels.ts';

/** Effects that make parts of a picture clear by their colour. */
export const KEY_EFFECTS: Readonly<Record<string, (values: EffectValues) => PixelEffect>> = {
  /**
   * Clear where the colour differences (BT.709, −½ to ½) are nearer to those of the key than `similarity`, then more and
   * more opaque over `softness`. Spill: what the key’s strongest colour has more than the next is taken away by its share.
   */
  chromaKey(values) {
    const key = differences(...colorOf(values.texts['color'] ?? ''));
    const similarity = numberOf(values, 'similarity');
    const softness = Math.max(1e-4, numberOf(values, 'softness'));
    const spill = numberOf(values, 'spill');
    const strongest = strongestOf(colorOf(values.texts['color'] ?? ''));
    return (pixels) => {
      const keyed = throughMask(pixels, (_x, _y, at) => {
        const [cb, cr] = differencesAt(pixels, at);
        return unit((Math.hypot(cb - key[0], cr - key[1]) - similarity) / softness);
      });
      return withoutSpill(keyed, strongest, spill);
    };
  },
  /** Clear where brightness (BT.709) is within `tolerance` of the threshold, then more and more opaque over `softness`. */
  lumaKey(values) {
    const threshold = numberOf(values, 'threshold');
    const tolerance = numberOf(values, 'tolerance');
    const softness = Math.max(1e-4, numberOf(values, 'softness'));
    const takesOther = values.texts['invert'] === 'other';
    return (pixels) =>
      throughMask(pixels, (_x, _y, at) => {
        const [red, green, blue] = straightAt(pixels, at);
        const distance = Math.abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - threshold);
        const kept = unit((distance - tolerance) / softness);
        return takesOther ? 1 - kept : kept;
      });
  },
};

type Color = [red: number, green: number, blue: number];

/** `#rrggbb` as values from 0 to 1. */
function colorOf(text: string): Color {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((part) => part / 255) as Color;
}

function strongestOf(color: Color): number {
  return color.indexOf(Math.max(...color));
}

function differences(red: number, green: number, blue: number): [cb: number, cr: number] {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [(blue - luma) / 1.8556, (red - luma) / 1.5748];
}

function straightAt({ data }: Pixels, at: number): Color {
  const alpha = Math.max(1, data[at + 3] as number);
  return [0, 1, 2].map((channel) => (data[at + channel] as number) / alpha) as Color;
}

function differencesAt(pixels: Pixels, at: number): [cb: number, cr: number] {
  return differences(...straightAt(pixels, at));
}

function withoutSpill(pixels: Pixels, strongest: number, spill: number): Pixels {
  if (spill === 0) return pixels;
  const { data } = pixels;
  const others = [0, 1, 2].filter((channel) => channel !== strongest);
  for (let at = 0; at < data.length; at += 4) {
    const value = data[at + strongest] as number;
    const next = Math.max(...others.map((channel) => data[at + channel] as number));
    if (value > next) data[at + strongest] = value - (value - next) * spill + 0.5;
  }
  return pixels;
}
