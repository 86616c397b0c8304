import { strToU8, type Zippable, zipSync } from 'fflate';
import type { EpubFile } from '#core/book/epubFile.ts';

/** The earliest moment a ZIP entry can carry. */
const FIXED_TIME = new Date(1980, 0, 1);

/** Packs an EPUB container: files in the given order, one fixed time for all, so that the same files give the same bytes. */
export function zipEpub(files: readonly EpubFile[]): Uint8Array {
  const entries: Zippable = {};
  for (const { path, content, compress } of files) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    entries[path] = [bytes, { level: compress ? 9 : 0, mtime: FIXED_TIME, os: 0 }];
  }
  return zipSync(entries);
}
