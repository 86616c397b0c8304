import { join } from 'node:path';
import { run } from '#engine/process/run.ts';
import { makeNumberedFootage } from './numberedFootage.ts';

/** BT.709 in limited range, as cameras tag high definition. */
export const BT709: readonly string[] = [
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709'],
  ...['-colorspace', 'bt709', '-color_range', 'tv'],
];

/** Numbered footage once, and from it the same pictures coded and wrapped in other ways. */
export class NumberedVariants {
  readonly #folder: string;
  readonly #base: string;

  private constructor(folder: string, base: string) {
    this.#folder = folder;
    this.#base = base;
  }

  static async make(
    folder: string,
    footage: { frames: number; rate: string; size?: string },
  ): Promise<NumberedVariants> {
    const base = join(folder, `base-${footage.rate.replace('/', '-')}-${footage.size ?? ''}.mp4`);
    await makeNumberedFootage({ path: base, ...footage });
    return new NumberedVariants(folder, base);
  }

  /** Encodes the pictures again; `params` are x264’s own, joined with colons. */
  async encoded(
    name: string,
    params: string,
    more: { tags?: readonly string[]; output?: readonly string[] } = {},
  ): Promise<string> {
    const path = join(this.#folder, name);
    await ffmpeg([
      ...['-i', this.#base, '-map', '0', '-c:a', 'copy'],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', '-x264-params', params],
      ...[...(more.tags ?? BT709), ...(more.output ?? []), path],
    ]);
    return path;
  }

  /** Encodes the pictures with another encoder; `options` are ffmpeg’s, with `-c:v`. Sound is coded anew where it must be. */
  async coded(
    name: string,
    options: readonly string[],
    more: { filter?: string; tags?: readonly string[] } = {},
  ): Promise<string> {
    const path = join(this.#folder, name);
    await ffmpeg([
      ...['-i', this.#base, '-map', '0', '-c:a', name.endsWith('.webm') ? 'libopus' : 'copy'],
      ...(more.filter === undefined ? [] : ['-vf', more.filter, '-fps_mode', 'vfr']),
      ...[...options, ...(more.tags ?? BT709), path],
    ]);
    return path;
  }

  /** Copies packets into another file; `before` are options of its reading. */
  async copied(
    from: string,
    name: string,
    options: { before?: readonly string[]; after?: readonly string[] } = {},
  ): Promise<string> {
    const path = join(this.#folder, name);
    const { before = [], after = [] } = options;
    await ffmpeg([...before, '-i', from, '-map', '0', '-c', 'copy', ...after, path]);
    return path;
  }
}

/** A hash of each picture packet of a file, in the order in which they lie in it. */
export async function packetHashes(path: string): Promise<string[]> {
  const { stdout } = await run('ffmpeg', [
    ...['-v', 'error', '-i', path, '-map', '0:v', '-c', 'copy', '-f', 'framemd5', '-'],
  ]);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** How many seconds after the beginning of a file its picture begins. */
export async function pictureStart(path: string): Promise<number> {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=start_time'],
    ...['-show_entries', 'format=start_time', '-of', 'csv=p=0', path],
  ]);
  // Transport streams are told twice, within their program too.
  const times = stdout.trim().split('\n').map(Number);
  return (times[0] ?? 0) - (times.at(-1) ?? 0);
}

async function ffmpeg(args: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await run('ffmpeg', ['-v', 'error', '-y', '-nostdin', ...args]);
  if (exitCode !== 0) throw new Error(stderr);
}
