import { refuse } from '#core/fault.ts';
import { formatRate, type Rate } from '#core/time/rate.ts';
import { run } from '../../process/run.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { NumberedPictures } from './findNumbered.ts';
import { pictureKind, pngFormat } from './pictureKind.ts';
import { areCopied, picturesInput } from './picturesInput.ts';

/** How pictures come into a movie: as they are, or coded as PNG of a pixel format. */
export type PictureCoding = { copies: true } | { copies: false; pixelFormat: string };

/**
 * How pictures with these pixel formats are kept whole. A movie says once for all of its pictures whether they have alpha
 * and colour, so pictures that differ in that are coded alike.
 * Refuses `media/picture-depth` for what PNG cannot keep.
 */
export function codingOf(pictures: NumberedPictures, formats: string[]): PictureCoding {
  const { first, names } = pictures;
  const kinds = formats.map(pictureKind);
  const [one] = kinds;
  const areAlike = kinds.every(
    (kind) => kind.hasAlpha === one?.hasAlpha && kind.isGray === one.isGray,
  );
  if (areAlike && areCopied(pictures)) return { copies: true };
  if (kinds.some((kind) => kind.isFloat)) {
    refuse(
      'media/picture-depth',
      `The colours of “${first.name}” are no whole numbers, which a movie of pictures cannot keep. Save the pictures with 16 bits. Nothing was made.`,
      { formats },
    );
  }
  if (kinds.some((kind) => kind.isDeep) && !kinds.every((kind) => kind.isDeep)) {
    refuse(
      'media/picture-depth',
      `Some of the ${names.length} pictures have 8 bits a colour and some have 16. Save all of them alike. Nothing was made.`,
      { formats },
    );
  }
  return { copies: false, pixelFormat: pngFormat(kinds) };
}

type MovieOptions = {
  tools: Ffmpeg;
  pictures: NumberedPictures;
  coding: PictureCoding;
  frameRate: Rate;
  signal: AbortSignal;
  onPicture: (count: number) => void;
};

/** Writes pictures as a movie in which each lasts exactly one frame. Gives null when it has them all, else why not. */
export async function writeMovie(output: string, options: MovieOptions): Promise<string | null> {
  const { tools, pictures, coding, frameRate, signal, onPicture } = options;
  const count = pictures.names.length;
  const clock = String(frameRate.num);
  const reason = await runFfmpeg(
    tools,
    [
      ...picturesInput(pictures, formatRate(frameRate)),
      ...['-map', '0:v', '-frames:v', String(count)],
      ...(coding.copies
        ? ['-c', 'copy']
        : ['-c:v', 'png', '-pred', 'mixed', '-pix_fmt', coding.pixelFormat]),
      ...(coding.copies ? [] : ['-fps_mode', 'passthrough']),
      // Both clocks of a movie tick in parts of a frame, so its times and its length are exact.
      ...['-video_track_timescale', clock, '-movie_timescale', clock, '-f', 'mov'],
    ],
    output,
    { cwd: pictures.folder, signal, progress: { frame: (at) => onPicture(Math.min(at, count)) } },
  );
  if (reason !== null) return reason;
  const written = await picturesIn(tools, output, signal);
  return written === count ? null : `The movie has ${written} of ${count} pictures`;
}

async function picturesIn(tools: Ffmpeg, path: string, signal: AbortSignal): Promise<number> {
  const { stdout } = await run(
    tools.ffprobe,
    [
      ...['-v', 'error', '-show_entries', 'stream=nb_frames', '-of', 'csv=p=0'],
      ...['-protocol_whitelist', 'file', '-i', `file:${path}`],
    ],
    { signal },
  );
  return Number.parseInt(stdout, 10);
}
