import { BookPlus, LibraryBig, Search } from 'lucide-react';
import { useState } from 'react';
import type { ShelfBook } from '#core/contract/library.ts';
import { startProject } from '../app/openings.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FIELD_LOOK } from '../ui/Field.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { SelectBox } from '../ui/SelectBox.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { plural } from '../ui/words.ts';
import { Shelf } from './Shelf.tsx';
import { booksInView, countsOf, type ShelfFilter, type ShelfView } from './shelfView.ts';

const ORDERS = [
  { value: 'opened', label: 'Last opened' },
  { value: 'title', label: 'Title' },
  { value: 'author', label: 'Author' },
  { value: 'words', label: 'Length' },
] as const;

/** The shelf: every book of the projects on this computer. */
export function LibraryRoom() {
  const library = useEngineQuery('library.list', {}, { staleTime: 0 });
  const books = library.data?.books;
  const unreadable = library.data?.unreadable ?? [];
  return (
    <div className="h-full overflow-y-auto bg-panel">
      <div className="flex min-h-full flex-col px-8 pt-6 pb-10">
        <header className="mb-5 flex items-center gap-2">
          <h1 className="grow text-lg font-semibold">Library</h1>
          <Button look="primary" icon={BookPlus} onClick={() => void startProject('book')}>
            New book
          </Button>
        </header>
        {library.isError && (
          <EmptyState
            title="The shelf could not be read"
            text={library.error.fault.message}
            actions={<Button onClick={() => void library.refetch()}>Try again</Button>}
          />
        )}
        {library.isPending && <Loading />}
        {books?.length === 0 && (
          <EmptyState
            icon={LibraryBig}
            title="No books yet"
            text="Every book of your projects stands here with its cover. Begin one, or open a project that holds one."
            actions={<Button onClick={() => void startProject('book')}>New book</Button>}
          />
        )}
        {books && books.length > 0 && <Books books={books} />}
        {unreadable.length > 0 && (
          <p className="mt-8 text-xs text-muted">
            {plural(unreadable.length, 'project')} could not be read:{' '}
            {unreadable.map(({ name, message }) => `${name} (${message})`).join('; ')}
          </p>
        )}
      </div>
    </div>
  );
}

function Books({ books }: { books: readonly ShelfBook[] }) {
  const [view, setView] = useState<ShelfView>({ search: '', filter: 'all', order: 'opened' });
  const counts = countsOf(books);
  const shown = booksInView(books, view);
  const filters: { value: ShelfFilter; label: string }[] = [
    { value: 'all', label: `All ${counts.all}` },
    { value: 'draft', label: `Drafts ${counts.draft}` },
    { value: 'published', label: `Published ${counts.published}` },
    { value: 'archived', label: `Archived ${counts.archived}` },
  ];
  return (
    <>
      <div className="mb-7 flex flex-wrap items-center gap-x-4 gap-y-2">
        <label className="relative block w-64 max-w-full">
          <span className="sr-only">Search the shelf</span>
          <Icon
            icon={Search}
            size={14}
            className="pointer-events-none absolute top-2 left-2.5 text-faint"
          />
          <input
            type="search"
            value={view.search}
            placeholder="Title, author, series"
            onChange={(event) => setView({ ...view, search: event.target.value })}
            className={`h-8 w-full pr-2.5 pl-8 ${FIELD_LOOK}`}
          />
        </label>
        <Segmented
          label="Show"
          value={view.filter}
          options={filters}
          onChange={(filter) => setView({ ...view, filter })}
        />
        <div className="ml-auto w-36">
          <SelectBox
            aria-label="Order"
            value={view.order}
            options={ORDERS}
            onChange={(order) => setView({ ...view, order })}
          />
        </div>
      </div>
      <p role="status" className="sr-only">
        {plural(shown.length, 'book')}
      </p>
      {shown.length === 0 ? (
        <EmptyState
          title={view.search === '' ? 'Nothing here' : 'No book like that'}
          text={
            view.search === ''
              ? 'No book of the shelf is of this kind.'
              : `Nothing on the shelf has “${view.search}” in its title, author or series.`
          }
          actions={
            <Button onClick={() => setView({ ...view, search: '', filter: 'all' })}>
              Show all books
            </Button>
          }
        />
      ) : (
        <Shelf books={shown} />
      )}
    </>
  );
}

function Loading() {
  return (
    <div
      role="status"
      aria-label="Loading the shelf"
      className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-x-6 gap-y-8"
    >
      {['a', 'b', 'c', 'd', 'e'].map((key) => (
        <div key={key}>
          <Skeleton className="aspect-5/8 w-full" />
          <Skeleton className="mt-3 h-4 w-2/3" />
        </div>
      ))}
    </div>
  );
}
