import { joinFilm } from '../join/joinFilm.ts';
import { type JoinOptions } from '../join/joinOptions.ts';
import type { Movie } from '../../mp4/movie.ts';
import { joinCopies } from './joinCopies.ts';
import type { Pictures } from './makePictures.ts';

/** Joins the pictures of a film with everything else, by packets where some are copied. */
export async function joinPieces(
  options: Omit<JoinOptions, 'pieces'> & { beside: Movie | null },
  { pieces, made, parts }: Pictures,
): Promise<void> {
  if (parts !== null) return joinCopies({ ...options, ...parts });
  await joinFilm({
    ...options,
    pieces: pieces.map(({ startFrame, endFrame }, index) => ({
      path: made[index]?.path ?? '',
      frames: endFrame - startFrame,
    })),
  });
}
