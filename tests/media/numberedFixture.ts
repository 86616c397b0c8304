import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NumberedImport } from '#core/contract/media.ts';
import { numberedImportSchema } from '#core/contract/media.ts';
import type { CallInput } from '#core/contract/contract.ts';
import type { Fault } from '#core/fault.ts';
import { run } from '#engine/process/run.ts';
import type { Machine, OpenLibrary } from './mediaFixture.ts';

type PictureOptions = {
  /** As ffmpeg names it; default RGB with alpha. */
  pixelFormat?: string;
  size?: string;
};

/** Writes a picture that no other number gives, of all values in all colours and in alpha. */
export async function writePicture(
  path: string,
  number: number,
  { pixelFormat = 'rgba', size = '32x24' }: PictureOptions = {},
): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  const deep = /16|48|64/.test(pixelFormat);
  const values = deep ? 65_536 : 256;
  const plane = (salt: number) =>
    `mod(X*X*${31 + salt}+Y*Y*17+X*Y*${number * 7}+${number * 97 + salt},${values})`;
  const { exitCode, stderr } = await run('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i'],
    `nullsrc=s=${size},format=${deep ? 'gbrap16le' : 'gbrap'},geq=r='${plane(1)}':g='${plane(2)}':b='${plane(3)}':a='${plane(4)}'`,
    ...['-frames:v', '1', '-pix_fmt', pixelFormat, '-f', 'image2', '-update', '1', `file:${path}`],
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return path;
}

/** Writes one picture for each name; gives their paths. */
export function writePictures(
  folder: string,
  names: readonly string[],
  options?: PictureOptions,
): Promise<string[]> {
  return Promise.all(
    names.map((name, index) => writePicture(join(folder, name), index + 1, options)),
  );
}

/** Writes many pictures at once, numbered from 1 with three digits; gives the path of the first. */
export async function writeRow(folder: string, name: string, count: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const { exitCode, stderr } = await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=640x360', '-frames:v', String(count)],
    join(folder, `${name}_%03d.png`),
  ]);
  if (exitCode !== 0) throw new Error(stderr);
  return join(folder, `${name}_001.png`);
}

/** Writes a PNG with alpha of each colour, `rrggbb` or `rrggbbaa`, numbered from `first` without zeros. */
export async function writeColours(
  folder: string,
  name: string,
  first: number,
  colours: readonly string[],
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await Promise.all(
    colours.map((colour, index) =>
      run('ffmpeg', [
        ...['-v', 'error', '-f', 'lavfi', '-i', `color=0x${colour}:s=64x36,format=rgba`],
        ...['-frames:v', '1', '-update', '1', join(folder, `${name}${first + index}.png`)],
      ]),
    ),
  );
}

/** The pixels of all pictures of a file, one hash each. */
export async function pixelHashes(path: string, pixelFormat: string): Promise<string[]> {
  const { stdout } = await run('ffmpeg', [
    ...['-v', 'error', '-i', `file:${path}`, '-map', '0:v', '-pix_fmt', pixelFormat],
    ...['-fps_mode', 'passthrough', '-f', 'framehash', 'pipe:1'],
  ]);
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

/** Imports numbered pictures to the end: what it came to, or the fault it ended with. */
export async function importRow(
  { call, engine }: Machine,
  { projectId }: Pick<OpenLibrary, 'projectId'>,
  input: Omit<CallInput<'media.importNumbered'>, 'projectId'>,
): Promise<{ made: NumberedImport; fault?: never } | { fault: Fault; made?: never }> {
  const { jobId } = await call('media.importNumbered', { projectId, ...input });
  const { fault, result } = await engine.jobEnd(jobId);
  return fault ? { fault } : { made: numberedImportSchema.parse(result) };
}
