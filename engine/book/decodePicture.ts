import type { PictureFile } from '#core/book/pictureFile.ts';
import { run } from '../process/run.ts';
import type { Raster } from './png.ts';

/** More pixels than this across are never seen on a cover. */
const MOST_ACROSS_PX = 2_000;

/** The pixels of a picture file, as ffmpeg reads it; undefined where it cannot. */
export async function decodePicture(
  ffmpeg: string,
  path: string,
  file: PictureFile,
): Promise<Raster | undefined> {
  const widthPx = Math.min(MOST_ACROSS_PX, file.widthPx);
  const heightPx = Math.max(1, Math.round((file.heightPx * widthPx) / file.widthPx));
  const chunks: Buffer[] = [];
  const filters = `scale=${widthPx}:${heightPx}:flags=lanczos+accurate_rnd+bitexact`;
  const raw = ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'];
  const { exitCode } = await run(
    ffmpeg,
    ['-v', 'error', '-nostdin', '-i', `file:${path}`, '-vf', filters, ...raw],
    { onStdoutData: (chunk) => chunks.push(chunk) },
  );
  const rgb = Buffer.concat(chunks);
  return exitCode === 0 && rgb.length === widthPx * heightPx * 3
    ? { widthPx, heightPx, rgb }
    : undefined;
}
