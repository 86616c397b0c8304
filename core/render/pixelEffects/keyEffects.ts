import { type EffectValues, numberOf } from './effectValues.ts';
import { type PixelEffect, sharedWord, throughWords, unit } from './pixels.ts';

/** Effects that make parts of a picture clear by their colour. */
export const KEY_EFFECTS: Readonly<Record<string, (values: EffectValues) => PixelEffect>> = {
  /**
   * Clear where the colour differences (BT.709, −½ to ½) are nearer to those of the key than `similarity`, then more and
   * more opaque over `softness`. Spill: what the key’s strongest colour has more than the next is taken away by its share.
   */
  chromaKey(values) {
    const color = colorOf(values.texts['color'] ?? '');
    const [keyCb, keyCr] = differences(...color);
    const similarity = numberOf(values, 'similarity');
    const softness = Math.max(1e-4, numberOf(values, 'softness'));
    const spill = numberOf(values, 'spill');
    const strongest = color.indexOf(Math.max(...color));
    const opaqueFrom = (similarity + softness) ** 2;
    const become = (word: number) => {
      // `differences`, written out: this is done for every pixel.
      const alpha = Math.max(1, word >>> 24);
      const red = (word & 255) / alpha;
      const green = ((word >>> 8) & 255) / alpha;
      const blue = ((word >>> 16) & 255) / alpha;
      const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      const cb = (blue - luma) / 1.8556 - keyCb;
      const cr = (red - luma) / 1.5748 - keyCr;
      const square = cb * cb + cr * cr;
      if (square >= opaqueFrom) return word;
      return sharedWord(word, (Math.sqrt(square) - similarity) / softness);
    };
    if (spill === 0) return (pixels) => throughWords(pixels, become);
    return (pixels) => throughWords(pixels, (word) => withoutSpill(become(word), strongest, spill));
  },
  /** Clear where brightness (BT.709) is within `tolerance` of the threshold, then more and more opaque over `softness`. */
  lumaKey(values) {
    const threshold = numberOf(values, 'threshold');
    const tolerance = numberOf(values, 'tolerance');
    const softness = Math.max(1e-4, numberOf(values, 'softness'));
    const takesOther = values.texts['invert'] === 'other';
    return (pixels) =>
      throughWords(pixels, (word) => {
        const alpha = Math.max(1, word >>> 24);
        const red = (word & 255) / alpha;
        const green = ((word >>> 8) & 255) / alpha;
        const blue = ((word >>> 16) & 255) / alpha;
        const distance = Math.abs(0.2126 * red + 0.7152 * green + 0.0722 * blue - threshold);
        const kept = unit((distance - tolerance) / softness);
        return sharedWord(word, takesOther ? 1 - kept : kept);
      });
  },
};

type Color = [red: number, green: number, blue: number];

/** `#rrggbb` as values from 0 to 1. */
function colorOf(text: string): Color {
  const value = Number.parseInt(text.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255].map((part) => part / 255) as Color;
}

function differences(red: number, green: number, blue: number): [cb: number, cr: number] {
  const luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return [(blue - luma) / 1.8556, (red - luma) / 1.5748];
}

function withoutSpill(word: number, strongest: number, spill: number): number {
  const shift = 8 * strongest;
  const value = (word >>> shift) & 255;
  const next = Math.max(
    (word >>> (strongest === 0 ? 8 : 0)) & 255,
    (word >>> (strongest === 2 ? 8 : 16)) & 255,
  );
  if (value <= next) return word;
  const left = (value - (value - next) * spill + 0.5) | 0;
  return (word & ~(255 << shift)) | (left << shift);
}
