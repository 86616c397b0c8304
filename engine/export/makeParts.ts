import { join } from 'node:path';
import { type FilmChapter, filmChapters } from '#core/render/filmChapters.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import { besidePictures } from './copy/besidePictures.ts';
import type { CopyPlan } from './copy/planCopies.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmProgress } from './filmProgress.ts';
import type { SoftCaptions } from './join/joinOptions.ts';
import { writeSoftCaptions } from './join/softCaptions.ts';
import type { Movie } from './mp4/movie.ts';
import { GrowingSound } from './sound/growingSound.ts';
import { type LevelledMix, levelMix } from './sound/levelMix.ts';
import { mixSound } from './sound/mixSound.ts';
import type { SourceFiles } from './sources/sourceFiles.ts';

/** What a film has beside its pictures. */
export type Parts = {
  mix: string | null;
  levelled: LevelledMix | null;
  captions: SoftCaptions[];
  chapters: FilmChapter[];
  /** All of that as it goes into an MP4 of copied packets; null where it is written with the pictures. */
  beside: Movie | null;
};

type PartsWork = {
  plan: ExportPlan;
  files: SourceFiles;
  folder: string;
  copies: () => Promise<CopyPlan>;
  watch: SourceWatch;
  progress: FilmProgress;
  signal: AbortSignal;
};

/**
 * Mixes the sound, brings it to its loudness, and writes captions and chapters. Where pictures are copied, encoding the
 * sound takes longest: it begins as soon as the first samples are mixed.
 * Refuses what mixing, levelling and joining refuse.
 */
export async function makeParts(film: FilmExport, work: PartsWork): Promise<Parts> {
  const { plan, folder, signal } = work;
  const { settings } = film;
  const mix = plan.sound.length > 0 ? join(folder, 'sound.f32') : null;
  const captions = await writeSoftCaptions(film, plan, folder);
  const chapters = settings.chapters ? filmChapters(film.project, film.timelineId, plan) : [];
  const sound = new GrowingSound(mix ?? '', plan.endSample - plan.startSample);
  const [levelled, beside] = await allAtOnce(signal, [
    (stop) => (mix === null ? Promise.resolve(null) : makeMix(film, work, { mix, sound, stop })),
    async (stop) => {
      if (settings.container !== 'mp4' || (await work.copies()).sources.size === 0) return null;
      const feedMix = (stdin: NodeJS.WritableStream) => sound.feed(stdin, stop);
      const side = { ...film, mix, feedMix, captions, chapters, plan, folder };
      return besidePictures({ ...side, signal: stop });
    },
  ]);
  return { mix, levelled, captions, chapters, beside };
}

async function makeMix(
  film: FilmExport,
  { plan, files, watch, progress }: PartsWork,
  { mix, sound, stop }: { mix: string; sound: GrowingSound; stop: AbortSignal },
): Promise<LevelledMix | null> {
  const { tools, settings } = film;
  progress.tellSound(0);
  await mixSound({
    tools,
    plan,
    files: files.sounds,
    output: mix,
    signal: stop,
    onProgress: (share) => progress.tellSound(share),
    // What is levelled later is another sound.
    ...(settings.loudness === undefined ? { onReady: (frames) => sound.tellReady(frames) } : {}),
  });
  await watch.check([...files.sounds.values()].map(({ path }) => path));
  const levelled = await levelMix({ tools, plan, settings, mix, signal: stop });
  sound.tellReady(plan.endSample - plan.startSample);
  return levelled;
}
