import { type DragEvent, type KeyboardEvent, useState } from 'react';
import type { ChapterEntity } from '#core/model/entities.ts';
import { chapterWords } from '../../app/projectFacts.ts';
import { flushEdits } from '../../client/flush.ts';
import { projectStore, useOpenProject } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { countText, plural } from '../../ui/words.ts';
import { useBookState } from '../bookState.ts';
import { deleteChapter, moveChapter } from './chapterActions.ts';
import { chapterName } from './chapterName.ts';
import { roleOf, type TreeRow } from './chapterTree.ts';
import { ROLE_NAMES } from './roleNames.ts';

export const DRAG_TYPE = 'application/x-inkreel-chapter';

type ChapterRowProps = {
  row: TreeRow;
  index: number;
  isCurrent: boolean;
  isRenaming: boolean;
  language: string;
  dropMark: 'above' | 'below' | null;
  onDropPlace: (index: number) => void;
  /** Begins to rename this one, or ends it. */
  onRename: (isRenaming: boolean) => void;
};

/** One chapter in the tree: choose, rename, move. Out of sight a row costs the page that is written on nothing. */
export function ChapterRow(props: ChapterRowProps) {
  const { row, index, isCurrent, isRenaming, language, dropMark, onDropPlace, onRename } = props;
  const { chapter, depth, number } = row;
  const { readOnly } = useOpenProject();
  const { bookId, id } = chapter;
  const name = chapterName(row);
  const words = chapterWords(chapter, language);
  function onKeyDown(event: KeyboardEvent<HTMLButtonElement>) {
    const { key, altKey } = event;
    const rows = [...(event.currentTarget.closest('ol')?.querySelectorAll('button') ?? [])];
    const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : 0;
    if (step !== 0 && altKey && !readOnly) moveChapter(bookId, id, step);
    else if (step !== 0) rows[rows.indexOf(event.currentTarget) + step]?.focus();
    else if (key === 'F2' && !readOnly) onRename(true);
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
      data-chapter={id}
      onDragOver={onDragOver}
      className={classes(
        'relative h-8 [content-visibility:auto] [overflow-clip-margin:4px]',
        depth === 1 && 'pl-4',
        dropMark !== null &&
          'before:absolute before:inset-x-1 before:z-10 before:h-0.5 before:bg-accent',
        dropMark === 'above' ? 'before:-top-px' : 'before:-bottom-px',
      )}
    >
      {isRenaming ? (
        <TitleField chapter={chapter} onEnd={() => onRename(false)} />
      ) : (
        <button
          type="button"
          draggable={!readOnly}
          aria-current={isCurrent ? 'true' : undefined}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown F2 Delete"
          onClick={() => {
            flushEdits();
            useBookState.setState({ chapterId: id });
          }}
          onDoubleClick={() => !readOnly && onRename(true)}
          onKeyDown={onKeyDown}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAG_TYPE, id);
            event.dataTransfer.effectAllowed = 'move';
          }}
          className={classes(
            'relative grid h-8 w-full grid-cols-[1.5rem_minmax(0,1fr)_auto] items-center gap-2 overflow-hidden rounded-md px-2 text-left text-sm',
            isCurrent
              ? 'bg-accent-soft text-strong'
              : 'text-muted hover:bg-hover hover:text-strong',
          )}
        >
          <span className="text-right text-xs tabular-nums">{number ?? ''}</span>
          <RowTitle row={row} />
          <WordCount words={words} target={chapter.target} />
        </button>
      )}
    </li>
  );
}

function RowTitle({ row }: { row: TreeRow }) {
  const role = roleOf(row.chapter);
  const title = row.chapter.title.trim();
  if (title === '') {
    return (
      <span className="truncate italic">{role === 'chapter' ? 'Untitled' : ROLE_NAMES[role]}</span>
    );
  }
  return (
    <span className={classes('truncate', role === 'part' && 'font-semibold')}>
      {title}
      {role !== 'chapter' && role !== 'part' && (
        <span className="ml-2 text-xs text-faint">{ROLE_NAMES[role]}</span>
      )}
    </span>
  );
}

function WordCount({ words, target }: { words: number; target: number | undefined }) {
  if (target === undefined) return <span className="text-xs tabular-nums">{countText(words)}</span>;
  const share = Math.min(1, words / target);
  return (
    <>
      <span
        className={classes('text-xs tabular-nums', share === 1 && 'text-done')}
        title={`${countText(words)} of ${plural(target, 'word')}`}
      >
        {countText(words)}
      </span>
      <span aria-hidden className="absolute inset-x-2 bottom-0.5 h-0.5 rounded-full bg-line">
        <span
          className={classes('block h-full rounded-full', share === 1 ? 'bg-done' : 'bg-accent')}
          style={{ width: `${share * 100}%` }}
        />
      </span>
    </>
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
      dir="auto"
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
