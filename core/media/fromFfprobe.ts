import { z } from 'zod';
import { refuse } from '../fault.ts';
import {
  addFlicks,
  type Flicks,
  flicks,
  flicksFromDecimalSeconds,
  FLICKS_PER_SECOND,
  maxFlicks,
  subtractFlicks,
  ZERO,
} from '../time/flicks.ts';
import { type Rate, rate } from '../time/rate.ts';
import type { AudioStream, MediaFacts, VideoStream } from './facts.ts';

const sideData = z.array(z.looseObject({ rotation: z.number().optional() })).optional();

const probedStream = z.looseObject({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  r_frame_rate: z.string().optional(),
  nb_frames: z.string().optional(),
  duration: z.string().optional(),
  start_time: z.string().optional(),
  time_base: z.string().optional(),
  field_order: z.string().optional(),
  tags: z.record(z.string(), z.string()).optional(),
  sample_rate: z.string().optional(),
  channels: z.int().optional(),
  channel_layout: z.string().optional(),
  color_primaries: z.string().optional(),
  color_transfer: z.string().optional(),
  color_space: z.string().optional(),
  color_range: z.string().optional(),
  disposition: z.record(z.string(), z.number()).optional(),
  side_data_list: sideData,
});

type ProbedStream = z.infer<typeof probedStream>;

const probedFrame = z.looseObject({
  side_data_list: sideData,
  interlaced_frame: z.int().optional(),
  top_field_first: z.int().optional(),
});

const probedFile = z.looseObject({
  format: z.looseObject({
    format_name: z.string(),
    duration: z.string().optional(),
    start_time: z.string().optional(),
  }),
  streams: z.array(probedStream),
  frames: z.array(probedFrame).optional(),
});

/** Containers that hold a single picture. */
const PICTURE_CONTAINERS = /(^|,)(image2|\w+_pipe|gif)(,|$)/;
/** What ffmpeg makes pictures of though it is text: terminal art, and drawings that few builds of it can draw. */
const TEXT_CODECS: readonly string[] = ['ansi', 'bintext', 'idf', 'svg', 'xbin'];
const LONGEST = flicks(FLICKS_PER_SECOND * 60 * 60 * 24 * 30);
/** How long a still picture lasts when it is put on a timeline, until it is trimmed. */
const STILL_DURATION = flicks(FLICKS_PER_SECOND * 5);

/**
 * Media facts from the JSON of `ffprobe -show_format -show_streams`. The turn of a still picture and the order of
 * fields may be with the first frame, as `-show_frames` tells it, instead of with the stream.
 * Refuses `media/not-media` (no picture or sound, as with a text file), `media/damaged` (no readable length or
 * picture size) and `media/too-long` (over thirty days).
 */
export function factsFromFfprobe(json: unknown): MediaFacts {
  const parsed = probedFile.safeParse(json);
  if (!parsed.success) notMedia();
  const { format, streams: probed, frames } = parsed.data;
  const fileStart = flicksFromDecimalSeconds(format.start_time ?? '');
  const shown = probed.filter((stream) => stream.disposition?.['attached_pic'] !== 1);
  const streams = shown.flatMap(
    (stream) =>
      videoStream(stream, { ...format, fileStart }, frames?.[0] ?? {}) ??
      audioStream(stream, fileStart) ??
      [],
  );
  const video = streams.find((stream) => stream.kind === 'video');
  const hasSound = streams.some((stream) => stream.kind === 'audio');
  if (video === undefined && !hasSound) notMedia();
  if (
    video !== undefined &&
    !hasSound &&
    PICTURE_CONTAINERS.test(format.format_name) &&
    !isAnimated(format, shown)
  ) {
    const { frameRate: _, start: _start, end: _end, ...still } = video;
    return {
      mediaKind: 'image',
      container: format.format_name,
      duration: STILL_DURATION,
      streams: [still],
    };
  }
  const duration = fileDuration(format.duration, shown);
  if (duration <= 0) {
    refuse(
      'media/damaged',
      'This file is damaged or incomplete: its length cannot be read. Copy or export it again.',
    );
  }
  if (duration > LONGEST)
    refuse(
      'media/too-long',
      'This file says that it is over thirty days long. It is probably damaged.',
    );
  return {
    mediaKind: video === undefined ? 'audio' : 'video',
    container: format.format_name,
    duration,
    streams: streams.map((stream) =>
      stream.kind === 'video' && stream.end !== undefined && stream.end > duration
        ? { ...stream, end: duration }
        : stream,
    ),
  };
}

