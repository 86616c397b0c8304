import type { Stats } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuse } from '#core/fault.ts';
import { needMediaFile, readRefusal } from '../readFault.ts';
import type { NumberedPictures } from './findNumbered.ts';

/** Sizes and times of files, to see whether one was written to meanwhile. */
export type PictureStamps = ReadonlyMap<string, string>;

/** Looks at every picture before the work begins. Refuses what `needReadable` refuses. */
export async function stampsOf(
  { folder, names }: NumberedPictures,
  signal: AbortSignal,
): Promise<PictureStamps> {
  const stamps = new Map<string, string>();
  for (const name of names) {
    signal.throwIfAborted();
    const path = join(folder, name);
    stamps.set(path, stampOf(await needReadable(path)));
  }
  return stamps;
}

/** Refuses `media/changing` when a picture is not what it was, or not there any more. */
export async function needUnchanged(stamps: PictureStamps, signal: AbortSignal): Promise<void> {
  for (const [path, stamp] of stamps) {
    signal.throwIfAborted();
    const now = await needMediaFile(path);
    if (stampOf(now) === stamp) continue;
    refuse(
      'media/changing',
      `“${basename(path)}” was written to by another program meanwhile. Wait until all pictures are finished, then try again. Nothing was made.`,
      { path },
    );
  }
}

/** Refuses what `needMediaFile` refuses, and `file/no-permission` for a file that may not be read. */
export async function needReadable(path: string): Promise<Stats> {
  const stats = await needMediaFile(path);
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw readRefusal(error, path);
  });
  return stats;
}

function stampOf({ size, mtimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ino}`;
}
