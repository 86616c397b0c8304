import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import { EmptyState } from '../ui/EmptyState.tsx';
import { TextField } from '../ui/TextField.tsx';
import { plural } from '../ui/words.ts';
import { currentRow, headingsOf } from './contentsPlace.ts';
import { PanelHead } from './PanelHead.tsx';
import { useDesk } from './useDesk.ts';

/** Words anywhere in the book, as they are typed. */
export function SearchPanel() {
  const desk = useDesk();
  const [words, setWords] = useState('');
  const wanted = useDeferredValue(words.trim());
  const [isRead, setRead] = useState(desk.texts.progress === 1);
  useEffect(() => {
    let isGone = false;
    void desk.texts.readAll(new AbortController().signal).then(() => {
      if (!isGone) setRead(true);
    });
    return () => {
      isGone = true;
    };
  }, [desk]);
  const { hits, isCut } = useMemo(() => {
    // Before all is read the beginning of a book is searched, then all of it.
    const canSearch = wanted.length >= 2 && (isRead || desk.texts.progress > 0);
    return canSearch ? desk.texts.search(wanted) : { hits: [], isCut: false };
  }, [desk, wanted, isRead]);
  return (
    <>
      <PanelHead title="Search" />
      <div className="px-4 pb-2">
        <TextField
          ref={(field) => field?.focus()}
          label="Words in the book"
          value={words}
          onChange={setWords}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && hits[0] !== undefined) void desk.goToHit(hits[0]);
          }}
        />
        <p role="status" className="mt-2 min-h-4 text-xs text-muted tabular-nums">
          {wanted.length >= 2 &&
            (hits.length > 0 || isRead) &&
            `${isCut ? 'More than ' : ''}${plural(hits.length, 'place')}`}
          {!isRead && ' The book is still being read…'}
        </p>
      </div>
      {wanted.length >= 2 && isRead && hits.length === 0 && (
        <EmptyState
          title="Not in this book"
          text="Case and accents do not matter. Try fewer words."
        />
      )}
      <ul className="min-h-0 grow overflow-y-auto px-2 pb-3">
        {hits.map((hit) => (
          <li key={`${hit.index} ${hit.start}`}>
            <button
              type="button"
              onClick={() => void desk.goToHit(hit)}
              className="block w-full rounded-md px-2 py-1.5 text-left hover:bg-hover"
            >
              <span className="block truncate text-xs text-muted">
                {headingsOf(
                  desk.rows,
                  currentRow(desk.rows, hit.index, () => true),
                ).at(-1)}
              </span>
              <span className="font-serif text-sm wrap-anywhere">
                …{hit.before}
                <mark className="rounded-sm bg-accent-soft font-medium text-strong">
                  {hit.found}
                </mark>
                {hit.after}…
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
