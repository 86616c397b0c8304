import { FileInput, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { isOverlaid, useCommands } from '../app/commands.ts';
import { shownBook } from '../app/projectFacts.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SplitPane } from '../ui/SplitPane.tsx';
import { BOOK_COMMANDS } from './bookCommands.ts';
import { BookPreview } from './BookPreview.tsx';
import { BookSide } from './BookSide.tsx';
import { BookToolbar } from './BookToolbar.tsx';
import { useBookState } from './bookState.ts';
import { ChapterList } from './chapters/ChapterList.tsx';
import { ChapterPage } from './ChapterPage.tsx';
import { addChapter } from './chapters/chapterActions.ts';
import { PageScroll } from './PageScroll.tsx';
import { FindPanel } from './find/FindPanel.tsx';
import { useFind } from './find/findState.ts';
import { ChapterHistory } from './history/ChapterHistory.tsx';
import { WholeBook } from './WholeBook.tsx';
import { FormatBar } from './writing/FormatBar.tsx';
import { SpellMenu } from './writing/SpellMenu.tsx';
import { TextQuestions } from './writing/TextQuestions.tsx';
import { useWriting } from './writing/writingState.ts';
import { ImportReportDialog } from './ImportReportDialog.tsx';
import { type ImportReport, importManuscript, newBook } from './newBook.ts';

/** Where a book is written: chapters, the page, and what the book says of itself. */
export function BookRoom() {
  const { readOnly } = useOpenProject();
  const wanted = useBookState((state) => state.bookId);
  const book = useProject((project) => shownBook(project, wanted), [wanted]);
  const [report, setReport] = useState<ImportReport | null>(null);
  const importing = () =>
    void importManuscript().then((read) => {
      if (read !== null) setReport(read);
    });
  return (
    <>
      {book === undefined ? (
        <div className="flex h-full bg-panel">
          <EmptyState
            title="No book in this project yet"
            text="Begin one here, or bring a manuscript: EPUB, Word, Markdown, HTML or plain text. A book and a film can share a project."
            actions={
              <>
                <Button icon={FileInput} disabled={readOnly} onClick={importing}>
                  Import manuscript…
                </Button>
                <Button look="primary" icon={Plus} disabled={readOnly} onClick={newBook}>
                  New book
                </Button>
              </>
            }
          />
        </div>
      ) : (
        <OpenBook key={book.id} bookId={book.id} onImport={importing} />
      )}
      <ImportReportDialog report={report} onClose={() => setReport(null)} />
    </>
  );
}

function OpenBook({ bookId, onImport }: { bookId: string; onImport: () => void }) {
  const { view, hasList, hasSide } = useBookState();
  const isFinding = useFind((state) => state.isOpen);
  const isFocused = useWriting((state) => state.isFocused) && view !== 'preview';
  useCommands(BOOK_COMMANDS);
  useLeaveFocus(isFocused);
  const page = (
    <section
      aria-label="Manuscript"
      className={classes(
        'flex h-full min-w-0 flex-col bg-panel',
        isFocused && 'fixed inset-0 z-30 pt-6',
      )}
    >
      {!isFocused && <BookToolbar bookId={bookId} />}
      {view !== 'preview' && !isFocused && <FormatBar />}
      {view === 'write' && <Manuscript bookId={bookId} />}
      {view === 'whole' && <WholeBook bookId={bookId} />}
      {view === 'preview' && <BookPreview bookId={bookId} />}
    </section>
  );
  const list = isFinding ? (
    <FindPanel bookId={bookId} />
  ) : hasList ? (
    <ChapterList bookId={bookId} onImport={onImport} />
  ) : null;
  return (
    <>
      <SplitPane
        name="book.chapters"
        label="chapter list"
        direction="row"
        fixed="first"
        initial={256}
        min={180}
        max={420}
        restMin={360}
        first={list}
        second={
          <SplitPane
            name="book.side"
            label="book panel"
            direction="row"
            fixed="second"
            initial={320}
            min={220}
            max={480}
            restMin={320}
            first={page}
            second={hasSide ? <BookSide bookId={bookId} /> : null}
          />
        }
      />
      <TextQuestions />
      <SpellMenu bookId={bookId} />
      <CurrentHistory bookId={bookId} />
    </>
  );
}

/** Escape leaves the view of nothing but the text, unless something smaller was open. */
function useLeaveFocus(isFocused: boolean): void {
  useEffect(() => {
    if (!isFocused) return;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isOverlaid())
        useWriting.setState({ isFocused: false });
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isFocused]);
}

function useCurrentChapter(bookId: string) {
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const wanted = useBookState((state) => state.chapterId);
  return chapters.find((one) => one.id === wanted) ?? chapters[0];
}

function CurrentHistory({ bookId }: { bookId: string }) {
  const chapter = useCurrentChapter(bookId);
  return chapter === undefined ? null : <ChapterHistory chapter={chapter} />;
}

function Manuscript({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const chapter = useCurrentChapter(bookId);
  if (chapter === undefined) {
    return (
      <EmptyState
        title="No chapters yet"
        text="A book is written in chapters. Add the first and begin."
        actions={
          <Button look="primary" icon={Plus} disabled={readOnly} onClick={() => addChapter(bookId)}>
            Add chapter
          </Button>
        }
      />
    );
  }
  return (
    <PageScroll>
      <ChapterPage key={chapter.id} chapter={chapter} />
    </PageScroll>
  );
}
