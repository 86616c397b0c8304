import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asset } from '#core/model/entities.ts';

/**
 * What is made of media for showing it (thumbnails, peaks), kept by content, so that it serves every project and
 * survives renames. Safe to delete at any time.
 */
export class DerivedStore {
  readonly #root: string;

  constructor(cacheDir: string) {
    this.#root = join(cacheDir, 'derived');
  }

  /** Folder and public name of what is made of an asset. */
  place(asset: Pick<Asset, 'identity'>): { folder: string; name: string } {
    const name = createHash('sha256').update(asset.identity.hash).digest('hex').slice(0, 32);
    return { folder: join(this.#root, name), name };
  }

  /** The file that a public path (`<name>/<file>`) means; null for anything that is not one. */
  resolve(publicPath: string): string | null {
    return /^[0-9a-f]{32}\/[a-z]+\.(jpg|bin)$/.test(publicPath)
      ? join(this.#root, publicPath)
      : null;
  }

  /** Whether a piece is finished. */
  has(folder: string, piece: string): boolean {
    return existsSync(join(folder, `${piece}.json`));
  }

  /** The description of a finished piece; null when it is not there or cannot be read. */
  async read(folder: string, piece: string): Promise<unknown> {
    try {
      return JSON.parse(await readFile(join(folder, `${piece}.json`), 'utf8')) as unknown;
    } catch {
      return null;
    }
  }

  /** Keeps facts about an asset that have no file of their own. */
  async note(folder: string, piece: string, facts: unknown): Promise<void> {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${process.pid}-${randomUUID()}.json`);
    try {
      await writeFile(temporary, JSON.stringify(facts));
      await rename(temporary, join(folder, `${piece}.json`));
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Makes a piece: the file first, its description last, each renamed into place when it is whole. */
  async write(
    folder: string,
    piece: string,
    fileName: string,
    produce: (temporary: string) => Promise<unknown>,
  ): Promise<unknown> {
    await mkdir(folder, { recursive: true });
    const temporary = join(folder, `${process.pid}-${fileName}`);
    try {
      const description = await produce(temporary);
      await rename(temporary, join(folder, fileName));
      await writeFile(`${temporary}.json`, JSON.stringify(description ?? {}));
      await rename(`${temporary}.json`, join(folder, `${piece}.json`));
      return description;
    } finally {
      await rm(temporary, { force: true });
    }
  }
}
