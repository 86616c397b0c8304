import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import { flushFile } from './flushFile.ts';
import { checkTarget, type OutputOptions } from './outputFile.ts';
import { asRefusal } from './systemFault.ts';

export type FolderOptions = OutputOptions & {
  /** Names of files that an earlier output has written: a folder of nothing else may be replaced with `force`. */
  isOurs: (name: string) => boolean;
};

/**
 * Writes a folder of files so that the target is either the old folder or the finished new one, never half of it:
 * `produce` fills a folder beside the target, its files are flushed to disk, then it is renamed into place.
 * Refuses `folder/exists`, `folder/not-empty` for one that holds something else, `folder/is-file`, and the system's
 * failures as `systemFault` names them.
 */
export async function writeOutputFolder<T>(
  target: string,
  options: FolderOptions,
  produce: (temporary: string) => Promise<T>,
): Promise<T> {
  const output = resolve(target);
  await checkFolderTarget(output, options);
  const temporary = besideIt(output);
  const old = besideIt(output);
  try {
    await mkdir(temporary);
    const value = await produce(temporary);
    for (const name of await readdir(temporary)) await flushFile(join(temporary, name));
    const isThere = (await stat(output).catch(() => null)) !== null;
    if (isThere) await rename(output, old);
    try {
      await rename(temporary, output);
    } catch (error) {
      if (isThere) await rename(old, output);
      throw error;
    }
    await rm(old, { recursive: true, force: true });
    return value;
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    throw asRefusal(error, output);
  }
}

/** Refuses now what `writeOutputFolder` would refuse later, so that long work does not start in vain. */
export async function checkFolderTarget(target: string, options: FolderOptions): Promise<void> {
  const output = resolve(target);
  const name = basename(output);
  const there = await stat(output).catch(() => null);
  if (there !== null && !there.isDirectory()) {
    refuse('folder/is-file', `“${name}” is a file. Choose another name for the folder.`, {
      path: output,
    });
  }
  if (there !== null) {
    const names = await readdir(output).catch((error: unknown) => {
      throw asRefusal(error, output);
    });
    const foreign = names.filter((one) => !options.isOurs(one));
    if (foreign.length > 0) {
      refuse(
        'folder/not-empty',
        `The folder “${name}” holds other files, which are not touched. Choose another name.`,
        { path: output, files: foreign.slice(0, 10) },
      );
    }
    if (names.length > 0 && options.force !== true) {
      refuse(
        'folder/exists',
        `The folder “${name}” already holds pictures. Choose another name, or allow replacing them.`,
        { path: output },
      );
    }
  }
  // A file beside it meets the same hindrances: a folder that is missing or takes nothing, a full disk.
  await checkTarget(besideIt(output), {});
}

function besideIt(output: string): string {
  return join(dirname(output), `.inkreel-${process.pid}-${randomUUID().slice(0, 8)}`);
}
