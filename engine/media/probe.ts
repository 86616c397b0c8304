import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal, refuse } from '#core/fault.ts';
import { audioStreamOf, type MediaFacts, videoStreamOf } from '#core/media/facts.ts';
import { factsFromFfprobe } from '#core/media/fromFfprobe.ts';
import { flicksFromSeconds, secondsFromFlicks } from '#core/time/flicks.ts';
import { run } from '../process/run.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { needMediaFile } from './readFault.ts';

const PROBE_TIMEOUT_MS = 30_000;
/** How much earlier than it says a file may end; what is on a disk in part lacks more. */
const END_SLACK_SECONDS = 1;

/** Arguments that make ffmpeg and ffprobe read exactly this file: no playlists into other files, no network. */
export function inputArguments(path: string): string[] {
  return ['-protocol_whitelist', 'file', '-i', `file:${path}`];
}

/**
 * What a media file is, read by ffprobe, and whether its end is really there.
 * Refuses what `needMediaFile` refuses, `file/no-permission`, `media/not-media`, `media/damaged`, `media/truncated` and
 * `media/too-slow`.
 */
export async function probeMedia(
  tools: Ffmpeg,
  path: string,
  signal?: AbortSignal,
): Promise<MediaFacts> {
  await needMediaFile(path);
  const name = basename(path);
  const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  const stop = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const probe: Probe = { tools, path, signal: stop };
  try {
    const { json: header, isEstimated } = await readHeader(probe);
    const json = mayHaveFields(header) ? { ...header, frames: await firstFrame(probe) } : header;
    const stated = Number(json.format?.duration ?? 0);
    const start = Number(json.format?.start_time ?? Number.NaN);
    const isPicture = /_pipe$|^image2$/.test(json.format?.format_name ?? '');
    if (!isPicture && (isEstimated || !(stated > 0))) {
      const extent = await packetExtent(probe, null);
      if (extent === null) return factsFromFfprobe(json);
      const first = Number.isNaN(start) ? extent.start : start;
      const duration = (extent.end - first).toFixed(6);
      const measured = factsFromFfprobe({ ...json, format: { ...json.format, duration } });
      return await withPictureEnd(probe, measured, first);
    }
    const facts = factsFromFfprobe(json);
    if (facts.mediaKind === 'image')
      return factsFromFfprobe({ ...json, frames: await firstFrame(probe) });
    await refuseTruncated(probe, { start: start || 0, seconds: stated });
    return await withPictureEnd(probe, facts, start || 0);
  } catch (error) {
    if (timeout.aborted && !signal?.aborted) {
      refuse(
        'media/too-slow',
        `“${name}” could not be read in reasonable time. It may be damaged, or its disk very slow.`,
        { path },
      );
    }
    if (error instanceof Refusal) {
      throw new Refusal({ ...error.fault, details: { path, ...error.fault.details } }, error);
    }
    throw error;
  }
}

/** Looks for the last picture where nothing tells when it ends and sound may go on after it. */
async function withPictureEnd(probe: Probe, facts: MediaFacts, start: number): Promise<MediaFacts> {
  const video = videoStreamOf(facts);
  if (video === undefined || video.end !== undefined || audioStreamOf(facts) === undefined)
    return facts;
  const stated = start + secondsFromFlicks(facts.duration);
  const extent =
    (await packetExtent(probe, Math.max(start, stated - END_SLACK_SECONDS), video.index)) ??
    (await packetExtent(probe, null, video.index));
  if (extent === null) return facts;
  const end = flicksFromSeconds(Math.max(0, Math.min(extent.end, stated) - start));
  const streams = facts.streams.map((one) => (one === video ? { ...video, end } : one));
  return { ...facts, streams };
}

type Probe = { tools: Ffmpeg; path: string; signal: AbortSignal };

/** As much of what ffprobe prints as is looked at here; the rest goes through as it is. */
type Header = {
  format?: { format_name?: string; duration?: string; start_time?: string };
  streams?: { codec_name?: string; field_order?: string }[];
};

/** Codecs of which only a decoded picture tells whether it is of two fields, where nothing else does. */
const FIELD_CODECS =
  /^(dvvideo|rawvideo|v210|huffyuv|ffvhuff|utvideo|mjpeg|dnxhd|mpeg4|cfhd|prores)$/;

