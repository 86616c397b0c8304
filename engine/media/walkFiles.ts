import type { Stats } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Fault, Refusal, refuse } from '#core/fault.ts';
import { readRefusal, statMedia } from './readFault.ts';

export type WalkLimits = { entries: number; depth: number };

export type WalkReport = {
  /** How many files were looked at. */
  files: number;
  /** What could not be looked at, at most a hundred. */
  skipped: Fault[];
  /** False when a limit ended the walk before everything was seen. */
  complete: boolean;
};

const USUAL_LIMITS: WalkLimits = { entries: 500_000, depth: 32 };
const AT_A_TIME = 32;
const KEPT_FAULTS = 100;

/**
 * Goes through folders and everything in them, hidden files and folders left out, and shows each file to `visit`.
 * Links are followed; a folder that is reached twice is gone through once. `goOn` is called often and ends the walk by
 * throwing. What lies in the folders and cannot be read is reported; for the folders themselves it is refused.
 */
export async function walkFiles(
  folders: readonly string[],
  visit: (path: string, stats: Stats) => void,
  options: { goOn?: () => void; limits?: WalkLimits } = {},
): Promise<WalkReport> {
  const { goOn, limits = USUAL_LIMITS } = options;
  const report: WalkReport = { files: 0, skipped: [], complete: true };
  const visited = new Set<string>();
  const waiting = folders.map((path) => ({ path: resolve(path), depth: 0 }));
  let entries = 0;
  const skip = (error: unknown, path: string) => {
    const refusal = readRefusal(error, path);
    if (!(refusal instanceof Refusal)) throw refusal;
    if (report.skipped.length < KEPT_FAULTS) report.skipped.push(refusal.fault);
  };
  const look = async (path: string, depth: number) => {
    try {
      const stats = await statMedia(path);
      if (stats.isDirectory()) {
        waiting.push({ path, depth });
      } else if (stats.isFile()) {
        report.files += 1;
        visit(path, stats);
      }
    } catch (error) {
      skip(error, path);
    }
  };
  for (const { path } of waiting) await needFolder(path);
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const { path, depth } = folder;
    try {
      const real = await realpath(path);
      if (visited.has(real)) continue;
      visited.add(real);
      const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
      if (depth >= limits.depth || entries + names.length > limits.entries) {
        report.complete = false;
        continue;
      }
      entries += names.length;
      for (let index = 0; index < names.length; index += AT_A_TIME) {
        goOn?.();
        const some = names.slice(index, index + AT_A_TIME);
        await Promise.all(some.map((name) => look(join(path, name), depth + 1)));
      }
    } catch (error) {
      skip(error, path);
    }
  }
  return report;
}

async function needFolder(path: string): Promise<void> {
  const stats = await statMedia(path);
  if (!stats.isDirectory())
    refuse('file/not-a-folder', `“${basename(path)}” is a file, not a folder.`, { path });
}
