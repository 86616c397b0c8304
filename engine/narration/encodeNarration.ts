import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { refuse } from '#core/fault.ts';
import { ACX, AIM, type NarrationFacts } from '#core/narration/acx.ts';
import { NARRATION_HZ, type TimedPart } from '#core/narration/narrationTimeline.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { type PartSoundOptions, partSound } from './levelNarration.ts';
import { measureNarration } from './measureNarration.ts';

/** Kinds of files that narrations become. */
export type AudioKind = 'm4b' | 'mp3' | 'm4a';

const ENCODING: Readonly<Record<AudioKind, readonly string[]>> = {
  m4b: ['-c:a', 'aac', '-b:a', '128k', '-brand', 'M4B ', '-movflags', '+faststart', '-f', 'ipod'],
  m4a: ['-c:a', 'aac', '-b:a', '96k', '-movflags', '+faststart', '-f', 'ipod'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '192k', '-id3v2_version', '3', '-f', 'mp3'],
};
/** What is asked of each kind. Read-alongs go to readers and not to shops for sound, so these may be a little louder and quieter. */
export const LIMITS: Readonly<
  Record<AudioKind, { truePeakDb: number; rmsDb: { min: number; max: number } }>
> = {
  m4b: ACX,
  mp3: ACX,
  m4a: { truePeakDb: -1, rmsDb: { min: -24, max: -17 } },
};
const MOST_TRIES = 6;
const CLOSE_DB = 0.05;

export type EncodeOptions = Omit<PartSoundOptions, 'ceilingDb' | 'moreDb'> & {
  tools: Ffmpeg;
  kind: AudioKind;
  /** A metadata file of ffmpeg, and a picture for the cover. */
  tags?: string | undefined;
  cover?: string | undefined;
  /** Samples that have gone into the encoder. */
  onProgress?: (samples: number) => void;
};

/**
 * Encodes parts one after the other into one file, in one go. What comes out of the decoder again may peak higher or be
 * quieter than what went in; then it is done anew with a lower ceiling or more gain, until it keeps to what ACX asks.
 * Refuses `narration/encode-failed` and `narration/level-unreachable`.
 */
export async function encodeParts(
  parts: readonly TimedPart[],
  output: string,
  options: EncodeOptions,
): Promise<NarrationFacts> {
  const wish = { ceilingDb: AIM.ceilingDb, moreDb: 0 };
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await encodeSound(soundOf(parts, options, wish), output, options);
    const facts = await measureNarration(options.tools, output, options.signal);
    const { truePeakDb, rmsDb } = LIMITS[options.kind];
    const over = facts.truePeakDb - (truePeakDb - CLOSE_DB);
    const under = rmsDb.min + 2 * CLOSE_DB - facts.rmsDb;
    if (over <= 0 && under <= 0) return facts;
    if (over > 0) wish.ceilingDb -= over + CLOSE_DB;
    // A limiter takes away again some of what is added.
    if (under > 0) wish.moreDb += 1.5 * under + 0.2;
  }
  return refuse(
    'narration/level-unreachable',
    'The narration cannot be brought to the level that shops ask for with these voices. Choose another voice, then export again.',
  );
}

async function* soundOf(
  parts: readonly TimedPart[],
  options: EncodeOptions,
  wish: Pick<PartSoundOptions, 'ceilingDb' | 'moreDb'>,
): AsyncGenerator<Float32Array, void> {
  let samples = 0;
  for (const part of parts) {
    for await (const block of partSound(part, { ...options, ...wish })) {
      yield block;
      samples += block.length;
      options.onProgress?.(samples);
    }
  }
}

export type EncodeSoundOptions = Pick<
  EncodeOptions,
  'tools' | 'kind' | 'tags' | 'cover' | 'signal'
>;

/** Encodes sound of one channel as it comes. Refuses `narration/encode-failed`. */
export async function encodeSound(
  sound: AsyncIterable<Float32Array>,
  output: string,
  { tools, kind, tags, cover, signal }: EncodeSoundOptions,
): Promise<void> {
  const failure = await runFfmpeg(
    tools,
    [
      ...['-f', 'f32le', '-ar', String(NARRATION_HZ), '-ac', '1', '-i', 'pipe:0'],
      ...(tags === undefined ? [] : ['-f', 'ffmetadata', '-i', tags]),
      ...(cover === undefined ? [] : ['-i', cover]),
      ...['-map', '0:a'],
      ...(cover === undefined ? [] : coverArguments(tags === undefined ? 1 : 2)),
      ...(tags === undefined ? [] : ['-map_metadata', '1', '-map_chapters', '1']),
      ...['-fflags', '+bitexact', '-flags:a', '+bitexact', ...ENCODING[kind]],
    ],
    output,
    {
      signal,
      writeStdin: async (stdin) => {
        for await (const block of sound) {
          if (stdin.destroyed || stdin.writableEnded) return;
          await write(stdin, Buffer.from(block.buffer, block.byteOffset, block.byteLength), signal);
        }
      },
    },
  );
  if (failure !== null) {
    refuse(
      'narration/encode-failed',
      'The narration could not be encoded. What was spoken is kept; the details say what ffmpeg reported.',
      { reason: failure },
    );
  }
}

/** MP3 shows no picture that has no name. */
function coverArguments(input: number): string[] {
  return [
    ...['-map', `${input}:v`, '-c:v', 'copy'],
    ...['-metadata:s:v', 'comment=Cover (front)', '-disposition:v', 'attached_pic'],
  ];
}

/** Waits for a full pipe, but not for one whose reader has gone. */
async function write(stdin: Writable, bytes: Buffer, signal: AbortSignal): Promise<void> {
  if (stdin.write(bytes) || stdin.destroyed) return;
  const settled = new AbortController();
  try {
    const either = AbortSignal.any([signal, settled.signal]);
    await Promise.race([
      once(stdin, 'drain', { signal: either }),
      once(stdin, 'close', { signal: either }),
    ]).catch(() => undefined);
  } finally {
    settled.abort();
  }
}
