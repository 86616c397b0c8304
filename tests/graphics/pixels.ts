import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { run } from '#engine/process/run.ts';

/** A decoded picture: straight RGBA, four bytes per pixel. */
export type Pixels = { width: number; height: number; data: Buffer };

/** A rectangle in pixels; `right` and `bottom` are exclusive. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** Decodes a PNG of known size with ffmpeg. */
export async function decodePng(png: Buffer, width: number, height: number): Promise<Pixels> {
  const { ffmpeg } = await findFfmpeg();
  const chunks: Buffer[] = [];
  const args = [
    '-v',
    'error',
    '-f',
    'png_pipe',
    '-i',
    '-',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgba',
    '-',
  ];
  const { exitCode, stderr } = await run(ffmpeg, args, {
    onStdoutData: (chunk) => chunks.push(chunk),
    writeStdin: async (stdin) => {
      stdin.write(png);
    },
  });
  const data = Buffer.concat(chunks);
  if (exitCode !== 0 || data.length !== width * height * 4) {
    throw new Error(`Not a ${width}×${height} PNG: ${stderr}`);
  }
  return { width, height, data };
}

/** The smallest box around every pixel that is at least `alpha` opaque, or null when there is none. */
export function coveredBox({ width, height, data }: Pixels, alpha = 1): Box | null {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < alpha) continue;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
    }
  }
  return box.right === 0 ? null : box;
}

/** The box around opaque pixels of one colour (`#RRGGBB`, within 12 of each channel), and how many there are. */
export function colouredBox(pixels: Pixels, colour: string): { box: Box | null; count: number } {
  const wanted = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const { width, height, data } = pixels;
  const only = Buffer.alloc(data.length);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    const isColour = wanted.every(
      (value, channel) => Math.abs((data[at + channel] ?? 0) - value) <= 12,
    );
    if (!isColour || (data[at + 3] ?? 0) < 250) continue;
    only[at + 3] = 255;
    count += 1;
  }
  return { box: coveredBox({ width, height, data: only }), count };
}
