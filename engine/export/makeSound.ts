import { join } from 'node:path';
import type { ExportPlan } from '#core/render/planExport.ts';
import { allAtOnce } from '../process/allAtOnce.ts';
import { aacCoding, encodeAac } from './aac/encodeAac.ts';
import type { PieceStore } from './cache/pieceStore.ts';
import type { SourceWatch } from './cache/sourceWatch.ts';
import type { FilmExport } from './filmExport.ts';
import type { FilmProgress } from './filmProgress.ts';
import type { JoinedSound } from './join/joinOptions.ts';
import { GrowingSound } from './sound/growingSound.ts';
import { levelMix } from './sound/levelMix.ts';
import { mixSound } from './sound/mixSound.ts';
import { mixingAgain, readingMix, type ReadMix } from './sound/mixWindow.ts';
import { soundKey } from './sound/soundKey.ts';
import type { SourceFiles } from './sources/sourceFiles.ts';

export type SoundWork = {
  plan: ExportPlan;
  files: SourceFiles;
  folder: string;
  store: PieceStore;
  watch: SourceWatch;
  progress: FilmProgress;
  signal: AbortSignal;
};

export type FilmSound<T> = {
  /** Null for a film without sound. */
  sound: JoinedSound | null;
  /** What it must be like; null for a film without sound. */
  mix: ReadMix | null;
  /** It could not be brought to the loudness that was asked for. */
  isTooQuiet: boolean;
  used: T;
};

/** What is done with the sound as soon as it can be read; what is still being mixed then comes through its `feed`. */
type UseSound<T> = (sound: JoinedSound | null, signal: AbortSignal) => Promise<T>;

/**
 * Makes the sound of a film: mixes it, brings it to its loudness, encodes it where that is AAC. What was encoded before of
 * the same plan and sources is taken as it is.
 * Refuses what mixing, levelling, encoding and `use` refuse.
 */
export async function makeSound<T>(
  film: FilmExport,
  work: SoundWork,
  use: UseSound<T>,
): Promise<FilmSound<T>> {
  const { plan, files, folder, store, progress, signal } = work;
  if (plan.sound.length === 0)
    return { sound: null, mix: null, isTooQuiet: false, used: await use(null, signal) };
  if (film.settings.audioCodec !== 'aac') return mixForJoining(film, work, use);
  const key = await encodedKey(film, work);
  const path = join(folder, 'kept-sound.mp4');
  if (!(await store.take(key, path))) {
    const made = await mixAndEncode(film, work, use);
    if (made.sound !== null && !made.isTooQuiet) await store.keep(key, made.sound.path);
    return made;
  }
  progress.tellSound(1);
  const sound: JoinedSound = { kind: 'encoded', path };
  const scratch = join(folder, 'compared.f32');
  const mix = mixingAgain(plan, { tools: film.tools, files: files.sounds, scratch });
  return { sound, mix, isTooQuiet: false, used: await use(sound, signal) };
}

function encodedKey(film: FilmExport, { plan, files, watch }: SoundWork): Promise<string> {
  const { tools, settings } = film;
  return soundKey(plan, {
    ...{ tools, watch, files: files.sounds, loudness: settings.loudness },
    coding: aacCoding({ plan, settings }),
  });
}

/** Sound that is encoded when all is joined. */
async function mixForJoining<T>(
  film: FilmExport,
  work: SoundWork,
  use: UseSound<T>,
): Promise<FilmSound<T>> {
  const { path, growing } = mixFile(work);
  const [isTooQuiet, used] = await allAtOnce(work.signal, [
    (signal) => mixAndLevel(film, { ...work, signal }, { path, growing }),
    (signal) => use({ kind: 'mixed', path, feed: (stdin) => growing.feed(stdin, signal) }, signal),
  ]);
  return { sound: { kind: 'mixed', path }, mix: readingMix(path), isTooQuiet, used };
}

/**
 * Encoding begins as soon as the first samples are mixed: where pictures are copied or come from the cache, it takes
 * longest.
 */
async function mixAndEncode<T>(
  film: FilmExport,
  work: SoundWork,
  use: UseSound<T>,
): Promise<FilmSound<T>> {
  const { plan, folder, store } = work;
  const { path, growing } = mixFile(work);
  const samples = plan.endSample - plan.startSample;
  const [isTooQuiet, encoded] = await allAtOnce(work.signal, [
    (signal) => mixAndLevel(film, { ...work, signal }, { path, growing }),
    async (signal) => {
      const untilReady = (first: number) => growing.untilReady(first, signal);
      const encoding = { ...film, plan, mix: path, samples, folder, store, signal, untilReady };
      const sound: JoinedSound = { kind: 'encoded', path: await encodeAac(encoding) };
      return { sound, used: await use(sound, signal) };
    },
  ]);
  return { ...encoded, mix: readingMix(path), isTooQuiet };
}

type MixFile = { path: string; growing: GrowingSound };

function mixFile({ plan, folder }: SoundWork): MixFile {
  const path = join(folder, 'sound.f32');
  return { path, growing: new GrowingSound(path, plan.endSample - plan.startSample) };
}

/** Gives whether the sound is too quiet for its loudness. */
async function mixAndLevel(
  film: FilmExport,
  { plan, files, folder, store, watch, progress, signal }: SoundWork,
  { path, growing }: MixFile,
): Promise<boolean> {
  const { tools, settings, workers } = film;
  progress.tellSound(0);
  await mixSound({
    ...{ tools, plan, files: files.sounds, output: path, signal },
    onProgress: (share) => progress.tellSound(share),
    // What is levelled later is another sound.
    ...(settings.loudness === undefined ? { onReady: (frames) => growing.tellReady(frames) } : {}),
  });
  await watch.check([...files.sounds.values()].map((file) => file.path));
  const level = { tools, plan, settings, mix: path, folder, store, workers, signal };
  const levelled = await levelMix(level);
  growing.tellReady(plan.endSample - plan.startSample);
  return levelled !== null && levelled.after === null;
}
