import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import { decimalSeconds, type Flicks, FLICKS_PER_SECOND, flicks } from '#core/time/flicks.ts';
import { inputArguments } from '../../media/probe.ts';
import { Cancelled, run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { FootageFile } from '../footageFile.ts';
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
};

/** Files are opened a second before the first picture that is wanted, and earlier if nothing began in it. */
const PREROLLS_SECONDS = [1, 10, 100, Number.POSITIVE_INFINITY];
/**
 * A picture that starts exactly at a limit does not count, and times may be rounded to microseconds: the preview and
 * the export both leave two.
 */
const SLACK = 1_411;
/** From this gap on, opening the file anew is quicker than reading on. */
const LONGEST_GAP: number = 20 * FLICKS_PER_SECOND;
/** Pictures read forwards are kept until they can be given backwards: as many as fit in this memory. */
const BACKWARDS_BYTES = 192 * 1024 * 1024;

/**
 * The pictures of a file for a list of limits, one for each in the order of the list: the last one that starts before
 * the limit, or the first of the file. Limits may go backwards and forwards; memory stays bounded.
 * Refuses `export/picture-failed`.
 */
export async function* decodePictures(
  reading: PictureReading,
  limits: readonly Flicks[],
): AsyncGenerator<Picture, void> {
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
      while (next !== null && next.time < limit - SLACK) {
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
  for (const seconds of PREROLLS_SECONDS) {
    const opened = openingTime(limit, seconds);
    const frames = decodedFrames(reading, opened);
    const before = await nextOf(frames);
    if (opened === 0 || (before !== null && before.time < limit - SLACK)) return { frames, before };
    await frames.return();
  }
  noPicture(reading.file);
}

/** Whole milliseconds, which reach ffmpeg unrounded. */
function openingTime(limit: Flicks, preroll: number): number {
  const millisecond = FLICKS_PER_SECOND / 1000;
  const wanted = Math.floor((limit - preroll * FLICKS_PER_SECOND) / millisecond) * millisecond;
  return Number.isFinite(wanted) ? Math.max(0, wanted) : 0;
}

async function nextOf(frames: Frames): Promise<TimedPicture | null> {
  const step = await frames.next();
  return step.done ? null : step.value;
}

async function firstPicture(reading: PictureReading): Promise<Picture> {
  const frames = decodedFrames(reading, 0);
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
async function* decodedFrames(reading: PictureReading, opened: number): Frames {
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
  const running = run(tools.ffmpeg, readingArguments(reading, opened), {
    signal: AbortSignal.any([reading.signal, stop.signal]),
    readStdout: async (stdout) => {
      give(stdout);
      await finished(stdout).catch(() => undefined);
    },
    onStderrLine: (line) => {
      const time = /showinfo.*\bpts: *(-?\d+)/.exec(line)?.[1];
      if (time !== undefined) times.push(opened + Number(time));
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
      for await (const data of blocksOf(stdout, width * height * 4)) {
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

function readingArguments(reading: PictureReading, opened: number): string[] {
  const { file, width, height, filters } = reading;
  const chain = [
    `settb=1/${FLICKS_PER_SECOND}`,
    'showinfo=checksum=0',
    ...filters,
    "scale=w='round(iw*if(sar,sar,1))':h=ih:flags=bicubic",
    `scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int`,
    'format=rgba',
  ];
  return [
    ...['-hide_banner', '-nostats', '-nostdin', '-v', 'info'],
    ...(opened > 0 ? ['-ss', decimalSeconds(flicks(opened))] : []),
    ...inputArguments(file.path),
    ...['-map', `0:${file.streamIndex}`, '-vf', chain.join(',')],
    ...['-fps_mode', 'passthrough', '-f', 'rawvideo', 'pipe:1'],
  ];
}

/** A stream in blocks of `size` bytes; what is left at its end is dropped. */
async function* blocksOf(stream: Readable, size: number): AsyncGenerator<Uint8Array, void> {
  let block = new Uint8Array(size);
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
      block = new Uint8Array(size);
      filled = 0;
    }
  }
}
