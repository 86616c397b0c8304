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
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { inputArguments } from './probe.ts';

const TILE_HEIGHT = 90;
const MAX_TILES = 120;
const COLUMNS = 10;
/** Above this interval only sync frames are decoded: exact enough for a strip, and many times faster. */
const SYNC_FRAMES_ONLY_FROM_S = 3;

export type StripLayout = Omit<ThumbnailStrip, 'path'>;

/**
 * Only sync frames are read, where a container can leave out the others, and decoded. Blocks are not smoothed over, which
 * nobody sees on pictures that small.
 */
const COARSE = [
  ...['-discard', 'nokey', '-skip_frame', 'nokey'],
  ...['-skip_loop_filter', 'all', '-flags2', '+fast'],
];

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

/**
 * Draws the thumbnails of a file into one JPEG. Picture n stands for the interval that begins at n × interval.
 * Refuses `media/no-thumbnails` when the picture cannot be decoded.
 */
export async function makeThumbnails(options: {
  tools: Ffmpeg;
  path: string;
  facts: MediaFacts;
  layout: StripLayout;
  output: string;
  signal?: AbortSignal;
  onProgress?: (share: number) => void;
}): Promise<void> {
  const { tools, path, facts, layout, output, signal } = options;
  const seconds = layout.intervalFlicks / FLICKS_PER_SECOND;
  const rows = Math.ceil(layout.count / layout.columns);
  const pick =
    facts.mediaKind === 'image'
      ? []
      : [
          `fps=1/${seconds}:start_time=0`,
          'tpad=stop_mode=clone:stop=-1',
          `trim=end_frame=${layout.count}`,
        ];
  const filters = [
    ...pick,
    `scale=${layout.tileWidth}:${layout.tileHeight}`,
    `tile=${layout.columns}x${rows}`,
  ];
  const failure = await runFfmpeg(
    tools,
    [
      ...(seconds >= SYNC_FRAMES_ONLY_FROM_S ? COARSE : []),
      ...inputArguments(path),
      ...['-map', `0:${videoStreamOf(facts)?.index ?? 0}`],
      ...['-vf', filters.join(',')],
      ...ONE_JPEG,
    ],
    output,
    {
      signal,
      progress: {
        timeUs: (us) =>
          options.onProgress?.(Math.min(1, us / 1e6 / secondsFromFlicks(facts.duration))),
      },
    },
  );
  if (failure !== null) refuseUndecodable(path, failure);
}

function refuseUndecodable(path: string, reason: string): never {
  refuse('media/no-thumbnails', 'The picture of this file cannot be decoded.', {
    path,
    reason,
  });
}
