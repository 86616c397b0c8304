import { BookOpenText } from 'lucide-react';
import { useEngineQuery } from '../client/query.ts';
import { openToRead } from '../reader/openToRead.ts';
import { Icon } from '../ui/Icon.tsx';
import { whenText } from '../ui/words.ts';

const SHOWN = 8;

/** Books that were read lately, to read on. */
export function ReadingList() {
  const recent = useEngineQuery('reading.recent', {}, { staleTime: 0 });
  const books = recent.data?.books.slice(0, SHOWN) ?? [];
  if (books.length === 0) return null;
  return (
    <section aria-label="Read on" className="mt-10">
      <h2 className="mb-2 text-base font-semibold">Read on</h2>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(19rem,100%),1fr))] gap-2">
        {books.map((book) => (
          <li key={book.path} className="min-w-0">
            <button
              type="button"
              onClick={() => void openToRead({ path: book.path })}
              className="flex w-full items-center gap-3 rounded-md bg-raised px-3 py-2.5 text-left transition-colors duration-120 hover:bg-field"
            >
              <Icon icon={BookOpenText} size={20} className="text-faint" />
              <span className="min-w-0 grow">
                <bdi className="block truncate text-sm font-medium">{book.title || 'Untitled'}</bdi>
                <span className="block truncate text-xs text-muted">
                  {book.creators.join(', ') || whenText(book.readAtMs)}
                </span>
              </span>
              <span className="text-xs text-muted tabular-nums">
                {Math.round(book.total * 100)} %
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
