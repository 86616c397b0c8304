import { join } from 'node:path';
import { inputArguments } from '../../media/probe.ts';
import { run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { writeMovie } from '../../mp4/writeMovie.ts';
import { beginningOf, type PicturePart } from './picturePart.ts';
import { movieOf, type PictureFormat } from './pictureTrack.ts';

/** How many pictures on each side of a join are decoded. */
const PICTURES = 4;

export type JoinCheck = {
  tools: Ffmpeg;
  format: PictureFormat;
  parts: readonly PicturePart[];
  folder: string;
  signal: AbortSignal;
};

/**
 * Decodes the beginnings of all parts one after the other, as the film will have them. Gives the places of the copied
 * parts that do not decode to as many pictures as they should without a word from the decoder.
 */
export async function failingCopies(
  check: JoinCheck,
  copied: readonly number[],
): Promise<Set<number>> {
  if (copied.length === 0 || (await doDecode(check, check.parts))) return new Set();
  const failing = async (reach: number): Promise<Set<number>> => {
    const found = new Set<number>();
    for (const place of copied) {
      const around = check.parts.slice(Math.max(0, place - reach), place + reach + 1);
      if (!(await doDecode(check, around))) found.add(place);
    }
    return found;
  };
  const alone = await failing(0);
  if (alone.size > 0) return alone;
  const withNeighbours = await failing(1);
  // Whatever else it is, it comes of copying.
  return withNeighbours.size > 0 ? withNeighbours : new Set(copied);
}

async function doDecode(check: JoinCheck, parts: readonly PicturePart[]): Promise<boolean> {
  const { tools, format, folder, signal } = check;
  const path = join(folder, 'joins.mp4');
  const beginnings = parts.map((part) => beginningOf(part, PICTURES));
  const movie = movieOf(beginnings, format);
  await writeMovie(path, movie, { signal });
  let frames = 0;
  const { exitCode, stderr } = await run(
    tools.ffmpeg,
    [
      ...['-v', 'warning', '-nostdin', '-progress', 'pipe:1', ...inputArguments(path)],
      ...['-fps_mode', 'passthrough', '-f', 'null', '-'],
    ],
    {
      signal,
      onStdoutLine: (line) => {
        frames = Number(/^frame=\s*(\d+)/.exec(line)?.[1] ?? frames);
      },
    },
  );
  return exitCode === 0 && stderr.trim() === '' && frames === movie.tracks[0]?.samples.length;
}
