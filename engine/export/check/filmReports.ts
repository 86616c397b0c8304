import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type FilmReport, filmReportSchema } from '#core/contract/films.ts';

const MOST = 20;
/** Pieces of a film are told of one by one only up to so many, so that the file stays small. */
const MOST_SPANS = 500;

/** What was made of a project and what was checked about it, in a small file of the cache; newest first. */
export class FilmReports {
  readonly #folder: string;
  readonly #path: string;

  constructor(cacheDir: string, projectId: string) {
    this.#folder = join(cacheDir, 'reports');
    this.#path = join(this.#folder, `${projectId.replaceAll(/[^A-Za-z0-9_-]/g, '_')}.json`);
  }

  /** Those there are; none where they cannot be read. */
  async list(): Promise<FilmReport[]> {
    const text = await readFile(this.#path, 'utf8').catch(() => '[]');
    try {
      return z.array(filmReportSchema).parse(JSON.parse(text));
    } catch {
      return [];
    }
  }

  /** Adds one, in place of an earlier one of the same file. A report that cannot be kept is no reason to fail. */
  async keep(report: FilmReport): Promise<void> {
    const { result } = report;
    const spans = result.spans.length > MOST_SPANS ? [] : result.spans;
    const others = (await this.list()).filter((other) => other.result.output !== result.output);
    const all = [{ ...report, result: { ...result, spans } }, ...others].slice(0, MOST);
    const temporary = `${this.#path}.${process.pid}-${randomUUID().slice(0, 8)}`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(temporary, JSON.stringify(all));
      await rename(temporary, this.#path);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}
