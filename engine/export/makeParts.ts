import { filmChapters } from '#core/render/filmChapters.ts';
import { besidePictures } from './copy/besidePictures.ts';
import type { CopyPlan } from './copy/planCopies.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmParts } from './join/joinOptions.ts';
import { writeSoftCaptions } from './join/softCaptions.ts';
import type { Movie } from '../mp4/movie.ts';
import { type FilmSound, makeSound, type SoundWork } from './makeSound.ts';

/** What a film has beside its pictures. */
export type Parts = Omit<FilmParts, 'pieces' | 'pictures'> &
  Omit<FilmSound<unknown>, 'used'> & {
    /** All of that as it goes into an MP4 of copied packets; null where it is written with the pictures. */
    beside: Movie | null;
  };

/**
 * Makes the sound of a film, its captions as text and its chapters.
 * Refuses what mixing, levelling, encoding and joining refuse.
 */
export async function makeParts(
  film: FilmExport,
  work: SoundWork & { copies: () => Promise<CopyPlan> },
): Promise<Parts> {
  const { plan, folder, copies } = work;
  const { settings } = film;
  const captions = await writeSoftCaptions(film, plan, folder);
  const chapters = settings.chapters ? filmChapters(film.project, film.timelineId, plan) : [];
  const { used, ...made } = await makeSound(film, work, async (sound, signal) => {
    if (settings.container !== 'mp4' || (await copies()).sources.size === 0) return null;
    return besidePictures({ ...film, sound, captions, chapters, plan, folder, signal });
  });
  return { ...made, captions, chapters, beside: used };
}
