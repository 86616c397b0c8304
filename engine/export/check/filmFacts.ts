import { z } from 'zod';
import { inputArguments } from '../../media/probe.ts';
import { run } from '../../process/run.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { type Message, messagesIn, SAY_LEVELS } from './messages.ts';

const streamSchema = z.object({
  index: z.int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  time_base: z.string().optional(),
  /** Seconds. */
  start_time: z.string().optional(),
  /** Length in ticks, as a movie says it. */
  duration_ts: z.int().optional(),
  width: z.int().optional(),
  height: z.int().optional(),
  sample_aspect_ratio: z.string().optional(),
  color_range: z.string().optional(),
  color_space: z.string().optional(),
  color_transfer: z.string().optional(),
  color_primaries: z.string().optional(),
  disposition: z.object({ attached_pic: z.int().optional() }).optional(),
});

const headerSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z.object({ format_name: z.string().optional() }).optional(),
});

/** A stream as its packets are; times in ticks of its time base. */
export type FilmStream = z.infer<typeof streamSchema> & {
  timeBase: { num: number; den: number };
  packets: number;
  bytes: number;
  /** When each picture shows, in order; empty for other streams. */
  times: number[];
  /** Those of pictures with which decoding can begin, in order. */
  syncTimes: number[];
  firstTime: number;
  endTime: number;
  longestPacket: number;
};

export type FilmFacts = {
  /** As ffprobe names it: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`, `gif`. */
  container: string;
  video: FilmStream | undefined;
  audio: FilmStream | undefined;
  /** What reading it said, a line each. */
  messages: Message[];
};

/** Reads a film's header and every packet's times, without decoding anything. */
export async function filmFacts(
  tools: Ffmpeg,
  path: string,
  signal: AbortSignal,
): Promise<FilmFacts> {
  const early: string[] = [];
  let streams: FilmStream[] | null = null;
  const readHeader = async () => {
    const options = ['-v', 'level+error', '-print_format', 'json', '-show_streams', '-show_format'];
    const told = await run(tools.ffprobe, [...options, ...inputArguments(path)], { signal });
    const read = headerSchema.safeParse(told.exitCode === 0 ? JSON.parse(told.stdout) : {});
    streams = (read.success ? read.data.streams : []).map(emptyStream);
    for (const line of early.splice(0)) addPacket(streams, line);
    const container = (read.success ? read.data.format?.format_name : undefined) ?? '';
    return { streams, container, stderr: told.stderr };
  };
  const readPackets = () =>
    run(
      tools.ffprobe,
      [
        ...['-v', SAY_LEVELS, '-of', 'csv=p=0'],
        ...['-show_entries', 'packet=stream_index,pts,duration,size,flags'],
        ...inputArguments(path),
      ],
      {
        signal,
        onStdoutLine: (line) => {
          if (streams === null) early.push(line);
          else addPacket(streams, line);
        },
      },
    );
  const [header, packets] = await Promise.all([readHeader(), readPackets()]);
  for (const stream of header.streams) {
    stream.times.sort((a, b) => a - b);
    stream.syncTimes.sort((a, b) => a - b);
    // Of packets of H.264 in a coarse time base ffprobe guesses the length, and wrongly; the movie’s own is exact.
    if (stream.codec_type === 'video' && stream.duration_ts !== undefined && stream.packets > 0)
      stream.endTime = Math.max(stream.endTime, stream.firstTime + stream.duration_ts);
  }
  const shown = header.streams.filter(({ disposition }) => disposition?.attached_pic !== 1);
  return {
    container: header.container,
    video: shown.find((stream) => stream.codec_type === 'video'),
    audio: shown.find((stream) => stream.codec_type === 'audio'),
    messages: messagesIn(`${header.stderr}${packets.stderr}`),
  };
}

/** A time of a stream in seconds. */
export function streamSeconds({ timeBase }: FilmStream, ticks: number): number {
  return (ticks * timeBase.num) / timeBase.den;
}

function emptyStream(stream: z.infer<typeof streamSchema>): FilmStream {
  const [num = 1, den = 1] = (stream.time_base ?? '1/1').split('/').map(Number);
  return {
    ...stream,
    timeBase: { num, den },
    packets: 0,
    bytes: 0,
    times: [],
    syncTimes: [],
    firstTime: Number.POSITIVE_INFINITY,
    endTime: Number.NEGATIVE_INFINITY,
    longestPacket: 0,
  };
}

/**
 * When the sound of a film begins by its file’s own time, in seconds. MP3 says how much its encoder put in front of the
 * sound, and counts from the beginning of that.
 */
export function soundStart({ container, audio }: FilmFacts): number {
  const start = Number(audio?.start_time);
  return container === 'mp3' && start > 0 ? start : 0;
}

/** A line is `stream,pts,duration,size,flags`; `N/A` where a container does not say. */
function addPacket(streams: FilmStream[], line: string): void {
  const [index, pts, duration, size, flags = ''] = line.split(',');
  // What hangs on a packet, samples to skip say, comes in lines of its own that begin with nothing.
  const stream = index === '' ? undefined : streams[Number(index)];
  if (stream === undefined) return;
  stream.packets += 1;
  stream.bytes += Number.parseInt(size ?? '', 10) || 0;
  const time = Number.parseInt(pts ?? '', 10);
  if (Number.isNaN(time)) return;
  const length = Number.parseInt(duration ?? '', 10) || 0;
  stream.firstTime = Math.min(stream.firstTime, time);
  stream.endTime = Math.max(stream.endTime, time + length);
  stream.longestPacket = Math.max(stream.longestPacket, length);
  if (stream.codec_type !== 'video') return;
  stream.times.push(time);
  if (flags.includes('K')) stream.syncTimes.push(time);
}
