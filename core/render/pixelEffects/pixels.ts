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

/** Gives each colour its value in a table of 256, a table for each of red, green and blue. */
export function throughTables(
  pixels: Pixels,
  tables: readonly [Uint8Array, Uint8Array, Uint8Array],
): Pixels {
  const { data } = pixels;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    if (alpha === 0) continue;
    for (let channel = 0; channel < 3; channel++) {
      const table = tables[channel] as Uint8Array;
      const value = data[at + channel] as number;
      data[at + channel] =
        alpha === 255
          ? (table[value] as number)
          : ((table[Math.min(255, Math.round((value * 255) / alpha))] as number) * alpha) / 255 +
            0.5;
    }
  }
  return pixels;
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
  const { data } = pixels;
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix;
  for (let at = 0; at < data.length; at += 4) {
    const red = data[at] as number;
    const green = data[at + 1] as number;
    const blue = data[at + 2] as number;
    const most = data[at + 3] as number;
    data[at] = within(rr * red + rg * green + rb * blue, most);
    data[at + 1] = within(gr * red + gg * green + gb * blue, most);
    data[at + 2] = within(br * red + bg * green + bb * blue, most);
  }
  return pixels;
}

/** Multiplies every pixel, alpha included, by a share that depends on its place. */
export function throughMask(
  pixels: Pixels,
  shareAt: (x: number, y: number, at: number) => number,
): Pixels {
  const { width, height, data } = pixels;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const share = shareAt(x + 0.5, y + 0.5, at);
      if (share >= 1) continue;
      for (let channel = at; channel < at + 4; channel++) {
        data[channel] = (data[channel] as number) * share + 0.5;
      }
    }
  }
  return pixels;
}

function within(value: number, most: number): number {
  return value <= 0 ? 0 : value >= most ? most : value + 0.5;
}
