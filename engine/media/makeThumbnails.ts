import type { ThumbnailStrip } from '#core/contract/media.ts';
import { refuse } from '#core/fault.ts';
import { type MediaFacts, videoStreamOf } from '#core/media/facts.ts';
import {
  decimalSeconds,
  FLICKS_PER_SECOND,
  flicks,
  minFlicks,
  secondsFromFlicks,
} from '#core/time/flicks.ts';
import type { FfmpegProgress } from '../process/ffmpegProgress.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { inputArguments } from './probe.ts';
import { type TileMovie, withTileMovie } from './thumbnails/syncTiles.ts';

const TILE_HEIGHT = 90;
const MAX_TILES = 120;
const COLUMNS = 10;
/** Above this interval only sync frames are decoded: exact enough for a strip, and many times faster. */
const SYNC_FRAMES_ONLY_FROM_S = 3;

export type StripLayout = Omit<ThumbnailStrip, 'path'>;

/** Only sync frames are decoded. Blocks are not smoothed over, which nobody sees on pictures that small. */
const QUICK = ['-skip_frame', 'nokey', '-skip_loop_filter', 'all', '-flags2', '+fast'];

/** How a strip of an asset is laid out: at least a second between pictures, at most 120 of them. */
export function stripLayout(facts: MediaFacts): StripLayout | null {
  const stream = videoStreamOf(facts);
  if (stream === undefined) return null;
  const tileWidth = Math.max(
    2,
    Math.min(360, Math.round((TILE_HEIGHT * stream.displayWidth) / stream.displayHeight / 2) * 2),
  );
  const seconds = Math.max(1, Math.ceil(secondsFromFlicks(facts.duration) / MAX_TILES));
  const intervalFlicks = flicks(seconds * FLICKS_PER_SECOND);
  const count =
    facts.mediaKind === 'image' ? 1 : Math.max(1, Math.ceil(facts.duration / intervalFlicks));
  return {
    count,
    columns: Math.min(COLUMNS, count),
    tileWidth,
    tileHeight: TILE_HEIGHT,
    intervalFlicks,
  };
}

/** One picture of good quality, whatever the name of the file. */
const ONE_JPEG = ['-frames:v', '1', '-q:v', '4', '-f', 'image2', '-update', '1'];

const POSTER_SIZE = { width: 640, height: 360 };
/** The first frames of a film are often black; a poster is taken a little later. */
const POSTER_AT = flicks(2 * FLICKS_PER_SECOND);

/** Draws one larger picture of a file, that stands for it in lists. Refuses `media/no-thumbnails`. */
export async function makePoster(options: {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  output: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { tools, path, facts, output, signal } = options;
  const isMoving = facts.mediaKind !== 'image';
  const at = minFlicks(POSTER_AT, flicks(Math.floor(facts.duration / 2)));
  const { width, height } = POSTER_SIZE;
  const failure = await runFfmpeg(
    tools,
    [
      ...(isMoving ? ['-ss', decimalSeconds(at)] : []),
      ...inputArguments(path),
      ...['-map', `0:${videoStreamOf(facts)?.index ?? 0}`],
      '-vf',
      `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},setsar=1`,
      ...ONE_JPEG,
    ],
    output,
    { signal },
  );
  if (failure !== null) refuseUndecodable(path, failure);
}

type StripOptions = {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  layout: StripLayout;
  output: string;
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
};

/**
 * Draws the thumbnails of a file into one JPEG. Picture n stands for the interval that begins at n × interval.
 * Refuses `media/no-thumbnails` when the picture cannot be decoded.
 */
export async function makeThumbnails(options: StripOptions): Promise<void> {
  const { path, facts, layout } = options;
  const seconds = layout.intervalFlicks / FLICKS_PER_SECOND;
  if (facts.mediaKind !== 'image' && seconds >= SYNC_FRAMES_ONLY_FROM_S) {
    const tiles = { count: layout.count, intervalSeconds: seconds };
    const isDrawn = await withTileMovie(options, tiles, (movie) => drawTaken(options, movie));
    if (isDrawn === true) return;
  }
  const failure = await drawWhole(options, seconds);
  if (failure !== null) refuseUndecodable(path, failure);
}

/** Draws a strip of the frames that it shows and of no others; answers whether they all could be decoded. */
async function drawTaken(options: StripOptions, writeStdin: TileMovie): Promise<boolean> {
  const { tools, layout, output, signal } = options;
  const failure = await runFfmpeg(
    tools,
    [
      // Whatever is amiss is left to the whole file.
      ...['-xerror', '-abort_on', 'empty_output', ...QUICK],
      ...['-protocol_whitelist', 'pipe', '-f', 'mov', '-i', 'pipe:0'],
      ...['-vf', stripFilters(layout, everySeconds(1, layout)), ...ONE_JPEG],
    ],
    output,
    { signal, writeStdin, progress: shareOf(options, layout.count) },
  );
  return failure === null;
}

/** Draws a strip from a file as it is, and gives ffmpeg's last words where it failed. */
async function drawWhole(options: StripOptions, seconds: number): Promise<string | null> {
  const { tools, path, facts, layout, output, signal } = options;
  const pick = facts.mediaKind === 'image' ? [] : everySeconds(seconds, layout);
  return runFfmpeg(
    tools,
    [
      ...(seconds >= SYNC_FRAMES_ONLY_FROM_S ? QUICK : []),
      ...inputArguments(path),
      ...['-map', `0:${videoStreamOf(facts)?.index ?? 0}`],
      ...['-vf', stripFilters(layout, pick), ...ONE_JPEG],
    ],
    output,
    { signal, progress: shareOf(options, secondsFromFlicks(facts.duration)) },
  );
}

/** A picture every so many seconds, as many as there are tiles. */
function everySeconds(seconds: number, { count }: StripLayout): string[] {
  return [
    `fps=1/${seconds}:start_time=0:eof_action=pass`,
    'tpad=stop_mode=clone:stop=-1',
    `trim=end_frame=${count}`,
  ];
}

function stripFilters(layout: StripLayout, pick: readonly string[]): string {
  const rows = Math.ceil(layout.count / layout.columns);
  const scale = `scale=${layout.tileWidth}:${layout.tileHeight}`;
  return [...pick, scale, `tile=${layout.columns}x${rows}`].join(',');
}

function shareOf({ onProgress }: StripOptions, seconds: number): FfmpegProgress {
  return { timeUs: (us) => onProgress?.(Math.min(1, us / 1e6 / seconds)) };
}

function refuseUndecodable(path: string, reason: string): never {
  refuse('media/no-thumbnails', 'The picture of this file cannot be decoded.', {
    path,
    reason,
  });
}
