import { Ellipsis, FileInput, Plus } from 'lucide-react';
import { type DragEvent, type PointerEvent, type SyntheticEvent, useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { useOpenProject, useProject } from '../../client/project.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Select } from '../../ui/Select.tsx';
import { useBookState } from '../bookState.ts';
import { addChapter, moveChapterTo } from './chapterActions.ts';
import { ChapterDialog } from './ChapterDialog.tsx';
import { chapterMenu } from './chapterMenu.ts';
import { ChapterRow, DRAG_TYPE } from './ChapterRow.tsx';
import { chapterTree } from './chapterTree.ts';

/** The chapters of a book as a tree of parts: choose, add, rename, move, split, merge, delete. */
export function ChapterList({ bookId, onImport }: { bookId: string; onImport: () => void }) {
  const { readOnly } = useOpenProject();
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const language = useProject(
    (project) => project.find('book', bookId)?.metadata.language ?? 'en',
    [bookId],
  );
  const wanted = useBookState((state) => state.chapterId);
  const currentId = (chapters.find((one) => one.id === wanted) ?? chapters[0])?.id;
  const [dropAt, setDropAt] = useState<number | null>(null);
  const [detailsOf, setDetailsOf] = useState<string | null>(null);
  const [renamed, setRenamed] = useState<string | null>(null);
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const rows = chapterTree(chapters);
  const detailed = chapters.find(({ id }) => id === detailsOf);

  function onMenu(event: SyntheticEvent) {
    const id = chapterAt(event.target);
    // Beside the rows there is nothing that a menu could be about.
    if (id === null || readOnly) event.preventDefault();
    setMenuOf(id);
  }

  function onPress(event: PointerEvent) {
    // A long press opens the menu as well.
    if (event.pointerType !== 'mouse') setMenuOf(readOnly ? null : chapterAt(event.target));
  }

  function onDrop(event: DragEvent) {
    const chapterId = event.dataTransfer.getData(DRAG_TYPE);
    setDropAt(null);
    if (chapterId === '' || dropAt === null) return;
    event.preventDefault();
    moveChapterTo(bookId, chapterId, dropAt);
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
      {/* One menu for all: each row's own would listen to every key that is pressed anywhere. */}
      <ContextMenu
        items={chapterMenu(rows, menuOf, {
          currentId,
          onRename: setRenamed,
          onDetails: setDetailsOf,
        })}
      >
        <ol
          aria-label="Chapters in reading order"
          className="min-h-0 grow overflow-y-auto px-2 pb-4 [contain:strict]"
          onDragLeave={() => setDropAt(null)}
          onDrop={onDrop}
          onPointerDown={onPress}
          onContextMenu={onMenu}
        >
          {rows.map((row, index) => (
            <ChapterRow
              key={row.chapter.id}
              row={row}
              index={index}
              isCurrent={row.chapter.id === currentId}
              isRenaming={row.chapter.id === renamed}
              language={language}
              dropMark={dropAt === index ? 'above' : dropAt === index + 1 ? 'below' : null}
              onDropPlace={setDropAt}
              onRename={(isRenaming) => setRenamed(isRenaming ? row.chapter.id : null)}
            />
          ))}
        </ol>
      </ContextMenu>
      {detailed !== undefined && (
        <ChapterDialog key={detailed.id} chapter={detailed} onClose={() => setDetailsOf(null)} />
      )}
    </section>
  );
}

/** The chapter whose row an event happened in. */
function chapterAt(target: EventTarget): string | null {
  const row = target instanceof Element ? target.closest('[data-chapter]') : null;
  return row?.getAttribute('data-chapter') ?? null;
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
