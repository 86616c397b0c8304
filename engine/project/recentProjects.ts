import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

const recentSchema = z.object({
  path: z.string(),
  projectId: z.string(),
  name: z.string(),
  openedAtMs: z.number(),
  durationFlicks: z.number(),
  words: z.number(),
  poster: z.string().optional(),
});
export type RecentProject = z.infer<typeof recentSchema>;

const KEPT = 100;

/** The list of projects opened before, newest first, kept in one small file. */
export class RecentProjects {
  readonly #path: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
  }

  async list(): Promise<RecentProject[]> {
    await this.#writing;
    return this.#read();
  }

  note(project: RecentProject): Promise<void> {
    return this.#change((list) =>
      [project, ...list.filter((other) => other.path !== project.path)].slice(0, KEPT),
    );
  }

  forget(path: string): Promise<void> {
    return this.#change((list) => list.filter((project) => project.path !== path));
  }

  #change(change: (list: RecentProject[]) => RecentProject[]): Promise<void> {
    const done = this.#writing.then(async () => {
      const temporary = `${this.#path}.${process.pid}`;
      await writeFile(temporary, JSON.stringify(change(await this.#read()), null, 2));
      await rename(temporary, this.#path);
    });
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #read(): Promise<RecentProject[]> {
    try {
      // A list that cannot be read is only a list: the projects themselves are safe, so it starts anew.
      return z.array(recentSchema).parse(JSON.parse(await readFile(this.#path, 'utf8')));
    } catch {
      return [];
    }
  }
}