function notMedia(): never {
  refuse('media/not-media', 'This is not a video, sound or picture file that Inkreel can read.');
}

function videoStream(
  stream: ProbedStream,
  { fileStart, format_name: container }: { fileStart: Flicks | null; format_name: string },
  frame: z.infer<typeof probedFrame>,
): VideoStream | null {
  const { width, height } = stream;
  if (stream.codec_type !== 'video' || !width || !height) return null;
  if (TEXT_CODECS.includes(stream.codec_name ?? '')) return null;
  const rotation = clockwiseRotation(
    [...(stream.side_data_list ?? []), ...(frame.side_data_list ?? [])].find(
      ({ rotation: turn }) => turn !== undefined,
    )?.rotation,
  );
  const aspect = /^(\d+):(\d+)$/.exec(stream.sample_aspect_ratio ?? '');
  const pixelAspect =
    aspect && Number(aspect[1]) > 0 && Number(aspect[2]) > 0
      ? Number(aspect[1]) / Number(aspect[2])
      : 1;
  const seenWidth = Math.max(1, Math.round(width * pixelAspect));
  const isTurned = rotation === 90 || rotation === 270;
  const frameRate = steadyRate(
    frameRateOf(stream.avg_frame_rate),
    frameRateOf(stream.r_frame_rate),
  );
  return {
    index: stream.index,
    kind: 'video',
    codec: stream.codec_name ?? 'unknown',
    width,
    height,
    displayWidth: isTurned ? height : seenWidth,
    displayHeight: isTurned ? seenWidth : height,
    rotation,
    ...(frameRate ? { frameRate } : {}),
    ...steadiness(stream, container),
    ...(stream.pix_fmt ? { pixelFormat: pixelFormatOf(stream, stream.pix_fmt) } : {}),
    ...fieldOrderOf(stream.field_order, frame),
    ...placeInFile(stream, fileStart),
    ...timeBaseOf(stream.time_base),
    color: {
      ...known('primaries', stream.color_primaries),
      ...known('transfer', stream.color_transfer),
      ...known('matrix', stream.color_space),
      ...known('range', stream.color_range),
    },
  };
}

/** The native decoders of VP8 and VP9 do not see the alpha that Matroska and WebM carry beside the pictures. */
function pixelFormatOf({ codec_name: codec, tags }: ProbedStream, pixels: string): string {
  const isClear = (codec === 'vp8' || codec === 'vp9') && tagOf(tags, 'alpha_mode') === '1';
  return isClear && pixels.startsWith('yuv4') ? `yuva${pixels.slice(3)}` : pixels;
}

