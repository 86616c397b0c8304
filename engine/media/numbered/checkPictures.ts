import { join } from 'node:path';
import { refuse } from '#core/fault.ts';
import { Cancelled, run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { NumberedPictures } from './findNumbered.ts';
import { areCopied, picturesInput } from './picturesInput.ts';
import { needReadable } from './pictureStamps.ts';

type PictureCheck = {
  tools: Ffmpeg;
  pictures: NumberedPictures;
  signal: AbortSignal;
  /** Told how many pictures were decoded so far. */
  onPicture: (count: number) => void;
};

/** What a decoder says of a picture, as the filter `showinfo` prints it. */
const SHOWN = /\bpts:\s*(\d+)\b.* fmt:(\S+) .*\bs:(\d+)x(\d+)/;

type ShownPicture = { index: number; format: string; size: string };

/**
 * Decodes all pictures; gives the pixel formats they have.
 * Refuses `media/damaged` for one that does not decode, `media/picture-sizes` where they differ, both by name, and what
 * `needReadable` refuses.
 */
export async function checkPictures(check: PictureCheck): Promise<string[]> {
  const { folder, names } = check.pictures;
  const formats = new Set<string>();
  let size = '';
  let next = 0;
  const wrong = await firstWrong(check, (shown) => {
    if (shown.index !== next || (next > 0 && shown.size !== size)) return false;
    size = shown.size;
    formats.add(shown.format);
    next += 1;
    check.onPicture(next);
    return true;
  });
  if (wrong === null && next === names.length) return [...formats];
  const name = names[next] ?? '';
  const path = join(folder, name);
  if (wrong?.index === next) {
    refuse(
      'media/picture-sizes',
      `“${name}” has ${wrong.size} pixels, and those before it ${size}. All pictures of a clip have one size. Nothing was made.`,
      { path, size: wrong.size, sizeBefore: size },
    );
  }
  await needReadable(path);
  return refuse(
    'media/damaged',
    `“${name}” is damaged or incomplete: it cannot be decoded. Make or copy it again, then try again. Nothing was made.`,
    { path },
  );
}

/** Decodes as long as `take` says that a picture is right; gives the first that is not. */
async function firstWrong(
  { tools, pictures, signal }: PictureCheck,
  take: (shown: ShownPicture) => boolean,
): Promise<ShownPicture | null> {
  const enough = new AbortController();
  let wrong: ShownPicture | null = null;
  try {
    await run(
      tools.ffmpeg,
      [
        ...['-hide_banner', '-nostdin', '-nostats', '-v', 'info'],
        // Half a picture is none, however well a decoder fills in the rest; that of TIFF would refuse whole ones, too.
        ...(areCopied(pictures) ? ['-err_detect', 'explode+crccheck'] : []),
        ...picturesInput(pictures, '1'),
        ...['-map', '0:v', '-frames:v', String(pictures.names.length)],
        // What does not decode leaves a hole in the times, and a size stays what it is.
        ...['-fps_mode', 'passthrough', '-autoscale', '0', '-vf', 'showinfo=checksum=0'],
        ...['-f', 'null', '-'],
      ],
      {
        cwd: pictures.folder,
        signal: AbortSignal.any([signal, enough.signal]),
        onStderrLine: (line) => {
          const [, index, format = '', width, height] = SHOWN.exec(line) ?? [];
          if (index === undefined || wrong !== null) return;
          const shown = { index: Number(index), format, size: `${width} × ${height}` };
          if (shown.index >= pictures.names.length || take(shown)) return;
          wrong = shown;
          enough.abort();
        },
      },
    );
  } catch (error) {
    if (!(error instanceof Cancelled) || signal.aborted) throw error;
  }
  return wrong;
}
