import { Ellipsis, FileInput, Plus } from 'lucide-react';
import { type DragEvent, useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { useOpenProject, useProject } from '../../client/project.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Select } from '../../ui/Select.tsx';
import { useBookState } from '../bookState.ts';
import { addChapter, moveChapterTo } from './chapterActions.ts';
import { ChapterDialog } from './ChapterDialog.tsx';
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
  const detailed = chapters.find(({ id }) => id === detailsOf);

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
      <ol
        aria-label="Chapters in reading order"
        className="min-h-0 grow overflow-y-auto px-2 pb-4"
        onDragLeave={() => setDropAt(null)}
        onDrop={onDrop}
      >
        {chapterTree(chapters).map((row, index) => (
          <ChapterRow
            key={row.chapter.id}
            row={row}
            index={index}
            count={chapters.length}
            isCurrent={row.chapter.id === currentId}
            language={language}
            dropMark={dropAt === index ? 'above' : dropAt === index + 1 ? 'below' : null}
            onDropPlace={setDropAt}
            onDetails={setDetailsOf}
          />
        ))}
      </ol>
      {detailed !== undefined && (
        <ChapterDialog key={detailed.id} chapter={detailed} onClose={() => setDetailsOf(null)} />
      )}
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
