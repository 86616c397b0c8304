import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive } from '../files/processAlive.ts';

function workRoot(cacheDir: string): string {
  return join(cacheDir, 'work');
}

/** Gives `work` a folder of its own for intermediate files, and removes it whatever happens. */
export async function inWorkFolder<T>(
  cacheDir: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const root = workRoot(cacheDir);
  await mkdir(root, { recursive: true });
  const folder = await mkdtemp(join(root, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the folders of processes that were killed before they could. */
export async function removeAbandonedWork(cacheDir: string): Promise<void> {
  const root = workRoot(cacheDir);
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isProcessAlive(pid)) continue;
    await rm(join(root, name), { recursive: true, force: true });
  }
}
