import { once } from 'node:events';
import { type PictureFile, pictureFile } from '#core/book/pictureFile.ts';
import { run } from '#engine/process/run.ts';

/** The most pixels that a picture of an e-book should have: some shops refuse larger ones, and e-readers run out of memory. */
const MAX_PICTURE_PIXELS = 5_000_000;

/** Whether a picture is larger than shops and e-readers take. */
export function isTooLarge({ widthPx, heightPx }: PictureFile): boolean {
  return widthPx * heightPx > MAX_PICTURE_PIXELS;
}

/** The pictures of a book with those that are too large made smaller; one that ffmpeg cannot read stays as it is. */
export async function fitPictures(
  pictures: ReadonlyMap<string, PictureFile>,
  ffmpeg: string,
  signal?: AbortSignal,
): Promise<Map<string, PictureFile>> {
  const fitted = new Map(pictures);
  for (const [source, file] of pictures) {
    if (!isTooLarge(file)) continue;
    const smaller = await shrink(file, ffmpeg, signal);
    if (smaller !== null) fitted.set(source, smaller);
  }
  return fitted;
}

async function shrink(
  file: PictureFile,
  ffmpeg: string,
  signal: AbortSignal | undefined,
): Promise<PictureFile | null> {
  const scale = Math.sqrt(MAX_PICTURE_PIXELS / (file.widthPx * file.heightPx));
  const width = Math.max(1, Math.floor(file.widthPx * scale));
  const height = Math.max(1, Math.floor(file.heightPx * scale));
  const isPng = file.mediaType === 'image/png';
  const encoder = isPng ? ['-c:v', 'png'] : ['-c:v', 'mjpeg', '-q:v', '2'];
  const chunks: Buffer[] = [];
  const { exitCode } = await run(
    ffmpeg,
    [
      ...['-hide_banner', '-loglevel', 'error', '-f', isPng ? 'png_pipe' : 'jpeg_pipe', '-i', '-'],
      ...['-frames:v', '1', '-vf', `scale=${width}:${height}:flags=lanczos`, '-map_metadata', '-1'],
      ...[...encoder, '-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'image2pipe', '-'],
    ],
    {
      onStdoutData: (chunk) => chunks.push(chunk),
      writeStdin: async (stdin) => {
        if (!stdin.write(file.bytes)) await once(stdin, 'drain');
        stdin.end();
      },
      ...(signal && { signal }),
    },
  );
  return exitCode === 0 ? pictureFile(Buffer.concat(chunks)) : null;
}
