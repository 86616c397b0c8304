import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { Asset } from '#core/model/entities.ts';
import { needMediaFile, readRefusal } from './readFault.ts';

const SAMPLE_BYTES = 1 << 20;

/** A file with all that tells whether it is still the same one, short of reading it. */
export type FileStamp = Pick<Stats, 'size' | 'mtimeMs' | 'ctimeMs' | 'ino' | 'dev'>;

/**
 * What a file is, wherever it lies: its size and the SHA-256 over its size and its first, middle and last MiB.
 * Reading three places keeps it quick for files of any size; two recordings that agree in all of them are the same.
 * Refuses `media/changing` for a file that is written to meanwhile, and what `needMediaFile` refuses.
 */
export function identify(path: string): Promise<Asset['identity']> {
  return readUnchanged(path, async (file, { size }) => {
    const hash = createHash('sha256').update(String(size));
    const starts = [0, Math.floor((size - SAMPLE_BYTES) / 2), size - SAMPLE_BYTES].map((start) =>
      Math.max(0, start),
    );
    const buffer = Buffer.alloc(Math.min(SAMPLE_BYTES, size));
    for (const start of new Set(starts)) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      hash.update(buffer.subarray(0, bytesRead));
    }
    return { sizeBytes: size, hash: `partial-sha256:${hash.digest('hex')}` };
  });
}

/**
 * The SHA-256 of a whole file (`sha256:…`), read a MiB at a time. `between` is called after each with the bytes read so
 * far, and may wait, or end the reading by throwing. Refuses what `identify` refuses.
 */
export function hashWholeFile(
  path: string,
  between?: (bytes: number) => void | Promise<void>,
): Promise<string> {
  return readUnchanged(path, async (file, { size }) => {
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(SAMPLE_BYTES);
    // Never past the size it had: a recording that goes on would be read for ever.
    for (let bytes = 0; bytes < size; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(SAMPLE_BYTES, size - bytes), bytes);
      if (bytesRead === 0) break;
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
      await between?.(bytes);
    }
    return `sha256:${hash.digest('hex')}`;
  });
}

/** Whether two looks at a path saw the same file, as far as the system knows. */
export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return (
    a.size === b.size &&
    a.mtimeMs === b.mtimeMs &&
    a.ctimeMs === b.ctimeMs &&
    a.ino === b.ino &&
    a.dev === b.dev
  );
}

/** Reads a file; what came of it counts only if the file at the path is afterwards the one it was before. */
async function readUnchanged<T>(
  path: string,
  read: (file: FileHandle, before: Stats) => Promise<T>,
): Promise<T> {
  await needMediaFile(path);
  try {
    const file = await open(path, 'r');
    try {
      const before = await file.stat();
      const result = await read(file, before);
      if (sameStamp(before, await stat(path))) return result;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readRefusal(error, path);
  }
  refuse(
    'media/changing',
    `“${basename(path)}” is being written to by another program. Wait until that has finished, then try again.`,
    { path },
  );
}
