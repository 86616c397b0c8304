import { isbn13 } from './isbn.ts';
import type { BookMetadata } from './manuscript.ts';

/** What the copyright page says: title, rights, publisher and day, ISBN. Nothing that the metadata does not state. */
export function copyrightLines(metadata: BookMetadata): string[] {
  const isbn = isbn13(metadata.identifier);
  const authors = metadata.authors.join(', ');
  return [
    [metadata.title, authors].filter((part) => part !== '').join(' · '),
    metadata.rights ?? '',
    [metadata.publisher, metadata.publishedOn].filter((part) => part !== undefined).join(', '),
    isbn === null ? '' : `ISBN ${isbn}`,
  ].filter((line) => line !== '');
}
