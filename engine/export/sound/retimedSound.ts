import { open, rm } from 'node:fs/promises';
import { silentBlock, type StereoBlock } from '#core/render/soundEffects/soundProcessor.ts';
import { soundTimeAt } from '#core/render/soundLevel.ts';
import type { MixPart } from '#core/render/soundParts.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks } from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { refuseFailure } from './decodeSound.ts';
import {
  blocksOf,
  rawFormat,
  type RawSound,
  readRaw,
  recorder,
  soundAt,
  toRaw,
} from './rawSound.ts';
import type { PlayRecorded } from './soundSources.ts';
import { exactly, type SoundStage } from './soundStage.ts';

export type RetimedSound = {
  tools: Ffmpeg;
  part: MixPart & { retime: NonNullable<MixPart['retime']> };
  recorded: PlayRecorded;
  sampleRateHz: number;
  /** Samples of the film that are wanted, `last` exclusive; they may lie beyond the part. */
  first: number;
  last: number;
  /** Path to which an ending is added for the sound as recorded, while it is worked on. */
  scratch: string;
  signal: AbortSignal;
  next: SoundStage;
};

/** Sound beyond the last sample that tempo filters look at. */
const MARGIN: Flicks = flicks(FLICKS_PER_SECOND / 4);

/**
 * The sound of a part that does not run as recorded, exactly `last - first` samples of it. Constant speeds from a
 * quarter to four times keep the pitch; others, and curves, sound like tape. Backwards it is played backwards.
 * Refuses `export/sound-failed`.
 */
export async function retimedSound(options: RetimedSound): Promise<void> {
  const scratch = `${options.scratch}.recorded`;
  const { part, first, last, next } = options;
  const file = await open(scratch, 'w+');
  try {
    const sound = { file, frames: 0 };
    const start = await record(options, sound);
    const { retime } = part.retime.range;
    const all = { ...options, next: exactly(0, last - first, next) };
    if (retime?.kind === 'constant') await atSpeed(all, { ...sound, start }, retime.speed);
    else await alongCurve(all, { ...sound, start });
    await all.next.end();
  } finally {
    await file.close();
    await rm(scratch, { force: true });
  }
}

/** Sound as recorded in a file of raw samples, from a source time on. */
type Recorded = RawSound & { start: Flicks };

/** Writes what is needed of the source, and gives the source time that it begins at. */
async function record(options: RetimedSound, sound: RawSound): Promise<Flicks> {
  const { part, first, last, sampleRateHz } = options;
  const timeAt = (sample: number) => soundTimeAt(part, sample, sampleRateHz);
  const turns = part.retime.range.retime?.kind === 'curve' ? part.retime.range.retime.keys : [];
  const inside = turns.filter(({ time }) => {
    const sample = sampleAt(flicks(part.retime.start + time), sampleRateHz);
    return sample > first && sample < last;
  });
  const times = [timeAt(first), timeAt(last), ...inside.map(({ source }) => source)];
  // Before the beginning of a source there is nothing, however far back a curve goes.
  const start = flicks(Math.max(-MARGIN, Math.min(...times) - MARGIN));
  const end = flicks(Math.max(...times) + MARGIN);
  const samples = Math.max(1, sampleAt(flicks(Math.max(0, end - start)), sampleRateHz));
  await options.recorded(start, samples, recorder(sound));
  return start;
}

