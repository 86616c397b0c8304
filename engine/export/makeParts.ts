import { join } from 'node:path';
import { filmChapters } from '#core/render/filmChapters.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import { aacCoding, encodeAac } from './aac/encodeAac.ts';
import type { PieceStore } from './cache/pieceStore.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import { besidePictures } from './copy/besidePictures.ts';
import type { CopyPlan } from './copy/planCopies.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmProgress } from './filmProgress.ts';
import type { FilmParts, JoinedSound } from './join/joinOptions.ts';
import { writeSoftCaptions } from './join/softCaptions.ts';
import type { Movie } from '../mp4/movie.ts';
import { GrowingSound } from './sound/growingSound.ts';
import { levelMix } from './sound/levelMix.ts';
import { mixSound } from './sound/mixSound.ts';
import { mixingAgain, readingMix, type ReadMix } from './sound/mixWindow.ts';
import { soundKey } from './sound/soundKey.ts';
import type { SourceFiles } from './sources/sourceFiles.ts';

/** What a film has beside its pictures. */
export type Parts = Omit<FilmParts, 'pieces' | 'pictures'> & {
  /** What the sound must be like; null for a film without sound. */
  mix: ReadMix | null;
  /** The sound could not be brought to the loudness that was asked for. */
  isTooQuiet: boolean;
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

type SoundParts = Pick<Parts, 'sound' | 'mix' | 'isTooQuiet' | 'beside'>;
type Texts = Pick<Parts, 'captions' | 'chapters'>;

/**
 * Mixes the sound, brings it to its loudness, and writes captions and chapters. Sound that was encoded before of the
 * same plan and sources is taken as it is.
 * Refuses what mixing, levelling, encoding and joining refuse.
 */
export async function makeParts(film: FilmExport, work: PartsWork): Promise<Parts> {
  const { plan, folder } = work;
  const captions = await writeSoftCaptions(film, plan, folder);
  const chapters = film.settings.chapters ? filmChapters(film.project, film.timelineId, plan) : [];
  const texts = { captions, chapters };
  return { ...texts, ...(await makeSound(film, work, texts)) };
}

async function makeSound(film: FilmExport, work: PartsWork, texts: Texts): Promise<SoundParts> {
  const { plan, folder, store, files, progress } = work;
  if (plan.sound.length === 0) {
    const beside = await makeBeside(film, work, { ...texts, sound: null });
    return { sound: null, mix: null, isTooQuiet: false, beside };
  }
  if (film.settings.audioCodec !== 'aac') return mixAndEncode(film, work, texts);
  const key = await encodedKey(film, work);
  const path = join(folder, 'kept-sound.mp4');
  if (!(await store.take(key, path))) {
    const made = await mixAndEncode(film, work, texts);
    if (made.sound?.kind === 'encoded' && !made.isTooQuiet) await store.keep(key, made.sound.path);
    return made;
  }
  progress.tellSound(1);
  const sound = { kind: 'encoded', path } as const;
  const beside = await makeBeside(film, work, { ...texts, sound });
  const scratch = join(folder, 'compared.f32');
  const mix = mixingAgain(plan, { tools: film.tools, files: files.sounds, scratch });
  return { sound, mix, isTooQuiet: false, beside };
}

function encodedKey(film: FilmExport, { plan, files, watch }: PartsWork): Promise<string> {
  const { tools, settings } = film;
  return soundKey(plan, {
    ...{ tools, watch, files: files.sounds, loudness: settings.loudness },
    coding: aacCoding({ plan, settings }),
  });
}

/**
 * Encoding begins as soon as the first samples are mixed: where pictures are copied or come from the cache, it takes
 * longest.
 */
async function mixAndEncode(film: FilmExport, work: PartsWork, texts: Texts): Promise<SoundParts> {
  const { plan, folder, signal } = work;
  const path = join(folder, 'sound.f32');
  const growing = new GrowingSound(path, plan.endSample - plan.startSample);
  const [isTooQuiet, others] = await allAtOnce(signal, [
    (stop) => makeMix(film, work, { path, growing, stop }),
    async (stop) => {
      const own = { ...work, signal: stop };
      if (film.settings.audioCodec !== 'aac') {
        const sound: JoinedSound = { kind: 'mixed', path };
        const fed = { ...sound, feed: (stdin: NodeJS.WritableStream) => growing.feed(stdin, stop) };
        return { sound, beside: await makeBeside(film, own, { ...texts, sound: fed }) };
      }
      const encoded = await encodeMix(film, work, { path, growing, stop });
      const sound: JoinedSound = { kind: 'encoded', path: encoded };
      return { sound, beside: await makeBeside(film, own, { ...texts, sound }) };
    },
  ]);
  return { mix: readingMix(path), isTooQuiet, ...others };
}

async function makeBeside(
  film: FilmExport,
  { plan, folder, copies, signal }: PartsWork,
  parts: Pick<Parts, 'sound' | 'captions' | 'chapters'>,
): Promise<Movie | null> {
  if (film.settings.container !== 'mp4' || (await copies()).sources.size === 0) return null;
  return besidePictures({ ...film, ...parts, plan, folder, signal });
}

type Mixing = { path: string; growing: GrowingSound; stop: AbortSignal };

function encodeMix(
  film: FilmExport,
  { plan, folder, store }: PartsWork,
  { path, growing, stop }: Mixing,
): Promise<string> {
  const samples = plan.endSample - plan.startSample;
  const untilReady = (first: number) => growing.untilReady(first, stop);
  return encodeAac({ ...film, plan, mix: path, samples, folder, store, signal: stop, untilReady });
}

/** Gives whether the sound is too quiet for its loudness. */
async function makeMix(
  film: FilmExport,
  { plan, files, folder, store, watch, progress }: PartsWork,
  { path, growing, stop }: Mixing,
): Promise<boolean> {
  const { tools, settings, workers } = film;
  progress.tellSound(0);
  await mixSound({
    tools,
    plan,
    files: files.sounds,
    output: path,
    signal: stop,
    onProgress: (share) => progress.tellSound(share),
    // What is levelled later is another sound.
    ...(settings.loudness === undefined ? { onReady: (frames) => growing.tellReady(frames) } : {}),
  });
  await watch.check([...files.sounds.values()].map((file) => file.path));
  const levelled = await levelMix({
    ...{ tools, plan, settings, mix: path, folder, store, workers },
    signal: stop,
  });
  growing.tellReady(plan.endSample - plan.startSample);
  return levelled !== null && levelled.after === null;
}
