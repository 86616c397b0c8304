import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isProcessAlive } from '../files/processAlive.ts';

/** An export that waits or is under way, as it is kept for the case that Inkreel ends before it. */
const keptExportSchema = z.object({
  id: z.string(),
  title: z.string(),
  progress: z.number().min(0).max(1),
  projectPath: z.string(),
  /** What `film.export` was given; taken apart again when it goes on. */
  input: z.looseObject({ projectId: z.string(), output: z.string() }),
});
export type KeptExport = z.infer<typeof keptExportSchema>;

/**
 * The exports that are not over, in a small file of each process. Files of processes that run no longer hold what they
 * left behind.
 */
export class KeptExports {
  readonly #folder: string;
  #written = '';

  constructor(dataDir: string) {
    this.#folder = join(dataDir, 'exports');
  }

  /** What earlier processes left behind, in their order; from now on it is in the care of this one. */
  takeLeftOver(): KeptExport[] {
    const left: KeptExport[] = [];
    for (const name of this.#names()) {
      const pid = Number(/^(\d+)\.json$/.exec(name)?.[1] ?? Number.NaN);
      // A file of our own number is of a process that had it before.
      if (Number.isNaN(pid) || (pid !== process.pid && isProcessAlive(pid))) continue;
      left.push(...this.#claim(name));
    }
    this.keep(left);
    return left;
  }

  /** Writes down what is not over now. */
  keep(exports: readonly KeptExport[]): void {
    const text = exports.length === 0 ? '' : JSON.stringify(exports, null, 2);
    if (text === this.#written) return;
    const path = join(this.#folder, `${process.pid}.json`);
    try {
      if (text === '') rmSync(path, { force: true });
      else {
        mkdirSync(this.#folder, { recursive: true });
        writeFileSync(`${path}.new`, text);
        renameSync(`${path}.new`, path);
      }
      this.#written = text;
    } catch {
      // A list that cannot be written must not stop an export; the next change tries again.
    }
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).sort();
    } catch {
      return [];
    }
  }

  /** Takes a file away, so that of two processes that start together one has it. */
  #claim(name: string): KeptExport[] {
    const claimed = join(this.#folder, `${name}.taken-${process.pid}`);
    try {
      renameSync(join(this.#folder, name), claimed);
      const parsed = z.array(keptExportSchema).safeParse(JSON.parse(readFileSync(claimed, 'utf8')));
      return parsed.success ? parsed.data : [];
    } catch {
      return [];
    } finally {
      rmSync(claimed, { force: true });
    }
  }
}
