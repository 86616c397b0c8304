import { createHash, randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import {
  constants,
  copyFile,
  link,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import { isProcessAlive } from '../../files/processAlive.ts';

const USUAL_GIGABYTES = 10;
const READ_BYTES = 1 << 20;
/** Key, length and hash of a kept piece are its name, so that it is there with all of them or not at all. */
const ENTRY = /^([0-9a-f]{40})-(\d+)-([0-9a-f]{64})\.piece$/;
const UNFINISHED = /^\.(\d+)-[0-9a-f-]+$/;

type Entry = { name: string; bytes: number; hash: string };

/** Largest size of the cache in bytes: `INKREEL_EXPORT_CACHE_GB`, of 10⁹ bytes each, or 10 of them; 0 keeps nothing. */
export function cacheLimit(env: NodeJS.ProcessEnv = process.env): number {
  const given = env['INKREEL_EXPORT_CACHE_GB'];
  const gigabytes = Number(given);
  const isUsable = given !== undefined && given.trim() !== '' && gigabytes >= 0;
  return (isUsable ? gigabytes : USUAL_GIGABYTES) * 1e9;
}

/**
 * Finished pieces of films, by key, in a folder that may be emptied at any time. Nothing here fails an export: what
 * cannot be kept is not kept, what cannot be used is made anew.
 *
 * Exports have pieces as further names of the same files, so nothing that is removed here is missing there. A piece
 * with a further name is of an export that is under way, or was killed and may be resumed, and is not removed.
 */
export class PieceStore {
  readonly #folder: string;
  readonly #limit: number;
  readonly #entries = new Map<string, Entry[]>();

  private constructor(cacheDir: string, limit: number) {
    this.#folder = join(cacheDir, 'pieces');
    this.#limit = limit;
  }

  /** The store as it stands now; what other stores add later is not seen. */
  static async open(cacheDir: string, limit: number = cacheLimit()): Promise<PieceStore> {
    const store = new PieceStore(cacheDir, limit);
    const names = limit === 0 ? [] : await readdir(store.#folder).catch(() => []);
    for (const name of names) {
      const [, key, bytes, hash] = ENTRY.exec(name) ?? [];
      if (key === undefined || hash === undefined) continue;
      store.#add(key, { name, bytes: Number(bytes), hash });
    }
    return store;
  }

  /** Puts the piece of a key at `target`. False where there is none that is whole; a damaged one is removed. */
  async take(key: string, target: string): Promise<boolean> {
    for (const { name, bytes, hash } of this.#entries.get(key) ?? []) {
      const path = join(this.#folder, name);
      if (!(await linkOrCopy(path, target))) continue;
      const found = await contentOf(target).catch(() => null);
      if (found?.bytes === bytes && found.hash === hash) {
        const now = new Date();
        await utimes(path, now, now).catch(() => undefined);
        return true;
      }
      await remove(target);
      await remove(path);
    }
    return false;
  }

  /** Keeps a finished piece, which stays where it is as well. */
  async keep(key: string, path: string): Promise<void> {
    if (this.#limit === 0) return;
    const content = await contentOf(path).catch(() => null);
    if (content === null) return;
    const name = `${key}-${content.bytes}-${content.hash}.piece`;
    const temporary = join(this.#folder, `.${process.pid}-${randomUUID()}`);
    try {
      await mkdir(this.#folder, { recursive: true });
      if (await linkOrCopy(path, temporary)) {
        await rename(temporary, join(this.#folder, name));
        this.#add(key, { name, ...content });
      }
    } catch {
      // A folder that takes nothing means an export without the cache.
    } finally {
      await remove(temporary);
    }
  }

  /** Removes what was not used for longest until the size is within the limit, and what killed processes left. */
  async trim(): Promise<void> {
    const { entries, total } = await this.#look();
    await removeUntil(entries, total - this.#limit);
  }

  /** Makes room on a full disk: removes what was not used for longest. Gives the bytes that are free now. */
  async free(bytes: number): Promise<number> {
    const { entries } = await this.#look();
    return removeUntil(entries, bytes);
  }

  #add(key: string, entry: Entry): void {
    const others = this.#entries.get(key) ?? [];
    if (others.every(({ name }) => name !== entry.name)) this.#entries.set(key, [...others, entry]);
  }

  async #look(): Promise<{ entries: Found[]; total: number }> {
    const entries: Found[] = [];
    let total = 0;
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name);
      const pid = Number(UNFINISHED.exec(name)?.[1] ?? Number.NaN);
      if (!Number.isNaN(pid) && !isProcessAlive(pid)) await remove(path);
      if (!ENTRY.test(name)) continue;
      const stats = await stat(path).catch(() => null);
      if (stats === null) continue;
      total += stats.size;
      entries.push({ path, stats });
    }
    entries.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs);
    return { entries, total };
  }
}

type Found = { path: string; stats: Stats };

/** Removes entries from the first on until so many bytes are gone; those in use stay. */
async function removeUntil(entries: readonly Found[], bytes: number): Promise<number> {
  let removed = 0;
  for (const { path, stats } of entries) {
    if (removed >= bytes) break;
    if (stats.nlink > 1) continue;
    if (await remove(path)) removed += stats.size;
  }
  return removed;
}

/** Gives a file a further name; where the disk knows no such thing, a copy. False where neither can be. */
async function linkOrCopy(from: string, to: string): Promise<boolean> {
  const isLinked = await succeeds(link(from, to));
  if (isLinked) return true;
  const isCopied = await succeeds(
    copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE),
  );
  if (!isCopied) await remove(to);
  return isCopied;
}

async function contentOf(path: string): Promise<{ bytes: number; hash: string }> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(READ_BYTES);
  const file = await open(path, 'r');
  try {
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, READ_BYTES, bytes);
      if (bytesRead === 0) return { bytes, hash: hash.digest('hex') };
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}

function remove(path: string): Promise<boolean> {
  return succeeds(rm(path, { force: true }));
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}
