import { strToU8, type Zippable, zipSync } from 'fflate';

/** A file of a container such as an EPUB or a DOCX. */
export type ContainerFile = { path: string; content: string | Uint8Array; compress: boolean };

/** The earliest moment a ZIP entry can carry. */
const FIXED_TIME = new Date(1980, 0, 1);
/** Level 9 takes twice as long and saves less than one byte in a hundred of prose. */
const LEVEL = 6;

/** Packs a container: files in the given order, one fixed time for all, so that the same files give the same bytes. */
export function zipFiles(files: Iterable<ContainerFile>): Uint8Array {
  const entries: Zippable = {};
  for (const { path, content, compress } of files) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    entries[path] = [bytes, { level: compress ? LEVEL : 0, mtime: FIXED_TIME, os: 0 }];
  }
  return zipSync(entries);
}
