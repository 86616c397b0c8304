import { ArrowDown, ArrowUp, Ellipsis, FileInput, PencilLine, Plus, Trash2 } from 'lucide-react';
import { type DragEvent, type KeyboardEvent, useState } from 'react';
import { chapterLabel } from '#core/book/manuscript.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { chapterWords } from '../app/projectFacts.ts';
import { flushEdits } from '../client/flush.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { classes } from '../ui/classes.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menuItems.ts';
import { Select } from '../ui/Select.tsx';
import { countText } from '../ui/words.ts';
import { useBookState } from './bookState.ts';
import { addChapter, deleteChapter, moveChapter, moveChapterTo } from './chapterActions.ts';

const DRAG_TYPE = 'application/x-inkreel-chapter';

/** The chapters of a book: choose, add, rename, move, delete. */
export function ChapterList({ bookId, onImport }: { bookId: string; onImport: () => void }) {
  const { readOnly } = useOpenProject();
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const wanted = useBookState((state) => state.chapterId);
  const currentId = (chapters.find((one) => one.id === wanted) ?? chapters[0])?.id;
  const [dropAt, setDropAt] = useState<number | null>(null);

  function onDrop(event: DragEvent) {
    const chapterId = event.dataTransfer.getData(DRAG_TYPE);
    setDropAt(null);
    if (chapterId === '' || dropAt === null) return;
    event.preventDefault();
    const from = chapters.findIndex((chapter) => chapter.id === chapterId);
    moveChapterTo(bookId, chapterId, from < dropAt ? dropAt - 1 : dropAt);
  }

  return (
    <section aria-label="Chapters" className="flex h-full flex-col bg-panel">
      <header className="flex h-10 flex-none items-center gap-0.5 pr-2 pl-4">
        <h2 className="grow text-xs font-semibold text-muted">Chapters</h2>
        <IconButton
          icon={Plus}
          label="Add chapter"
          size="small"
          disabled={readOnly}
          onClick={() => addChapter(bookId, currentId)}
        />
        <Menu
          align="end"
          items={[
            {
              label: 'Import manuscript as another book…',
              icon: FileInput,
              disabled: readOnly,
              run: onImport,
            },
          ]}
        >
          <IconButton icon={Ellipsis} label="More" size="small" />
        </Menu>
      </header>
      <BookChoice bookId={bookId} />
      <ol
        aria-label="Chapters in reading order"
        className="min-h-0 grow overflow-y-auto px-2 pb-4"
        onDragLeave={() => setDropAt(null)}
        onDrop={onDrop}
      >
        {chapters.map((chapter, index) => (
          <ChapterRow
            key={chapter.id}
            chapter={chapter}
            index={index}
            count={chapters.length}
            isCurrent={chapter.id === currentId}
            dropMark={dropAt === index ? 'above' : dropAt === index + 1 ? 'below' : null}
            onDropPlace={setDropAt}
          />
        ))}
      </ol>
    </section>
  );
}

/** Which book is shown, when a project has more than one. */
function BookChoice({ bookId }: { bookId: string }) {
  const books = useProject((project) => project.all('book'));
  if (books.length < 2) return null;
  return (
    <div className="px-3 pb-2">
      <Select
        label="Book"
        value={bookId}
        options={books.map(({ id, metadata }) => ({
          value: id,
          label: metadata.title || 'Untitled',
        }))}
        onChange={(next) => useBookState.setState({ bookId: next, chapterId: null })}
      />
    </div>
  );
}

type ChapterRowProps = {
  chapter: ChapterEntity;
  index: number;
  count: number;
  isCurrent: boolean;
  dropMark: 'above' | 'below' | null;
  onDropPlace: (index: number) => void;
};

