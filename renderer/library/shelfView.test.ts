import { describe, expect, it } from 'vitest';
import type { ShelfBook } from '#core/contract/library.ts';
import { booksInView, countsOf, progressOf, type ShelfView } from './shelfView.ts';

function book(title: string, author: string, more: Partial<ShelfBook> = {}): ShelfBook {
  return {
    projectId: 'p',
    path: '/p.inkreel',
    projectName: 'Project',
    bookId: title,
    metadata: {
      title,
      authors: author === '' ? [] : [author],
      language: 'en',
      identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
    },
    status: 'draft',
    archived: false,
    chapters: 1,
    words: 10,
    openedAtMs: 0,
    ...more,
  };
}

const shelf = [
  book('Volume 10', 'Zoë Abel', { words: 30, openedAtMs: 3, status: 'published' }),
  book('volume 2', 'Ann O’Neil', { words: 20, openedAtMs: 1 }),
  book('Émile', '', { words: 10, openedAtMs: 2, archived: true, status: 'published' }),
];
const view = (more: Partial<ShelfView>): string[] =>
  booksInView(shelf, { search: '', filter: 'all', order: 'opened', ...more }).map(
    ({ metadata }) => metadata.title,
  );

describe('the shelf', () => {
  it('shows what was opened last first, and leaves out what is archived', () => {
    expect(view({})).toEqual(['Volume 10', 'volume 2']);
    expect(view({ filter: 'archived' })).toEqual(['Émile']);
    expect(view({ filter: 'published' })).toEqual(['Volume 10']);
    expect(countsOf(shelf)).toEqual({ all: 2, draft: 1, published: 1, archived: 1 });
  });

  it('orders titles as people do, and authors by surname', () => {
    expect(view({ order: 'title' })).toEqual(['volume 2', 'Volume 10']);
    expect(view({ order: 'author' })).toEqual(['Volume 10', 'volume 2']);
    expect(view({ order: 'words' })).toEqual(['Volume 10', 'volume 2']);
  });

  it('finds words of title and author without case and accents, in any order', () => {
    expect(view({ search: 'zoe VOLUME' })).toEqual(['Volume 10']);
    expect(view({ search: 'emile', filter: 'archived' })).toEqual(['Émile']);
    expect(view({ search: 'nothing' })).toEqual([]);
  });

  it('measures progress against the goal only where there is one', () => {
    expect(progressOf(book('A', ''))).toBeNull();
    expect(progressOf(book('A', '', { words: 50, goalWords: 200 }))).toBe(0.25);
    expect(progressOf(book('A', '', { words: 500, goalWords: 200 }))).toBe(1);
  });
});
