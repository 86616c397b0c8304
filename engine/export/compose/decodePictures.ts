import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import { PICTURE_SLACK } from '#core/render/pictureSource.ts';
import { type Flicks, FLICKS_PER_SECOND, minFlicks, ZERO } from '#core/time/flicks.ts';
import { inputArguments } from '../../media/probe.ts';
import { Cancelled, run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { earlier, PREROLLS_SECONDS } from '../sources/earlyOpening.ts';
import type { FootageFile } from '../sources/footageFile.ts';
import { type Opening, openSource } from '../sources/openSource.ts';
import { pictureFilters, wholePictures } from '../sources/pictureFilters.ts';
import { type Picture, premultiply } from './picture.ts';

/** How pictures of a file are read. */
export type PictureReading = {
  tools: Ffmpeg;
  file: FootageFile;
  /** Size that pictures are brought to. */
  width: number;
  height: number;
  /** Filters that each picture goes through before it is brought to its size. */
  filters: readonly string[];
  signal: AbortSignal;
  /** Memory of pictures of this size that nobody looks at any more, to be used again. */
  spare?: Uint8Array[];
};

/** From this gap on, opening the file anew is quicker than reading on. */
const LONGEST_GAP: number = 20 * FLICKS_PER_SECOND;
/** Pictures read forwards are kept until they can be given backwards: as many as fit in this memory. */
const BACKWARDS_BYTES = 192 * 1024 * 1024;

/** Most pixels of a picture in memory; larger ones come smaller, in their own shape. */
const MOST_PIXELS = 8_192 * 4_096;

/**
 * The pictures of a file for a list of limits, one for each in the order of the list: the last one that starts before
 * the limit, or the first of the file. Limits may go backwards and forwards, and past the end, where the last picture
 * stays; memory stays bounded.
 * Refuses `export/picture-failed`.
 */
export async function* decodePictures(
  wanted: PictureReading,
  limits: readonly Flicks[],
): AsyncGenerator<Picture, void> {
  const reading = { ...wanted, ...boundedSize(wanted) };
  if (reading.file.isStill) {
    const still = await firstPicture(reading);
    for (let index = 0; index < limits.length; index++) yield still;
    return;
  }
  const held = Math.max(4, Math.floor(BACKWARDS_BYTES / (reading.width * reading.height * 4)));
  for (const run of runsOf(limits, held)) {
    if (run.direction === 'forwards') {
      yield* picturesForwards(reading, run.limits);
      continue;
    }
    const pictures: Picture[] = [];
    for await (const picture of picturesForwards(reading, [...run.limits].reverse())) {
      pictures.push(picture);
    }
    for (let last = pictures.pop(); last !== undefined; last = pictures.pop()) yield last;
  }
}

function boundedSize({ width, height }: PictureReading): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
  const bounded = (side: number) => Math.max(1, Math.floor(side * scale));
  return scale === 1 ? { width, height } : { width: bounded(width), height: bounded(height) };
}

type Run = { direction: 'forwards' | 'backwards'; limits: Flicks[] };

/** Divides limits into runs that go one way; those backwards have at most `held` limits. */
function runsOf(limits: readonly Flicks[], held: number): Run[] {
  const runs: Run[] = [];
  for (const limit of limits) {
    const run = runs.at(-1);
    const last = run?.limits.at(-1);
    if (run === undefined || last === undefined || !goesOn(run, limit - last, held)) {
      runs.push({ direction: 'forwards', limits: [limit] });
      continue;
    }
    if (limit < last) run.direction = 'backwards';
    run.limits.push(limit);
  }
  return runs;
}

function goesOn(run: Run, step: number, held: number): boolean {
  if (Math.abs(step) > LONGEST_GAP) return false;
  if (run.direction === 'backwards') return step <= 0 && run.limits.length < held;
  return step >= 0 || run.limits.length === 1;
}

async function* picturesForwards(
  reading: PictureReading,
  limits: readonly Flicks[],
): AsyncGenerator<Picture, void> {
  const [first] = limits;
  if (first === undefined) return;
  const { frames, before } = await openBefore(reading, first);
  try {
    let current = before;
    let next = await nextOf(frames);
    for (const limit of limits) {
      while (next !== null && next.time < limit - PICTURE_SLACK) {
        current = next;
        next = await nextOf(frames);
      }
      const shown = current ?? next;
      if (shown === null) noPicture(reading.file);
      yield shown.picture;
    }
  } finally {
    await frames.return();
  }
}

type TimedPicture = { time: number; picture: Picture };
type Frames = AsyncGenerator<TimedPicture, void>;

