import { create } from 'zustand';
import type { SearchQuery } from '#core/book/searchPattern.ts';

type FindState = { isOpen: boolean; query: SearchQuery; replacement: string };

/** What is looked for in the book, kept while the panel is closed. */
export const useFind = create<FindState>(() => ({
  isOpen: false,
  query: { text: '', isPattern: false, wholeWords: false, matchCase: false },
  replacement: '',
}));

/** Opens the search; words that are chosen in the text are looked for. */
export function openFind(words = ''): void {
  useFind.setState(({ query }) => ({
    isOpen: true,
    query:
      words === '' || words.includes('\n') || words.length > 200
        ? query
        : { ...query, text: words },
  }));
}
