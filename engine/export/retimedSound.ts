import { type FileHandle, open, rm } from 'node:fs/promises';
import { soundTimeAt } from '#core/render/soundLevel.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import { type Flicks, FLICKS_PER_SECOND, flicks, maxFlicks, ZERO } from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { BYTES_PER_FRAME, decodeSound, refuseFailure, type SoundFile } from './decodeSound.ts';

export type RetimedSound = {
  tools: Ffmpeg;
  part: SoundPart & { retime: NonNullable<SoundPart['retime']> };
  file: SoundFile;
  sampleRateHz: number;
  /** Samples of the film that are wanted, `last` exclusive. */
  first: number;
  last: number;
  /** Effects, which the sound goes through as recorded. */
  filters: readonly string[];
  /** Path for the sound as recorded, while it is worked on. */
  scratch: string;
  signal: AbortSignal;
  onData: (chunk: Buffer) => void;
};

/** Sound beyond the last sample that tempo filters look at. */
const MARGIN: Flicks = flicks(FLICKS_PER_SECOND / 4);
/** Frames handled at once. */
const BLOCK = 32_768;

/**
 * The sound of a part that does not run as recorded, exactly `last - first` samples of it. Constant speeds from a
 * quarter to four times keep the pitch; others, and curves, sound like tape. Backwards it is played backwards.
 * Refuses `export/sound-failed`.
 */
export async function retimedSound(options: RetimedSound): Promise<void> {
  const { part } = options;
  const recorded = await recordedSound(options);
  try {
    const { retime } = part.retime.range;
    if (retime?.kind === 'constant') await atSpeed(options, recorded, retime.speed);
    else await alongCurve(options, recorded);
  } finally {
    await recorded.file.close();
    await rm(options.scratch, { force: true });
  }
}

/** Sound as recorded in a file of raw samples. */
type Recorded = { file: FileHandle; start: Flicks; frames: number };

async function recordedSound(options: RetimedSound): Promise<Recorded> {
  const { part, first, last, sampleRateHz } = options;
  const timeAt = (sample: number) => soundTimeAt(part, sample, sampleRateHz);
  const turns = part.retime.range.retime?.kind === 'curve' ? part.retime.range.retime.keys : [];
  const inside = turns.filter(({ time }) => {
    const sample = sampleAt(flicks(part.retime.start + time), sampleRateHz);
    return sample > first && sample < last;
  });
  const times = [timeAt(first), timeAt(last), ...inside.map(({ source }) => source)];
  const start = maxFlicks(ZERO, flicks(Math.min(...times) - MARGIN));
  const end = flicks(Math.max(...times) + MARGIN);
  const samples = Math.max(1, sampleAt(flicks(end - start), sampleRateHz));
  const file = await open(options.scratch, 'w+');
  let written: Promise<unknown> = Promise.resolve();
  let bytes = 0;
  await decodeSound({
    ...options,
    from: start,
    samples,
    onData: (chunk) => {
      const at = bytes;
      bytes += chunk.length;
      written = written.then(() => file.write(chunk, 0, chunk.length, at));
    },
  });
  await written;
  return { file, start, frames: Math.floor(bytes / BYTES_PER_FRAME) };
}

async function atSpeed(
  options: RetimedSound,
  recorded: Recorded,
  speed: { num: number; den: number },
): Promise<void> {
  const { tools, part, first, last, sampleRateHz, signal, onData } = options;
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
    for await (const block of blocks) onData(block);
    return;
  }
  const failure = await runFfmpeg(
    tools,
    [
      ...['-f', 'f32le', '-ar', String(sampleRateHz), '-ac', '2', '-i', 'pipe:0'],
      ...['-af', [...tempo(factor, sampleRateHz), `apad,atrim=end_sample=${count}`].join(',')],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le'],
    ],
    'pipe:1',
    {
      signal,
      onStdoutData: onData,
      writeStdin: async (stdin) => {
        for await (const block of blocks) {
          if (!stdin.writable) return;
          await new Promise<void>((resolve) => {
            stdin.once('close', resolve);
            stdin.write(block, () => {
              stdin.off('close', resolve);
              resolve();
            });
          });
        }
      },
    },
  );
  refuseFailure(part, failure);
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

/** Sound from a frame on, forwards or backwards; silence before the beginning and after the end. */
async function* blocksOf(
  { file, frames }: Recorded,
  { from, count, direction }: { from: number; count: number; direction: 1 | -1 },
): AsyncGenerator<Buffer, void> {
  for (let done = 0; done < count; done += BLOCK) {
    const length = Math.min(BLOCK, count - done);
    const low = direction === 1 ? from + done : from - done - length;
    const block = await framesAt(file, frames, low, length);
    yield direction === 1 ? block : turnedRound(block);
  }
}

async function framesAt(
  file: FileHandle,
  frames: number,
  low: number,
  length: number,
): Promise<Buffer> {
  const block = Buffer.alloc(length * BYTES_PER_FRAME);
  const first = Math.max(0, low);
  const last = Math.min(frames, low + length);
  if (last > first) {
    const offset = (first - low) * BYTES_PER_FRAME;
    await file.read(block, offset, (last - first) * BYTES_PER_FRAME, first * BYTES_PER_FRAME);
  }
  return block;
}

function turnedRound(block: Buffer): Buffer {
  const turned = Buffer.alloc(block.length);
  for (let at = 0; at < block.length; at += BYTES_PER_FRAME) {
    block.copy(turned, block.length - at - BYTES_PER_FRAME, at, at + BYTES_PER_FRAME);
  }
  return turned;
}

/** Like tape along a curve: each sample is the mean of the sound that passes during it, or lies between two samples. */
async function alongCurve(options: RetimedSound, recorded: Recorded): Promise<void> {
  const { part, first, last, sampleRateHz, onData } = options;
  const positionAt = (sample: number) =>
    ((soundTimeAt(part, sample, sampleRateHz) - recorded.start) * sampleRateHz) / FLICKS_PER_SECOND;
  for (let block = first; block < last; block += STEP) {
    const end = Math.min(last, block + STEP);
    const positions = Array.from({ length: end - block + 1 }, (_, index) =>
      positionAt(block + index),
    );
    const low = Math.floor(Math.min(...positions)) - 1;
    const high = Math.ceil(Math.max(...positions)) + 2;
    const sound = await framesAt(recorded.file, recorded.frames, low, high - low);
    const made = Buffer.alloc((end - block) * BYTES_PER_FRAME);
    for (let index = 0; index < end - block; index++) {
      const from = (positions[index] as number) - low;
      const to = (positions[index + 1] as number) - low;
      for (const channel of [0, 4]) {
        made.writeFloatLE(passing(sound, from, to, channel), index * BYTES_PER_FRAME + channel);
      }
    }
    onData(made);
  }
}

/** Samples of the film made at once along a curve; small, since fast stretches need many times as much sound. */
const STEP = 4_096;

function passing(sound: Buffer, from: number, to: number, channel: number): number {
  const value = (frame: number) => sound.readFloatLE(frame * BYTES_PER_FRAME + channel);
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