/** Opens a file so that its first picture starts before `limit`, where there is one that does. */
async function openBefore(
  reading: PictureReading,
  limit: Flicks,
): Promise<{ frames: Frames; before: TimedPicture | null }> {
  // Past the end there is nothing to be found.
  const latest = minFlicks(limit, reading.file.end);
  for (const seconds of PREROLLS_SECONDS) {
    const opening = openSource(reading.file, earlier(latest, seconds * FLICKS_PER_SECOND));
    const frames = decodedFrames(reading, opening);
    const before = await nextOf(frames);
    const isEarly = before !== null && before.time < limit - PICTURE_SLACK;
    if (opening.isBeginning || isEarly) return { frames, before };
    await frames.return();
  }
  noPicture(reading.file);
}

async function nextOf(frames: Frames): Promise<TimedPicture | null> {
  const step = await frames.next();
  return step.done ? null : step.value;
}

async function firstPicture(reading: PictureReading): Promise<Picture> {
  const frames = decodedFrames(reading, openSource(reading.file, ZERO));
  const first = await nextOf(frames);
  await frames.return();
  if (first === null) noPicture(reading.file);
  return first.picture;
}

function noPicture(file: FootageFile, reason = 'no pictures'): never {
  refuse(
    'export/picture-failed',
    `The pictures of “${basename(file.path)}” could not be read. The project is unchanged; the details say what ffmpeg reported.`,
    { path: file.path, reason },
  );
}

/** Every picture of a file from a time on, with the time at which it starts. */
async function* decodedFrames(reading: PictureReading, { options, zero }: Opening): Frames {
  const { tools, file, width, height } = reading;
  const stop = new AbortController();
  const times: number[] = [];
  const trouble: string[] = [];
  let tell = () => undefined as void;
  let isOver = false;
  let give: (stdout: Readable) => void = () => undefined;
  const given = new Promise<Readable>((resolve) => {
    give = resolve;
  });
  const running = run(tools.ffmpeg, readingArguments(reading, options), {
    signal: AbortSignal.any([reading.signal, stop.signal]),
    readStdout: async (stdout) => {
      give(stdout);
      await finished(stdout).catch(() => undefined);
    },
    onStderrLine: (line) => {
      const time = /showinfo.*\bpts: *(-?\d+)/.exec(line)?.[1];
      if (time !== undefined) times.push(zero + Number(time));
      else if (/error|invalid|no such|denied/i.test(line)) trouble.push(line);
      tell();
    },
  }).finally(() => {
    isOver = true;
    tell();
  });
  // A failure is looked at below; before that nobody may be listening.
  running.catch(() => undefined);
  try {
    const stdout = await Promise.race([given, running.then(() => null)]);
    let index = 0;
    if (stdout !== null) {
      for await (const data of blocksOf(stdout, width * height * 4, reading.spare)) {
        while (times[index] === undefined && !isOver) {
          await new Promise<void>((resolve) => {
            tell = resolve;
          });
        }
        const time = times[index];
        if (time === undefined) throw new Error('A picture came without its time');
        index += 1;
        if (file.hasAlpha) premultiply(data);
        yield { time, picture: { width, height, data } };
      }
    }
    const { exitCode } = await running;
    if (exitCode !== 0 && index === 0) noPicture(file, trouble.slice(-5).join('\n'));
  } finally {
    stop.abort();
    await running.catch((error: unknown) => {
      if (!(error instanceof Cancelled)) throw error;
    });
  }
}

function readingArguments(
  { file, width, height, filters }: PictureReading,
  options: readonly string[],
): string[] {
  const chain = [
    `settb=1/${FLICKS_PER_SECOND}`,
    'showinfo=checksum=0',
    ...wholePictures(file, filters),
    ...pictureFilters(file, { width, height, pixels: 'rgba' }, filters),
  ];
  return [
    ...['-hide_banner', '-nostats', '-nostdin', '-v', 'info'],
    ...options,
    ...(file.decoder === null ? [] : ['-c:v', file.decoder]),
    ...inputArguments(file.path),
    ...['-map', `0:${file.streamIndex}`, '-vf', chain.join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** A stream in blocks of `size` bytes; what is left at its end is dropped. */
async function* blocksOf(
  stream: Readable,
  size: number,
  spare: Uint8Array[] = [],
): AsyncGenerator<Uint8Array, void> {
  const emptyBlock = () => spare.pop() ?? new Uint8Array(size);
  let block = emptyBlock();
  let filled = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let at = 0;
    while (at < chunk.length) {
      const part = chunk.subarray(at, at + size - filled);
      block.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < size) continue;
      yield block;
      block = emptyBlock();
      filled = 0;
    }
  }
}
