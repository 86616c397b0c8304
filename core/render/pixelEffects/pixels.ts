/** Pixels in rows: red, green, blue and alpha from 0 to 255, colours multiplied by their alpha. */
export type Pixels = { width: number; height: number; data: Uint8Array };

/** Changes pixels in place, or gives others of the same size. */
export type PixelEffect = (pixels: Pixels) => Pixels;

/** A number from 0 to 1. */
export function unit(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** 0 up to `from`, 1 from `to` on, a smooth curve between. */
export function smoothStep(from: number, to: number, value: number): number {
  if (to <= from) return value < from ? 0 : 1;
  const along = unit((value - from) / (to - from));
  return along * along * (3 - 2 * along);
}

/**
 * The same pixels, or a copy of them, with one number for each: alpha, blue, green and red from the highest byte down.
 * Reckoning with whole pixels is several times faster than with bytes. Every processor that this runs on has the lowest
 * byte of a number first.
 */
export function inWords(pixels: Pixels): { pixels: Pixels; words: Int32Array } {
  const { width, height, data } = pixels;
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, width * height);
  return { pixels: aligned === data ? pixels : { width, height, data: aligned }, words };
}

/** Whether no pixel is clear, not even a little. */
export function isOpaque(words: Int32Array): boolean {
  for (let at = 0; at < words.length; at++) {
    if ((words[at] as number) >>> 24 !== 255) return false;
  }
  return true;
}

/** A pixel as one number; parts are whole numbers from 0 to 255. */
export function wordOf(red: number, green: number, blue: number, alpha: number): number {
  return red | (green << 8) | (blue << 16) | (alpha << 24);
}

/**
 * Gives each pixel what becomes of one like it, whatever its place. Neighbours are often alike, so the last answer is
 * kept.
 */
export function throughWords(pixels: Pixels, become: (word: number) => number): Pixels {
  const shown = inWords(pixels);
  const { words } = shown;
  let last = 0;
  let became = become(0);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    if (word !== last) {
      last = word;
      became = become(word);
    }
    words[at] = became;
  }
  return shown.pixels;
}

/** Gives each colour its value in a table of 256, a table for each of red, green and blue. */
export function throughTables(
  pixels: Pixels,
  [reds, greens, blues]: readonly [Uint8Array, Uint8Array, Uint8Array],
): Pixels {
  const shown = inWords(pixels);
  const { words } = shown;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    const alpha = word >>> 24;
    const red = word & 255;
    const green = (word >>> 8) & 255;
    const blue = (word >>> 16) & 255;
    if (alpha === 255) {
      words[at] = wordOf(
        reds[red] as number,
        greens[green] as number,
        blues[blue] as number,
        alpha,
      );
    } else if (alpha > 0) {
      words[at] = wordOf(
        throughTable(reds, red, alpha),
        throughTable(greens, green, alpha),
        throughTable(blues, blue, alpha),
        alpha,
      );
    }
  }
  return shown.pixels;
}

function throughTable(table: Uint8Array, value: number, alpha: number): number {
  const straight = Math.min(255, Math.round((value * 255) / alpha));
  return (((table[straight] as number) * alpha) / 255 + 0.5) | 0;
}

/** A table from a formula for values from 0 to 1; what is outside afterwards is cut. */
export function tableOf(formula: (value: number) => number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round(255 * unit(formula(value / 255))),
  );
}

/** Rows of the new red, green and blue from the old. */
export type ColorMatrix = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Mixes colours. The matrix must be linear, so that it holds for colours multiplied by their alpha too. */
export function throughMatrix(pixels: Pixels, matrix: ColorMatrix): Pixels {
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix;
  const shown = inWords(pixels);
  const { words } = shown;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as number;
    const red = word & 255;
    const green = (word >>> 8) & 255;
    const blue = (word >>> 16) & 255;
    const alpha = word >>> 24;
    words[at] = wordOf(
      within(rr * red + rg * green + rb * blue, alpha),
      within(gr * red + gg * green + gb * blue, alpha),
      within(br * red + bg * green + bb * blue, alpha),
      alpha,
    );
  }
  return shown.pixels;
}

/** A pixel, alpha included, multiplied by a share. */
export function sharedWord(word: number, share: number): number {
  if (share >= 1) return word;
  if (share <= 0) return 0;
  return wordOf(
    ((word & 255) * share + 0.5) | 0,
    (((word >>> 8) & 255) * share + 0.5) | 0,
    (((word >>> 16) & 255) * share + 0.5) | 0,
    ((word >>> 24) * share + 0.5) | 0,
  );
}

/** A colour in whole steps, no more than its alpha. */
export function within(value: number, most: number): number {
  return value <= 0 ? 0 : value >= most ? most : (value + 0.5) | 0;
}
