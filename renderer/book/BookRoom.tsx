import { FileInput, Plus } from 'lucide-react';
import { useState } from 'react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { shownBook } from '../app/projectFacts.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { SplitPane } from '../ui/SplitPane.tsx';
import { BookPreview } from './BookPreview.tsx';
import { BookSide } from './BookSide.tsx';
import { BookToolbar } from './BookToolbar.tsx';
import { useBookState } from './bookState.ts';
import { ChapterList } from './ChapterList.tsx';
import { ChapterPage } from './ChapterPage.tsx';
import { addChapter } from './chapterActions.ts';
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
  const page = (
    <section aria-label="Manuscript" className="flex h-full min-w-0 flex-col bg-panel">
      <BookToolbar bookId={bookId} />
      {view === 'write' ? <Manuscript bookId={bookId} /> : <BookPreview bookId={bookId} />}
    </section>
  );
  return (
    <SplitPane
      name="book.chapters"
      label="chapter list"
      direction="row"
      fixed="first"
      initial={256}
      min={180}
      max={420}
      restMin={360}
      first={hasList ? <ChapterList bookId={bookId} onImport={onImport} /> : null}
      second={
        <SplitPane
          name="book.side"
          label="book panel"
          direction="row"
          fixed="second"
          initial={300}
          min={220}
          max={480}
          restMin={320}
          first={page}
          second={hasSide ? <BookSide bookId={bookId} /> : null}
        />
      }
    />
  );
}

function Manuscript({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const chapters = useProject((project) => chaptersOf(project, bookId), [bookId]);
  const wanted = useBookState((state) => state.chapterId);
  const chapter = chapters.find((one) => one.id === wanted) ?? chapters[0];
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
  return <ChapterPage key={chapter.id} chapter={chapter} />;
}
