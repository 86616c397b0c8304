import { join } from 'node:path';
import { type FilmChapter, filmChapters } from '#core/render/filmChapters.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import { encodeAac } from './aac/encodeAac.ts';
import type { PieceStore } from './cache/pieceStore.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import { besidePictures } from './copy/besidePictures.ts';
import type { CopyPlan } from './copy/planCopies.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmProgress } from './filmProgress.ts';
import type { SoftCaptions } from './join/joinOptions.ts';
import { writeSoftCaptions } from './join/softCaptions.ts';
import type { Movie } from '../mp4/movie.ts';
import { GrowingSound } from './sound/growingSound.ts';
import { type LevelledMix, levelMix } from './sound/levelMix.ts';
import { mixSound } from './sound/mixSound.ts';
import type { SourceFiles } from './sources/sourceFiles.ts';

/** What a film has beside its pictures. */
export type Parts = {
  mix: string | null;
  /** The mix as AAC, where the film has that. */
  coded?: string;
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
  store: PieceStore;
  watch: SourceWatch;
  progress: FilmProgress;
  signal: AbortSignal;
};

/**
 * Mixes the sound, brings it to its loudness, and writes captions and chapters. Encoding begins as soon as the first
 * samples are mixed: where pictures are copied or come from the cache, it takes longest.
 * Refuses what mixing, levelling, encoding and joining refuse.
 */
export async function makeParts(film: FilmExport, work: PartsWork): Promise<Parts> {
  const { plan, folder, signal } = work;
  const { settings } = film;
  const mix = plan.sound.length > 0 ? join(folder, 'sound.f32') : null;
  const captions = await writeSoftCaptions(film, plan, folder);
  const chapters = settings.chapters ? filmChapters(film.project, film.timelineId, plan) : [];
  const sound = new GrowingSound(mix ?? '', plan.endSample - plan.startSample);
  const [levelled, others] = await allAtOnce(signal, [
    (stop) => (mix === null ? Promise.resolve(null) : makeMix(film, work, { mix, sound, stop })),
    async (stop) => {
      const isAac = mix !== null && settings.audioCodec === 'aac';
      const coded = isAac ? { coded: await encodeMix(film, work, { mix, sound, stop }) } : {};
      if (settings.container !== 'mp4' || (await work.copies()).sources.size === 0)
        return { ...coded, beside: null };
      const feedMix = (stdin: NodeJS.WritableStream) => sound.feed(stdin, stop);
      const side = { ...film, ...coded, mix, feedMix, captions, chapters, plan, folder };
      return { ...coded, beside: await besidePictures({ ...side, signal: stop }) };
    },
  ]);
  return { mix, levelled, captions, chapters, ...others };
}

type Mixing = { mix: string; sound: GrowingSound; stop: AbortSignal };

function encodeMix(
  film: FilmExport,
  { plan, folder, store }: PartsWork,
  { mix, sound, stop }: Mixing,
): Promise<string> {
  const samples = plan.endSample - plan.startSample;
  const untilReady = (first: number) => sound.untilReady(first, stop);
  return encodeAac({ ...film, plan, mix, samples, folder, store, signal: stop, untilReady });
}

async function makeMix(
  film: FilmExport,
  { plan, files, folder, store, watch, progress }: PartsWork,
  { mix, sound, stop }: Mixing,
): Promise<LevelledMix | null> {
  const { tools, settings, workers } = film;
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
  const levelled = await levelMix({
    ...{ tools, plan, settings, mix, folder, store, workers },
    signal: stop,
  });
  sound.tellReady(plan.endSample - plan.startSample);
  return levelled;
}
