import { type KeyboardEvent, useRef } from 'react';
import type { ShelfBook } from '#core/contract/library.ts';
import { ShelfCard } from './ShelfCard.tsx';

type ShelfProps = { books: readonly ShelfBook[] };

/** Books in rows. Arrow keys lead from one to the next. */
export function Shelf({ books }: ShelfProps) {
  const list = useRef<HTMLUListElement>(null);
  const move = (event: KeyboardEvent) => {
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-shelf-card]') ?? [])];
    const at = cards.findIndex((card) => card === document.activeElement);
    const target = at < 0 ? undefined : cards[neighbour(event.key, at, cards)];
    if (target === undefined) return;
    event.preventDefault();
    target.focus();
  };
  return (
    <ul
      ref={list}
      aria-label="Books"
      onKeyDown={move}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(10.5rem,100%),1fr))] gap-x-6 gap-y-8"
    >
      {books.map((book) => (
        <li key={`${book.projectId} ${book.bookId}`} className="min-w-0">
          <ShelfCard book={book} />
        </li>
      ))}
    </ul>
  );
}

/** Where a key leads from a card; -1 for keys that lead nowhere. */
function neighbour(key: string, at: number, cards: readonly HTMLElement[]): number {
  if (key === 'ArrowRight') return at + 1;
  if (key === 'ArrowLeft') return at - 1;
  if (key === 'Home') return 0;
  if (key === 'End') return cards.length - 1;
  const top = cards[0]?.getBoundingClientRect().top;
  const second = cards.findIndex((card) => card.getBoundingClientRect().top !== top);
  const inRow = second < 0 ? cards.length : second;
  if (key === 'ArrowDown') return at + inRow;
  return key === 'ArrowUp' ? at - inRow : -1;
}
