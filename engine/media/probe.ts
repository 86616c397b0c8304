import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Refusal, refuse } from '#core/fault.ts';
import type { MediaFacts } from '#core/media/facts.ts';
import { factsFromFfprobe } from '#core/media/fromFfprobe.ts';
import { decimalSeconds, FLICKS_PER_SECOND, flicks, maxFlicks, ZERO } from '#core/time/flicks.ts';
import { systemFault } from '../files/systemFault.ts';
import { run } from '../process/run.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

const PROBE_TIMEOUT_MS = 30_000;

/** Arguments that make ffmpeg and ffprobe read exactly this file: no playlists into other files, no network. */
export function inputArguments(path: string): string[] {
  return ['-protocol_whitelist', 'file', '-i', `file:${path}`];
}

/**
 * What a media file is, read by ffprobe, and whether its end is really there.
 * Refuses `file/missing`, `file/is-folder`, `media/empty`, `media/not-media`, `media/damaged`, `media/truncated`,
 * `media/too-slow`, and what the system says of the file.
 */
export async function probeMedia(
  tools: Ffmpeg,
  path: string,
  signal?: AbortSignal,
): Promise<MediaFacts> {
  const stats = await stat(path).catch((error: unknown) => {
    const fault = systemFault(error, path);
    if (fault) throw new Refusal(fault, error);
    throw error;
  });
  const name = basename(path);
  if (stats.isDirectory()) refuse('file/is-folder', `“${name}” is a folder, not a file.`, { path });
  if (stats.size === 0)
    refuse('media/empty', `“${name}” is empty. Copy it again from where it came from.`, { path });
  const timeout = AbortSignal.timeout(PROBE_TIMEOUT_MS);
  const stop = signal ? AbortSignal.any([signal, timeout]) : timeout;
  try {
    const probed = await run(
      tools.ffprobe,
      [
        '-v',
        'error',
        '-print_format',
        'json',
        '-show_format',
        '-show_streams',
        ...inputArguments(path),
      ],
      { signal: stop },
    );
    if (probed.exitCode !== 0) await refuseUnreadable(name, path, probed.stderr);
    const facts = factsFromFfprobe(JSON.parse(probed.stdout));
    if (facts.mediaKind !== 'image') await refuseTruncated(tools, path, facts, stop);
    return facts;
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

async function refuseUnreadable(name: string, path: string, stderr: string): Promise<never> {
  if (/permission denied/i.test(stderr)) {
    refuse(
      'file/no-permission',
      `Inkreel may not read “${name}”. Change its permissions, or copy it elsewhere.`,
      { path },
    );
  }
  if (/moov atom not found|truncat|end of file/i.test(stderr) && (await beginsAsMovie(path))) {
    refuse(
      'media/damaged',
      `“${name}” is damaged or incomplete: its table of contents is missing. Copy or export it again.`,
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

/** Reads packets from just before the end; a file that was cut off in copying has none there. */
async function refuseTruncated(
  tools: Ffmpeg,
  path: string,
  facts: MediaFacts,
  signal: AbortSignal,
): Promise<void> {
  const nearEnd = maxFlicks(ZERO, flicks(facts.duration - FLICKS_PER_SECOND));
  const stream = facts.streams[0]?.index ?? 0;
  const { stdout } = await run(
    tools.ffprobe,
    [
      '-v',
      'error',
      '-select_streams',
      String(stream),
      '-show_entries',
      'packet=size',
      '-of',
      'csv=p=0',
      '-read_intervals',
      `${decimalSeconds(nearEnd)}%+#1`,
      ...inputArguments(path),
    ],
    { signal },
  );
  if (/\d/.test(stdout)) return;
  refuse(
    'media/truncated',
    `“${basename(path)}” is incomplete: it ends before it says it does. Copy it again from where it came from.`,
    {
      path,
      expectedSeconds: facts.duration / FLICKS_PER_SECOND,
    },
  );
}
