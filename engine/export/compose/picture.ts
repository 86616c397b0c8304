/** A picture in memory: rows of red, green, blue and alpha from 0 to 255, colours multiplied by their alpha. */
export type Picture = { width: number; height: number; data: Uint8Array };

/** A clear picture. */
export function clearPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint8Array(width * height * 4) };
}

/** Multiplies straight colours by their alpha, in place. */
export function premultiply(data: Uint8Array): void {
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] as number;
    if (alpha === 255) continue;
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = ((data[channel] as number) * alpha + 127) / 255;
    }
  }
}

/** A picture of half the size (rounded up), each pixel the mean of four; for pictures that are drawn much smaller. */
export function halved(picture: Picture): Picture {
  const { width, height, data } = picture;
  const half = clearPicture(Math.ceil(width / 2), Math.ceil(height / 2));
  for (let y = 0; y < half.height; y++) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      for (let channel = 0; channel < 4; channel++) {
        const sum =
          (data[(upper + left) * 4 + channel] as number) +
          (data[(upper + right) * 4 + channel] as number) +
          (data[(lower + left) * 4 + channel] as number) +
          (data[(lower + right) * 4 + channel] as number);
        half.data[(y * half.width + x) * 4 + channel] = (sum + 2) >> 2;
      }
    }
  }
  return half;
}
