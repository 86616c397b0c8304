import { type Flicks, FLICKS_PER_SECOND, flicks, maxFlicks, ZERO } from '#core/time/flicks.ts';
import { inputArguments } from '../../media/probe.ts';
import { run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import type { FootageFile } from './footageFile.ts';
import { type Opening, openSource } from './openSource.ts';

/** For files whose index is a little off. */
const SHORT_PREROLL = FLICKS_PER_SECOND / 4;
/** Files are opened a second before the first picture that is wanted, and earlier if nothing began in it. */
export const PREROLLS_SECONDS: readonly number[] = [1, 10, 100, Number.POSITIVE_INFINITY];

/** Options with which a file is opened so that all is decoded from the sync frame before its time on. */
export function openingArguments(file: FootageFile, { options, isBeginning }: Opening): string[] {
  return [
    ...(isBeginning ? [] : ['-noaccurate_seek']),
    ...options,
    ...(file.decoder === null ? [] : ['-c:v', file.decoder]),
    ...inputArguments(file.path),
  ];
}

/**
 * Opens a file so that the first picture that is decoded starts at `wanted` or before. Files are sought by the times at
 * which packets are decoded: after a pause those may be much earlier than the times at which pictures are shown, and
 * seeking into the pause finds the sync frame behind it. What is not known to be steady is therefore tried.
 */
export async function openEarly(
  file: FootageFile,
  wanted: Flicks,
  options: { tools: Ffmpeg; signal: AbortSignal },
): Promise<Opening> {
  if (file.isStill) return openSource(file, ZERO);
  if (file.isSteady) return openSource(file, earlier(wanted, SHORT_PREROLL));
  for (const seconds of PREROLLS_SECONDS) {
    const opening = openSource(file, earlier(wanted, seconds * FLICKS_PER_SECOND));
    if (opening.isBeginning) return opening;
    const first = await firstTime(file, opening, options);
    // Where nothing can be read, what reads it next has more to say about it.
    if (first !== null && first <= wanted) return opening;
  }
  return openSource(file, ZERO);
}

/** A time before another one, not before the beginning. */
export function earlier(time: Flicks, by: number): Flicks {
  return by < time ? maxFlicks(ZERO, flicks(Math.floor(time - by))) : ZERO;
}

/** When the first picture starts that is decoded after opening a file; null where there is none. */
async function firstTime(
  file: FootageFile,
  opening: Opening,
  { tools, signal }: { tools: Ffmpeg; signal: AbortSignal },
): Promise<number | null> {
  let first: number | null = null;
  await run(
    tools.ffmpeg,
    [
      ...['-hide_banner', '-nostats', '-nostdin', '-v', 'info'],
      ...[...openingArguments(file, opening), '-map', `0:${file.streamIndex}`],
      ...['-vf', `settb=1/${FLICKS_PER_SECOND},showinfo=checksum=0`],
      ...['-frames:v', '1', '-fps_mode', 'passthrough', '-f', 'null', '-'],
    ],
    {
      signal,
      onStderrLine: (line) => {
        const time = /showinfo.*\bpts: *(-?\d+)/.exec(line)?.[1];
        if (time !== undefined) first ??= opening.zero + Number(time);
      },
    },
  );
  return first;
}