function tagOf(tags: ProbedStream['tags'], wanted: string): string | undefined {
  return Object.entries(tags ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** `tb` and `bt` are fields of one picture; ffmpeg means the earlier one by the first letter of both forms. */
function fieldOrderOf(
  order: string | undefined,
  frame: z.infer<typeof probedFrame>,
): Pick<VideoStream, 'fieldOrder'> {
  if (order === 'tt' || order === 'tb') return { fieldOrder: 'top' };
  if (order === 'bb' || order === 'bt') return { fieldOrder: 'bottom' };
  if (order === 'progressive' || frame.interlaced_frame !== 1) return {};
  return { fieldOrder: frame.top_field_first === 1 ? 'top' : 'bottom' };
}

/** When a stream begins, and when it ends where its length is told, counted from the beginning of the file. */
function placeInFile(
  stream: ProbedStream,
  fileStart: Flicks | null,
): Pick<VideoStream, 'start' | 'end'> {
  const own = flicksFromDecimalSeconds(stream.start_time ?? '');
  if (own === null || fileStart === null) return {};
  const start = maxFlicks(ZERO, subtractFlicks(own, fileStart));
  const length = lengthOf(stream.duration ?? tagOf(stream.tags, 'duration'));
  return length > 0 && length <= LONGEST ? { start, end: addFlicks(start, length) } : { start };
}

function timeBaseOf(text: string | undefined): Pick<VideoStream, 'timeBase'> {
  const timeBase = frameRateOf(text);
  return timeBase ? { timeBase } : {};
}

function audioStream(stream: ProbedStream, fileStart: Flicks | null): AudioStream | null {
  const sampleRateHz = Number(stream.sample_rate);
  const channels = stream.channels ?? 0;
  if (
    stream.codec_type !== 'audio' ||
    !Number.isInteger(sampleRateHz) ||
    sampleRateHz < 1 ||
    channels < 1
  )
    return null;
  const { start } = placeInFile(stream, fileStart);
  return {
    index: stream.index,
    kind: 'audio',
    codec: stream.codec_name ?? 'unknown',
    sampleRateHz,
    channels,
    ...(stream.channel_layout ? { layout: stream.channel_layout } : {}),
    ...(start === undefined ? {} : { start }),
  };
}

function known<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined || value === 'unknown' ? {} : { [key]: value }) as {
    [P in K]?: string;
  };
}

/** ffprobe's display matrix counts counter-clockwise; players and people count clockwise. */
function clockwiseRotation(counterClockwise = 0): number {
  return (((Math.round(-counterClockwise / 90) * 90) % 360) + 360) % 360;
}

function frameRateOf(text: string | undefined): Rate | null {
  const match = /^(\d+)\/(\d+)$/.exec(text ?? '');
  if (match === null) return null;
  const [num, den] = [Number(match[1]), Number(match[2])];
  return num > 0 && den > 0 && num <= 1e9 && den <= 1e9 ? rate(num, den) : null;
}

/**
 * The average, or the rate at which every picture stands when they differ by little: the average of a short file is off
 * by what its length is rounded by.
 */
function steadyRate(average: Rate | null, exact: Rate | null): Rate | null {
  if (average === null || exact === null) return average ?? exact;
  const ratio = (average.num * exact.den) / (average.den * exact.num);
  return Math.abs(ratio - 1) < 0.025 ? exact : average;
}

/**
 * The table of a movie tells the length of every picture. Of other containers, and of movies in fragments, which have no
 * table and no count, only the beginning has been read.
 */
function steadiness(
  { avg_frame_rate: average, r_frame_rate: exact, nb_frames: count }: ProbedStream,
  container: string,
): Pick<VideoStream, 'isSteady'> {
  const hasTable = container.split(',').includes('mp4') && Number(count) > 0;
  return hasTable && average === exact && frameRateOf(average) !== null ? { isSteady: true } : {};
}

function isAnimated(
  format: { duration?: string | undefined },
  streams: { duration?: string | undefined }[],
): boolean {
  return fileDuration(format.duration, streams) > FLICKS_PER_SECOND / 5;
}

function fileDuration(
  format: string | undefined,
  streams: readonly { duration?: string | undefined }[],
): Flicks {
  const whole = lengthOf(format);
  if (whole > 0) return whole;
  return streams.reduce<Flicks>(
    (longest, stream) => maxFlicks(longest, lengthOf(stream.duration)),
    ZERO,
  );
}

/**
 * Seconds, or hours, minutes and seconds as Matroska's tags have them. Lengths that are not even safe numbers of flicks
 * become one that is too long.
 */
function lengthOf(told: string | undefined): Flicks {
  const clock = /^(\d+):(\d\d):(\d\d)(\.\d{1,9})?$/.exec(told ?? '');
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = clock ?? [];
  const text = clock
    ? `${Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)}${fraction}`
    : told;
  if (Number(text) * FLICKS_PER_SECOND > LONGEST) return flicks(LONGEST + 1);
  return flicksFromDecimalSeconds(text ?? '') ?? ZERO;
}