function ChapterRow({ chapter, index, count, isCurrent, dropMark, onDropPlace }: ChapterRowProps) {
  const { readOnly } = useOpenProject();
  const { bookId, id } = chapter;
  const language = useProject(
    (project) => project.find('book', bookId)?.metadata.language ?? 'en',
    [bookId],
  );
  const [isRenaming, setRenaming] = useState(false);
  const label = chapterLabel(chapter, index);
  const untitled = chapter.title.trim() === '';
  const name = untitled ? `Chapter ${label}` : label;
  const items: MenuItem[] = [
    { label: 'Rename', icon: PencilLine, keys: 'F2', run: () => setRenaming(true) },
    {
      label: 'Add chapter below',
      icon: Plus,
      run: () => addChapter(bookId, id),
    },
    { kind: 'line' },
    {
      label: 'Move up',
      icon: ArrowUp,
      keys: 'Alt+ArrowUp',
      disabled: index === 0,
      run: () => moveChapter(bookId, id, -1),
    },
    {
      label: 'Move down',
      icon: ArrowDown,
      keys: 'Alt+ArrowDown',
      disabled: index === count - 1,
      run: () => moveChapter(bookId, id, 1),
    },
    { kind: 'line' },
    {
      label: 'Delete',
      icon: Trash2,
      keys: 'Delete',
      danger: true,
      run: () => deleteChapter(bookId, id, name),
    },
  ];

  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
    const { key, altKey } = event;
    const rows = [...(event.currentTarget.closest('ol')?.querySelectorAll('button') ?? [])];
    const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
    if (step !== 0 && altKey && !readOnly) moveChapter(bookId, id, step);
    else if (step !== 0) rows[rows.indexOf(event.currentTarget) + step]?.focus();
    else if (key === 'F2' && !readOnly) setRenaming(true);
    else if (key === 'Delete' && !readOnly) {
      const list = event.currentTarget.closest('ol');
      deleteChapter(bookId, id, name);
      // The row that had the focus is gone with the chapter.
      requestAnimationFrame(() => list?.querySelector<HTMLElement>('[aria-current]')?.focus());
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onDragOver(event: DragEvent<HTMLLIElement>) {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    onDropPlace(event.clientY < box.top + box.height / 2 ? index : index + 1);
  }

  return (
    <li
      onDragOver={onDragOver}
      className={classes(
        'relative',
        dropMark !== null &&
          'before:absolute before:inset-x-1 before:z-10 before:h-0.5 before:bg-accent',
        dropMark === 'above' ? 'before:-top-px' : 'before:-bottom-px',
      )}
    >
      {isRenaming ? (
        <TitleField chapter={chapter} onEnd={() => setRenaming(false)} />
      ) : (
        <ContextMenu items={readOnly ? [] : items}>
          <button
            type="button"
            draggable={!readOnly}
            aria-current={isCurrent ? 'true' : undefined}
            aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown F2 Delete"
            onClick={() => {
              flushEdits();
              useBookState.setState({ chapterId: id });
            }}
            onDoubleClick={() => !readOnly && setRenaming(true)}
            onKeyDown={onKeyDown}
            onDragStart={(event) => {
              event.dataTransfer.setData(DRAG_TYPE, id);
              event.dataTransfer.effectAllowed = 'move';
            }}
            className={classes(
              'grid h-8 w-full grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-2 rounded-md px-2 text-left text-sm',
              isCurrent
                ? 'bg-accent-soft text-strong'
                : 'text-muted hover:bg-hover hover:text-strong',
            )}
          >
            <span className="text-right text-xs tabular-nums text-faint">{index + 1}</span>
            <span className={classes('truncate', untitled && 'text-faint italic')}>
              {untitled ? 'Untitled' : chapter.title}
            </span>
            <span className="text-xs tabular-nums text-faint">
              {countText(chapterWords(chapter, language))}
            </span>
          </button>
        </ContextMenu>
      )}
    </li>
  );
}

function TitleField({ chapter, onEnd }: { chapter: ChapterEntity; onEnd: () => void }) {
  const [title, setTitle] = useState(chapter.title);
  function commit() {
    onEnd();
    flushEdits();
    if (title !== chapter.title)
      projectStore.edit([{ type: 'chapter.write', chapterId: chapter.id, title: title.trim() }]);
  }
  return (
    <input
      aria-label="Chapter title"
      value={title}
      maxLength={500}
      // The field replaces the row that was just chosen, so focus belongs in it.
      ref={(field) => {
        if (field && document.activeElement !== field) {
          field.focus();
          field.select();
        }
      }}
      onChange={(event) => setTitle(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') onEnd();
      }}
      className="h-8 w-full rounded-md bg-field px-2 text-sm"
    />
  );
}
