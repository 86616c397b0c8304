import {
  Archive,
  ArchiveRestore,
  BookOpen,
  BookOpenText,
  CircleCheck,
  CopyPlus,
  Ellipsis,
  PenLine,
  Trash2,
} from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { ShelfBook } from '#core/contract/library.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menuItems.ts';
import { countText, plural, whenText } from '../ui/words.ts';
import { BookCover } from './BookCover.tsx';
import {
  deleteBook,
  duplicateBook,
  openBook,
  readBook,
  setArchived,
  setStatus,
} from './libraryActions.ts';
import { progressOf } from './shelfView.ts';

/** A book on the shelf: its cover, what it is called, how far it has come. */
export function ShelfCard({ book }: { book: ShelfBook }) {
  const { metadata, status } = book;
  const title = metadata.title.trim() === '' ? 'Untitled' : metadata.title;
  const items = menuOf(book);
  const remove = (event: KeyboardEvent) => {
    if (event.key !== 'Delete') return;
    event.preventDefault();
    void deleteBook(book);
  };
  return (
    <div className="group relative">
      <ContextMenu items={items}>
        <button
          type="button"
          data-shelf-card
          onClick={() => void openBook(book)}
          onKeyDown={remove}
          className="block w-full rounded-md text-left"
        >
          <span className="block overflow-hidden rounded-sm bg-raised shadow-overlay transition-[filter] duration-120 group-hover:brightness-110">
            <BookCover metadata={metadata} />
          </span>
          <span className="mt-3 line-clamp-2 pr-2 text-sm leading-snug font-medium break-words">
            {title}
          </span>
          <span className="block truncate text-xs text-muted">
            {metadata.authors.join(', ') || 'No author yet'}
          </span>
          <span className="mt-1 flex items-center gap-1 text-xs text-faint">
            <Icon
              icon={status === 'published' ? CircleCheck : PenLine}
              size={14}
              className={status === 'published' ? 'text-accent' : ''}
            />
            {status === 'published' ? 'Published' : 'Draft'}
            <span className="truncate">· {whenText(book.openedAtMs)}</span>
          </span>
          <Progress book={book} />
        </button>
      </ContextMenu>
      <div className="absolute top-1.5 right-1.5 rounded-md bg-overlay opacity-0 transition-opacity duration-120 group-focus-within:opacity-100 group-hover:opacity-100">
        <Menu align="end" items={items}>
          <IconButton icon={Ellipsis} size="small" label={`More for ${title}`} />
        </Menu>
      </div>
    </div>
  );
}

function Progress({ book }: { book: ShelfBook }) {
  const progress = progressOf(book);
  const words = plural(book.words, 'word');
  if (progress === null) return <span className="block text-xs text-faint">{words}</span>;
  return (
    <>
      <span className="block text-xs tabular-nums text-faint">
        {countText(book.words)} of {plural(book.goalWords ?? 0, 'word')}
      </span>
      <span aria-hidden="true" className="mt-1.5 block h-1 overflow-hidden rounded-full bg-field">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${progress * 100}%` }}
        />
      </span>
    </>
  );
}

function menuOf(book: ShelfBook): MenuItem[] {
  const { status, archived } = book;
  return [
    { label: 'Write', icon: BookOpen, run: () => void openBook(book) },
    { label: 'Read', icon: BookOpenText, run: () => void readBook(book) },
    { kind: 'line' },
    status === 'draft'
      ? {
          label: 'Mark as published',
          icon: CircleCheck,
          run: () => void setStatus(book, 'published'),
        }
      : { label: 'Mark as draft', icon: PenLine, run: () => void setStatus(book, 'draft') },
    { label: 'Duplicate', icon: CopyPlus, run: () => void duplicateBook(book) },
    archived
      ? { label: 'Put back', icon: ArchiveRestore, run: () => void setArchived(book, false) }
      : { label: 'Archive', icon: Archive, run: () => void setArchived(book, true) },
    { kind: 'line' },
    {
      label: 'Delete',
      icon: Trash2,
      keys: 'Delete',
      danger: true,
      run: () => void deleteBook(book),
    },
  ];
}
