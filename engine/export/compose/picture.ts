/** A picture in memory: rows of red, green, blue and alpha from 0 to 255, colours multiplied by their alpha. */
export type Picture = { width: number; height: number; data: Uint8Array };

/** A clear picture. */
export function clearPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint8Array(width * height * 4) };
}

/** The pixels of a picture as one number each: alpha, blue, green and red from the highest byte down. */
export function wordsOf({ width, height, data }: Picture): Int32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data);
  return new Int32Array(aligned.buffer, aligned.byteOffset, width * height);
}

/** Multiplies straight colours by their alpha, in place. */
export function premultiply(data: Uint8Array): void {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    if (alpha === 255) continue;
    data[at] = timesAlpha(data[at] as number, alpha);
    data[at + 1] = timesAlpha(data[at + 1] as number, alpha);
    data[at + 2] = timesAlpha(data[at + 2] as number, alpha);
  }
}

/** The quotient of (value × alpha + 127) and 255, exactly, by a multiplication. */
function timesAlpha(value: number, alpha: number): number {
  return Math.imul(value * alpha + 127, 0x80_81) >>> 23;
}

/** A picture of half the size (rounded up), each pixel the mean of four; for pictures that are drawn much smaller. */
export function halved(picture: Picture): Picture {
  const { width, height } = picture;
  const from = wordsOf(picture);
  const half = clearPicture(Math.ceil(width / 2), Math.ceil(height / 2));
  const to = wordsOf(half);
  for (let y = 0, at = 0; y < half.height; y++) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x++, at++) {
      const left = 2 * x;
      const right = left + 1 < width ? left + 1 : left;
      const a = from[upper + left] as number;
      const b = from[upper + right] as number;
      const c = from[lower + left] as number;
      const d = from[lower + right] as number;
      // Two colours at a time, sixteen bits each: four times 255 and two fit in ten.
      const even = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff) + 0x20002;
      const odd =
        ((a >>> 8) & 0xff00ff) +
        ((b >>> 8) & 0xff00ff) +
        ((c >>> 8) & 0xff00ff) +
        ((d >>> 8) & 0xff00ff) +
        0x20002;
      to[at] = ((even >>> 2) & 0xff00ff) | (((odd >>> 2) & 0xff00ff) << 8);
    }
  }
  return half;
}