function mayHaveFields({ streams = [] }: Header): boolean {
  return streams.some(
    ({ codec_name: codec = '', field_order: order = 'unknown' }) =>
      order === 'unknown' && FIELD_CODECS.test(codec),
  );
}

async function readHeader(probe: Probe): Promise<{ json: Header; isEstimated: boolean }> {
  const { tools, path, signal } = probe;
  const { exitCode, stdout, stderr } = await run(
    tools.ffprobe,
    ['-v', 'warning', ...AS_JSON, '-show_format', '-show_streams', ...inputArguments(path)],
    { signal },
  );
  if (exitCode !== 0) await refuseUnreadable(basename(path), path, stderr);
  const isEstimated = stderr.includes('Estimating duration from bitrate');
  return { json: JSON.parse(stdout) as Header, isEstimated };
}

const AS_JSON = ['-print_format', 'json'];

/** What only the decoder of a picture knows: how EXIF turns it, and whether it is of two fields. */
async function firstFrame({ tools, path, signal }: Probe): Promise<unknown> {
  const entries = 'frame=interlaced_frame,top_field_first:frame_side_data=rotation';
  const which = ['-select_streams', 'v:0', '-show_entries', entries, '-read_intervals', '%+#1'];
  const { exitCode, stdout } = await run(
    tools.ffprobe,
    ['-v', 'error', ...AS_JSON, ...which, ...inputArguments(path)],
    { signal },
  );
  return exitCode === 0 ? (JSON.parse(stdout) as { frames?: unknown }).frames : undefined;
}

async function refuseUnreadable(name: string, path: string, stderr: string): Promise<never> {
  if (/permission denied/i.test(stderr)) {
    refuse(
      'file/no-permission',
      `Inkreel may not read “${name}”. Change its permissions, or copy it elsewhere.`,
      { path },
    );
  }
  if (await beginsAsMovie(path)) {
    refuse(
      'media/damaged',
      `“${name}” is damaged or incomplete: its table of contents cannot be read. Copy or export it again.`,
      { path },
    );
  }
  refuse(
    'media/not-media',
    `“${name}” is not a video, sound or picture file that Inkreel can read.`,
    { path },
  );
}

/** Whether a file begins with a box of the ISO base media format; ffprobe takes any file called .mp4 for one. */
async function beginsAsMovie(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return /^(ftyp|styp|moov|mdat|wide|free|skip|pnot)$/.test(buffer.toString('latin1', 4, 8));
  } finally {
    await file.close();
  }
}

/** Reads what lies before the end; a file that was cut off in copying has nothing there. */
async function refuseTruncated(
  probe: Probe,
  stated: { start: number; seconds: number },
): Promise<void> {
  const end = stated.start + stated.seconds;
  const extent = await packetExtent(probe, Math.max(stated.start, end - END_SLACK_SECONDS));
  if (extent !== null && extent.end >= end - END_SLACK_SECONDS) return;
  refuse(
    'media/truncated',
    `“${basename(probe.path)}” is incomplete: it ends before it says it does. Copy it again from where it came from.`,
    { path: probe.path, expectedSeconds: stated.seconds },
  );
}

/**
 * When the first and the last of the packets of a file begin and end, in seconds on the file's own clock: of all, or of
 * those from the sync frame before `from` on, or of one stream. Null where there are none.
 */
async function packetExtent(
  { tools, path, signal }: Probe,
  from: number | null,
  stream: number | null = null,
): Promise<{ start: number; end: number } | null> {
  let start = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  await run(
    tools.ffprobe,
    [
      ...['-v', 'error', '-of', 'csv=p=0'],
      ...['-show_entries', 'packet=pts_time,dts_time,duration_time'],
      ...(stream === null ? [] : ['-select_streams', String(stream)]),
      ...(from === null ? [] : ['-read_intervals', `${from.toFixed(6)}%`]),
      ...inputArguments(path),
    ],
    {
      signal,
      onStdoutLine: (line) => {
        const [pts = Number.NaN, dts = Number.NaN, duration = Number.NaN] = line
          .split(',')
          .map(Number.parseFloat);
        const time = Number.isNaN(pts) ? dts : pts;
        if (Number.isNaN(time)) return;
        start = Math.min(start, time);
        end = Math.max(end, time + (duration || 0));
      },
    },
  );
  return end > Number.NEGATIVE_INFINITY ? { start, end } : null;
}
