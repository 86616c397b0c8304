import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import { flushFile } from './flushFile.ts';
import { isProcessAlive } from './processAlive.ts';
import { asRefusal } from './systemFault.ts';

export type OutputOptions = {
  /** Whether a file that stands at the target may be replaced. */
  force?: boolean;
  /** Files the output is made from: writing over one of them is refused. */
  sources?: readonly string[];
};

/** Names of unfinished files carry the id of the process that writes them. */
const UNFINISHED = /^\.inkreel-(\d+)-[0-9a-f]{8}/;

/**
 * Writes a file so that the target is either the old file or the finished new one, never half of it: `produce`
 * writes beside the target, the result is flushed to disk, then renamed into place. On any failure the unfinished
 * file is removed; one that a killed process left is removed by the next output to the same folder.
 * Refuses `file/exists`, `file/is-source`, `file/is-folder`, and the system's failures as `systemFault` names them.
 */
export async function writeOutput<T>(
  target: string,
  options: OutputOptions,
  produce: (temporary: string) => Promise<T>,
): Promise<T> {
  const output = resolve(target);
  await checkTarget(output, options);
  const temporary = unfinishedName(output);
  try {
    const value = await produce(temporary);
    await flushFile(temporary);
    await rename(temporary, output);
    return value;
  } catch (error) {
    await rm(temporary, { force: true, recursive: true });
    throw asRefusal(error, output);
  }
}

/** Refuses now what `writeOutput` would refuse later, so that long work does not start in vain. */
export async function checkTarget(target: string, options: OutputOptions): Promise<void> {
  const output = resolve(target);
  const name = basename(output);
  if (options.sources?.some((source) => resolve(source) === output)) {
    refuse(
      'file/is-source',
      `“${name}” is one of the files this is made from. Choose another name.`,
      { path: output },
    );
  }
  try {
    await mkdir(dirname(output), { recursive: true });
    const existing = await stat(output).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (existing?.isDirectory()) {
      refuse('file/is-folder', `“${name}” is a folder. Choose a file name.`, { path: output });
    }
    if (existing && !options.force) {
      refuse(
        'file/exists',
        `“${name}” already exists. Choose another name, or allow replacing it.`,
        { path: output },
      );
    }
    await removeAbandoned(dirname(output));
    // Permissions are best learnt by using them: what they say and what a folder takes are two things.
    await tryToWrite(unfinishedName(output));
  } catch (error) {
    throw asRefusal(error, output);
  }
}

async function tryToWrite(trial: string): Promise<void> {
  try {
    await (await open(trial, 'wx')).close();
  } catch (error) {
    // The folder is there, so a system that says “not found” means that it takes no new files.
    const isDenied = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw isDenied ? Object.assign(new Error('Takes no files'), { code: 'EACCES' }) : error;
  }
  await rm(trial);
}

/** The name stays short so that a target at the system's length limit still has room for its partner. */
function unfinishedName(output: string): string {
  const random = randomUUID().slice(0, 8);
  return join(dirname(output), `.inkreel-${process.pid}-${random}${extname(output)}`);
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(UNFINISHED.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isNaN(pid) && !isProcessAlive(pid)) await rm(join(folder, name), { force: true });
  }
}
