import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const MAX_FILES = 10_000;
const MAX_DEPTH = 12;

/**
 * The files that the given paths mean, folders searched through (hidden ones left out), in the order of their names.
 * A path that cannot be read is given back as it is, for whoever opens it to say why.
 */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const found: Found = { files: [], folders: new Set() };
  for (const path of paths) await collect(resolve(path), found, 0);
  return found.files;
}

type Found = { files: string[]; folders: Set<string> };

async function collect(path: string, found: Found, depth: number): Promise<void> {
  const { files, folders } = found;
  if (files.length >= MAX_FILES) return;
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (!isFolder) {
    files.push(path);
    return;
  }
  if (depth >= MAX_DEPTH) return;
  // Links may lead back to where one came from.
  const real = await realpath(path).catch(() => path);
  if (folders.has(real)) return;
  folders.add(real);
  const names = await readdir(path).catch(() => null);
  if (names === null) {
    files.push(path);
    return;
  }
  for (const name of names.sort()) {
    if (!name.startsWith('.')) await collect(join(path, name), found, depth + 1);
  }
}