async function atSpeed(
  options: RetimedSound,
  recorded: Recorded,
  speed: { num: number; den: number },
): Promise<void> {
  const { tools, part, first, last, sampleRateHz, signal, next } = options;
  const factor = Math.abs(speed.num) / speed.den;
  const from = sampleAt(
    flicks(soundTimeAt(part, first, sampleRateHz) - recorded.start),
    sampleRateHz,
  );
  const direction = speed.num < 0 ? -1 : 1;
  const count = last - first;
  const wanted = Math.ceil(count * factor) + sampleAt(MARGIN, sampleRateHz);
  const lead = factor !== 1 && keepsPitch(factor) ? tempoLead(sampleRateHz) : 0;
  const begin = from - direction * lead;
  const blocks = blocksOf(recorded, { from: begin, count: wanted + lead, direction });
  if (factor === 1) {
    for await (const block of blocks) await next.write(block);
    return;
  }
  const failure = await runFfmpeg(
    tools,
    [
      ...rawFormat(sampleRateHz),
      ...['-i', 'pipe:0'],
      ...['-af', [...tempo(factor, sampleRateHz), `atrim=end_sample=${count}`].join(',')],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le'],
    ],
    'pipe:1',
    {
      signal,
      readStdout: (stdout) => readRaw(stdout, next),
      writeStdin: async (stdin) => {
        for await (const block of blocks) {
          if (!stdin.writable) return;
          await new Promise<void>((resolve) => {
            stdin.once('close', resolve);
            stdin.write(toRaw(block), () => {
              stdin.off('close', resolve);
              resolve();
            });
          });
        }
      },
    },
  );
  refuseFailure(part.clipId, failure);
}

/** Filters that play sound faster by a factor: with its pitch (in steps of at least a half), or like tape. */
function tempo(factor: number, sampleRateHz: number): string[] {
  if (!keepsPitch(factor)) {
    return [`asetrate=${Math.round(sampleRateHz * factor)}`, `aresample=${sampleRateHz}`];
  }
  const steps = factor < 0.5 ? 2 : 1;
  return Array.from({ length: steps }, () => `atempo=${(factor ** (1 / steps)).toFixed(12)}`);
}

function keepsPitch(factor: number): boolean {
  return factor >= 0.25 && factor <= 4;
}

/**
 * Samples by which the tempo filter runs ahead of the source: a quarter of its window, which is the next power of two
 * from a 24th of a second.
 */
function tempoLead(sampleRateHz: number): number {
  return 2 ** Math.ceil(Math.log2(sampleRateHz / 24)) / 4;
}

/** Samples of the film made at once along a curve; small, since fast stretches need many times as much sound. */
const STEP = 4_096;

/** Like tape along a curve: each sample is the mean of the sound that passes during it, or lies between two samples. */
async function alongCurve(options: RetimedSound, recorded: Recorded): Promise<void> {
  const { part, first, last, sampleRateHz, next } = options;
  const positionAt = (sample: number) =>
    ((soundTimeAt(part, sample, sampleRateHz) - recorded.start) * sampleRateHz) / FLICKS_PER_SECOND;
  for (let block = first; block < last; block += STEP) {
    const end = Math.min(last, block + STEP);
    const positions = Array.from({ length: end - block + 1 }, (_, index) =>
      positionAt(block + index),
    );
    const low = Math.floor(Math.min(...positions)) - 1;
    const high = Math.ceil(Math.max(...positions)) + 2;
    const sound = await soundAt(recorded, low, high - low);
    const made = silentBlock(end - block);
    fill(
      made,
      sound,
      positions.map((position) => position - low),
    );
    await next.write(made);
  }
}

function fill(made: StereoBlock, sound: StereoBlock, positions: readonly number[]): void {
  for (let index = 0; index < made.left.length; index++) {
    const [from, to] = [positions[index] ?? 0, positions[index + 1] ?? 0];
    made.left[index] = passing(sound.left, from, to);
    made.right[index] = passing(sound.right, from, to);
  }
}

function passing(sound: Float32Array, from: number, to: number): number {
  const value = (frame: number) => sound[frame] ?? 0;
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  // Sound that stands still is silence.
  if (high - low < 1e-9) return 0;
  if (high - low <= 1.5) {
    const whole = Math.floor(from);
    return value(whole) + (value(whole + 1) - value(whole)) * (from - whole);
  }
  let sum = 0;
  const begin = Math.floor(low);
  const end = Math.floor(high);
  for (let frame = begin; frame < end; frame++) sum += value(frame);
  return sum / Math.max(1, end - begin);
}
