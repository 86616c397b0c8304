import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Books of others, which are not part of the repository: in a folder that is named, or in one beside the checkout. */
const BOOKS =
  process.env['INKREEL_BOOKS'] ?? fileURLToPath(new URL('../../../shared/books', import.meta.url));

export const NOVEL = join(BOOKS, 'jane-austen_pride-and-prejudice.epub');
/** The books of github.com/w3c/epub-tests, each with the name of its test. */
export const W3C_BOOKS = join(BOOKS, 'w3c-epub-tests');

/** Whether a file or folder of them is here; says so when it is not, since tests are skipped then. */
export function isBookHere(path: string): boolean {
  if (existsSync(path)) return true;
  console.warn(
    `Skipped: ${path} is not here. Name the folder that it should be in: INKREEL_BOOKS.`,
  );
  return false;
}
