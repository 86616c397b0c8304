import { inWords, isOpaque, type Pixels, wordOf } from './pixels.ts';

/** How means are taken: of `radius` pixels to each side, beyond the edges of clear ones or of those at the edge. */
type Boxes = { radius: number; turns: number; isClearOutside: boolean };

/**
 * Replaces each pixel by the mean of the square around it, `turns` times over: first along the rows, then along the
 * columns, rounded each time. Sums run along, so that a wide box costs no more than a narrow one.
 */
export function boxBlur(pixels: Pixels, boxes: Boxes): Pixels {
  const shown = inWords(pixels);
  const { words } = shown;
  const { width, height } = pixels;
  // What is opaque stays so where the pixels at the edge go on, and then alpha need not be reckoned.
  const means = meansOf(2 * boxes.radius + 1);
  const pass = { words, width, height, means, boxes, keepsAlpha: false };
  pass.keepsAlpha = !boxes.isClearOutside && isOpaque(words);
  for (let turn = 0; turn < boxes.turns; turn++) {
    alongRows(pass);
    alongColumns(pass);
  }
  return shown.pixels;
}

type Pass = {
  words: Int32Array;
  width: number;
  height: number;
  means: Uint8Array;
  boxes: Boxes;
  keepsAlpha: boolean;
};

/** The rounded mean for each sum of `count` values. */
function meansOf(count: number): Uint8Array {
  const means = new Uint8Array(255 * count + 1);
  for (let sum = 0; sum < means.length; sum++) means[sum] = sum / count + 0.5;
  return means;
}

function alongRows({ words, width, height, means, boxes, keepsAlpha }: Pass): void {
  const { radius, isClearOutside } = boxes;
  // A row with what lies beyond its two ends.
  const row = new Int32Array(width + 2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.set(words.subarray(start, start + width), radius);
    if (!isClearOutside) {
      row.fill(words[start] as number, 0, radius);
      row.fill(words[start + width - 1] as number, radius + width);
    }
    let red = 0;
    let green = 0;
    let blue = 0;
    let alpha = 0;
    for (let at = 0; at <= 2 * radius; at++) {
      const word = row[at] as number;
      red += word & 255;
      green += (word >>> 8) & 255;
      blue += (word >>> 16) & 255;
      alpha += word >>> 24;
    }
    for (let x = 0; x < width; x++) {
      words[start + x] = wordOf(
        means[red] as number,
        means[green] as number,
        means[blue] as number,
        keepsAlpha ? 255 : (means[alpha] as number),
      );
      const next = row[x + 2 * radius + 1] as number;
      const last = row[x] as number;
      red += (next & 255) - (last & 255);
      green += ((next >>> 8) & 255) - ((last >>> 8) & 255);
      blue += ((next >>> 16) & 255) - ((last >>> 16) & 255);
      if (!keepsAlpha) alpha += (next >>> 24) - (last >>> 24);
    }
  }
}

/** All columns side by side, row after row, since rows lie together in memory. */
function alongColumns({ words, width, height, means, boxes, keepsAlpha }: Pass): void {
  const { radius, isClearOutside } = boxes;
  const reds = new Int32Array(width);
  const greens = new Int32Array(width);
  const blues = new Int32Array(width);
  const alphas = new Int32Array(width);
  const clear = new Int32Array(width);
  // Rows as they were, from `radius` above the present one to it.
  const kept = new Int32Array((radius + 1) * width);
  const keptRow = (y: number) => ((y + radius + 1) % (radius + 1)) * width;
  const rowBelow = (y: number) => Math.min(y, height - 1) * width;
  const add = (from: Int32Array, at: number, times: number) => {
    for (let x = 0; x < width; x++) {
      const word = from[at + x] as number;
      reds[x] = (reds[x] as number) + (word & 255) * times;
      greens[x] = (greens[x] as number) + ((word >>> 8) & 255) * times;
      blues[x] = (blues[x] as number) + ((word >>> 16) & 255) * times;
      alphas[x] = (alphas[x] as number) + (word >>> 24) * times;
    }
  };
  const isOutside = (y: number) => isClearOutside && (y < 0 || y >= height);
  if (!isClearOutside) add(words, 0, radius);
  for (let y = 0; y <= radius; y++) if (!isOutside(y)) add(words, rowBelow(y), 1);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    kept.set(words.subarray(start, start + width), keptRow(y));
    const nextRows = isOutside(y + radius + 1) ? clear : words;
    const nextAt = nextRows === clear ? 0 : rowBelow(y + radius + 1);
    const lastRows = isOutside(y - radius) ? clear : kept;
    const lastAt = lastRows === clear ? 0 : keptRow(Math.max(0, y - radius));
    // The last row is overwritten when it is the last to come; it is then no longer looked at.
    for (let x = 0; x < width; x++) {
      const red = reds[x] as number;
      const green = greens[x] as number;
      const blue = blues[x] as number;
      const next = nextRows[nextAt + x] as number;
      const last = lastRows[lastAt + x] as number;
      let mean = 255;
      if (!keepsAlpha) {
        const alpha = alphas[x] as number;
        mean = means[alpha] as number;
        alphas[x] = alpha + (next >>> 24) - (last >>> 24);
      }
      words[start + x] = wordOf(
        means[red] as number,
        means[green] as number,
        means[blue] as number,
        mean,
      );
      reds[x] = red + (next & 255) - (last & 255);
      greens[x] = green + ((next >>> 8) & 255) - ((last >>> 8) & 255);
      blues[x] = blue + ((next >>> 16) & 255) - ((last >>> 16) & 255);
    }
  }
}
