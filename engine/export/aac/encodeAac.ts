import { createHash } from 'node:crypto';
import { mkdtemp, open } from 'node:fs/promises';
import { join } from 'node:path';
import { writtenSampleRate } from '#core/render/formats.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { eachAtOnce } from '../../process/eachAtOnce.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { makingRoom } from '../cache/makingRoom.ts';
import type { PieceStore } from '../cache/pieceStore.ts';
import { soundArguments } from '../encode/encoders.ts';
import type { Movie, Track } from '../../mp4/movie.ts';
import { readMovie } from '../../mp4/readMovie.ts';
import { writeMovie } from '../../mp4/writeMovie.ts';
import { BYTES_PER_FRAME, rawFormat } from '../sound/rawSound.ts';
import { refuseSound } from '../sound/refuseSound.ts';
import { type AacStretch, aacStretches, wholeSound } from './aacStretches.ts';
import { joinAac } from './joinAac.ts';

/** Counts up whenever the same samples come to other packets. */
const RECIPE = 1;
const HASHED_BYTES = 1 << 20;

export type AacOptions = {
  tools: Ffmpeg;
  plan: Pick<ExportPlan, 'sampleRateHz'>;
  settings: ExportSettings;
  /** Raw samples, so many of them. */
  mix: string;
  samples: number;
  folder: string;
  store: PieceStore;
  workers: number;
  signal: AbortSignal;
  /** Resolves when so many samples from the beginning on are there; absent where all are. */
  untilReady?: (samples: number) => Promise<void>;
  /** Packets of a stretch, where it is not the usual number. */
  stretchPackets?: number;
};

/**
 * Encodes sound as AAC in stretches, `workers` of them at once, each as soon as its samples are there; those that were
 * encoded before come from the cache. The same samples give the same packets whatever the number of workers and
 * whatever was there. Gives an MP4 of the sound alone, in time to the sample.
 *
 * Players ignore what Matroska says of the delay of AAC: for it the packet in front of the sound, in which nothing
 * sounds, is left out, and every other one stands at its time.
 * Refuses `export/sound-failed`.
 */
export async function encodeAac(options: AacOptions): Promise<string> {
  const { plan, settings, samples, workers, signal, stretchPackets } = options;
  const folder = await mkdtemp(join(options.folder, 'aac-'));
  const isResampled = writtenSampleRate('aac', plan.sampleRateHz) !== plan.sampleRateHz;
  const stretches = isResampled ? [wholeSound(samples)] : aacStretches(samples, stretchPackets);
  const tracks: Track[] = [];
  const each = [...stretches.entries()];
  await eachAtOnce(each, { workers, signal }, async ([index, stretch], stop) => {
    tracks[index] = await encodeStretch(
      { ...options, folder, signal: stop },
      stretch,
      String(index),
    );
  });
  // Sound in which no stretch may follow another is encoded as one.
  const track =
    (await joinAac(stretches, tracks)) ??
    (await encodeStretch({ ...options, folder }, wholeSound(samples), 'whole'));
  const path = join(folder, 'sound.mp4');
  await writeMovie(path, movieOf(isInTimeWithoutDelay(settings) ? withoutDelay(track) : track), {
    signal,
  });
  return path;
}

/** Names how `encodeAac` encodes: where it is the same, the same samples come to the same bytes. */
export function aacCoding({ plan, settings }: Pick<AacOptions, 'plan' | 'settings'>): unknown {
  return [packetCoding(plan, settings), isInTimeWithoutDelay(settings)];
}

function packetCoding(plan: AacOptions['plan'], settings: ExportSettings): unknown {
  return [RECIPE, ...rawFormat(plan.sampleRateHz), ...soundArguments(plan, settings)];
}

function isInTimeWithoutDelay({ container }: ExportSettings): boolean {
  return container === 'mkv' || container === 'webm';
}

/** Encodes a stretch, or takes it from the cache. */
async function encodeStretch(
  options: AacOptions,
  stretch: AacStretch,
  name: string,
): Promise<Track> {
  const { tools, plan, settings, mix, folder, store, signal, untilReady } = options;
  await untilReady?.(stretch.toSample);
  const from = stretch.fromSample * BYTES_PER_FRAME;
  const to = stretch.toSample * BYTES_PER_FRAME;
  const key = keyOf([tools.version, packetCoding(plan, settings)], await hashOf(mix, from, to));
  const path = join(folder, `sound-${name}.mp4`);
  if (!(await store.take(key, path))) {
    await makingRoom(store, async () => {
      const failure = await runFfmpeg(
        tools,
        [
          ...rawFormat(plan.sampleRateHz),
          ...['-i', `subfile,,start,${from},end,${to},,:${mix}`],
          ...soundArguments(plan, settings),
          ...['-flags:a', '+bitexact', '-f', 'mp4'],
        ],
        path,
        { signal },
      );
      refuseSound(failure);
    });
    await store.keep(key, path);
  }
  const [track] = (await readMovie(path)).tracks;
  if (track === undefined) throw new Error('Encoded sound has no track');
  return track;
}

function keyOf(recipe: unknown, samples: string): string {
  return createHash('sha256')
    .update(JSON.stringify([recipe, samples]))
    .digest('hex')
    .slice(0, 40);
}

async function hashOf(path: string, from: number, to: number): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(HASHED_BYTES);
  const file = await open(path, 'r');
  try {
    for (let at = from; at < to; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(HASHED_BYTES, to - at), at);
      if (bytesRead === 0) throw new Error('Mixed sound ends before it should');
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

/** A movie that counts in samples, so that the sound has its exact length. */
function movieOf(track: Track): Movie {
  const { timescale, edits } = track;
  const length = track.samples.reduce((sum, { duration }) => sum + duration, 0);
  const exact = edits.map(({ mediaTime }) => ({ mediaTime, duration: length - mediaTime }));
  const tracks = [{ ...track, edits: exact }];
  return { timescale, tracks, brand: null, userData: Buffer.alloc(0) };
}

function withoutDelay(track: Track): Track {
  return { ...track, edits: [], samples: track.samples.slice(1) };
}
