import type { ShelfBook } from '#core/contract/library.ts';

export type ShelfFilter = 'all' | 'draft' | 'published' | 'archived';
export type ShelfOrder = 'opened' | 'title' | 'author' | 'words';
export type ShelfView = { search: string; filter: ShelfFilter; order: ShelfOrder };

/** The books that a view shows, in its order. Archived books are out of the way unless they are asked for. */
export function booksInView(
  books: readonly ShelfBook[],
  { search, filter, order }: ShelfView,
): ShelfBook[] {
  const wanted = plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
  return books
    .filter((book) => isInFilter(book, filter))
    .filter((book) => {
      const text = plain(textOf(book));
      return wanted.every((word) => text.includes(word));
    })
    .sort((a, b) => COMPARE[order](a, b) || byTitle(a, b));
}

/** How many books each filter would show. */
export function countsOf(books: readonly ShelfBook[]): Record<ShelfFilter, number> {
  const count = (filter: ShelfFilter) => books.filter((book) => isInFilter(book, filter)).length;
  return {
    all: count('all'),
    draft: count('draft'),
    published: count('published'),
    archived: count('archived'),
  };
}

/** How far a book has come to its goal, from 0 to 1; null where it has none. */
export function progressOf({ words, goalWords }: ShelfBook): number | null {
  return goalWords === undefined ? null : Math.min(1, words / goalWords);
}

function isInFilter({ archived, status }: ShelfBook, filter: ShelfFilter): boolean {
  if (filter === 'archived') return archived;
  return !archived && (filter === 'all' || status === filter);
}

function textOf({ metadata, projectName }: ShelfBook): string {
  const { title, subtitle = '', authors, series, subjects = [] } = metadata;
  return [title, subtitle, ...authors, series?.name ?? '', ...subjects, projectName].join(' ');
}

/** Text as people search it: without case and accents. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byTitle = (a: ShelfBook, b: ShelfBook) =>
  collator.compare(a.metadata.title, b.metadata.title) || (a.bookId < b.bookId ? -1 : 1);

const COMPARE: Record<ShelfOrder, (a: ShelfBook, b: ShelfBook) => number> = {
  opened: (a, b) => b.openedAtMs - a.openedAtMs,
  title: byTitle,
  author: (a, b) => collator.compare(surname(a), surname(b)),
  words: (a, b) => b.words - a.words,
};

/** Books stand by the surname of their first author; those without one stand last. */
function surname({ metadata }: ShelfBook): string {
  return metadata.authors[0]?.trim().split(/\s+/).at(-1) ?? '\uFFFF';
}
