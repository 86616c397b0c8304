/*
 * Writes a book in several formats, as a process of its own so that a test can say where in the world it runs:
 * node writeBooks.ts FOLDER FORMAT…
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exportBook } from '#engine/book/exportBook.ts';
import { bookFormatSchema, isNarrated } from '#core/contract/books.ts';
import { lampPicture, richManuscript } from './richManuscript.ts';

const [folder = '', ...formats] = process.argv.slice(2);
await mkdir(folder, { recursive: true });
for (const format of formats.map((one) => bookFormatSchema.parse(one))) {
  if (isNarrated(format)) throw new Error(`${format} takes a voice`);
  await exportBook({
    manuscript: richManuscript(),
    format,
    out: join(folder, `book.${format}`),
    date: '2025-10-14T23:30:00-05:00',
    pictures: lampPicture(),
    ...(format === 'epub' && { pagesOf: '978-3-16-148410-0' }),
  });
}
