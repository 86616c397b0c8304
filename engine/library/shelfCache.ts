import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { type BookFacts, bookFactsSchema } from './booksOf.ts';

const cacheSchema = z.record(
  z.string(),
  z.object({ stamp: z.string(), projectId: z.string(), books: z.array(bookFactsSchema) }),
);
type Entry = { stamp: string; projectId: string; books: BookFacts[] };

/** What was last read of the books in project files, with how the files were then, in one small file. */
export class ShelfCache {
  readonly #path: string;
  #entries: Promise<Map<string, Entry>> | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async find(path: string, stamp: string): Promise<Entry | undefined> {
    const entry = (await this.#read()).get(path);
    return entry?.stamp === stamp ? entry : undefined;
  }

  async keep(path: string, entry: Entry): Promise<void> {
    (await this.#read()).set(path, entry);
  }

  /** Writes down what is known of these files and forgets others. What cannot be written is read anew the next time. */
  async save(paths: readonly string[]): Promise<void> {
    const entries = await this.#read();
    const kept = Object.fromEntries([...entries].filter(([path]) => paths.includes(path)));
    const temporary = `${this.#path}.${process.pid}`;
    await writeFile(temporary, JSON.stringify(kept))
      .then(() => rename(temporary, this.#path))
      .catch(() => undefined);
  }

  #read(): Promise<Map<string, Entry>> {
    this.#entries ??= readFile(this.#path, 'utf8')
      .then((text) => new Map<string, Entry>(Object.entries(cacheSchema.parse(JSON.parse(text)))))
      // It is only a memory of what the projects hold; they are read again.
      .catch(() => new Map<string, Entry>());
    return this.#entries;
  }
}
