import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#core/fault.ts';
import { isProcessAlive } from '../files/processAlive.ts';
import { systemFault } from '../files/systemFault.ts';

/** Raised when a work folder was removed while it was worked in. */
export class WorkFolderLost extends Error {}

/** Stands in every work folder: whoever empties the cache in the middle of an export takes it too. */
const WITNESS = '.in-use';

function workRoot(cacheDir: string): string {
  return join(cacheDir, 'work');
}

/**
 * Gives `work` a folder of its own for intermediate files, and removes it whatever happens. Refuses
 * `export/no-work-folder` and what the system refuses; rejects with `WorkFolderLost` where somebody removed it.
 */
export async function inWorkFolder<T>(
  cacheDir: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await makeWorkFolder(workRoot(cacheDir));
  try {
    return await work(folder);
  } catch (error) {
    throw (await isThere(join(folder, WITNESS)))
      ? error
      : new WorkFolderLost('The work folder was removed', { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeWorkFolder(root: string): Promise<string> {
  try {
    await mkdir(root, { recursive: true });
    const folder = await mkdtemp(join(root, `${process.pid}-`));
    await writeFile(join(folder, WITNESS), '');
    return folder;
  } catch (error) {
    const usual = {
      code: 'export/no-work-folder',
      message: `Inkreel needs the folder “${root}” to make films, and it cannot be made. Move away what lies in its place, then export again.`,
      details: { path: root },
    };
    throw new Refusal(systemFault(error, root) ?? usual, error);
  }
}

/** Removes the folders of processes that were killed before they could. */
export async function removeAbandonedWork(cacheDir: string): Promise<void> {
  const root = workRoot(cacheDir);
  const names = await readdir(root).catch(() => []);
  for (const name of names) {
    const pid = Number(/^(\d+)-/.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || isProcessAlive(pid)) continue;
    // What cannot be removed now takes space, but hinders nobody.
    await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
