import { CircleAlert } from 'lucide-react';
import { useState } from 'react';
import { DEFAULT_TRIM_SIZE, type TrimSize } from '#core/book/print/trims.ts';
import { type BookFormat, isNarrated } from '#core/contract/books.ts';
import type { Book } from '#core/model/entities.ts';
import { bookFacts, shownBook } from '../app/projectFacts.ts';
import { useBookState } from '../book/bookState.ts';
import { NarrationSettings } from '../book/narration/NarrationSettings.tsx';
import { TRIMS } from '../book/trims.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Select } from '../ui/Select.tsx';
import { asFileName, plural } from '../ui/words.ts';
import { BookFormatSettings } from './BookFormatSettings.tsx';
import { optionsForCall, USUAL_FORMAT_OPTIONS } from './bookFormatOptions.ts';
import { ExportTarget } from './ExportTarget.tsx';
import { type Target, targetPath } from './targetPath.ts';
import { closeExport } from './exportState.ts';
import { RadioCards } from './RadioCards.tsx';
import { useExportStart } from './useExportStart.ts';

type FormatChoice = {
  id: BookFormat;
  name: string;
  description: string;
  /** Null for a folder. */
  extension: string | null;
};

const FORMATS: readonly FormatChoice[] = [
  {
    id: 'epub',
    name: 'EPUB',
    description: 'For e-readers and shops. Text flows to fit the screen.',
    extension: 'epub',
  },
  {
    id: 'print',
    name: 'Print PDF',
    description: 'For a printer: pages at trim size, facing margins.',
    extension: 'pdf',
  },
  {
    id: 'cover',
    name: 'Cover PDF',
    description: 'Back, spine and front, as wide as the book has pages.',
    extension: 'pdf',
  },
  {
    id: 'pdf',
    name: 'Screen PDF',
    description: 'To read on a screen: with links and bookmarks.',
    extension: 'pdf',
  },
  {
    id: 'docx',
    name: 'Word manuscript',
    description: 'For editors and agents: double spaced, in the standard manuscript format.',
    extension: 'docx',
  },
  {
    id: 'html',
    name: 'Web page',
    description: 'One file that any browser opens, pictures and notes inside.',
    extension: 'html',
  },
  {
    id: 'md',
    name: 'Markdown',
    description: 'The manuscript as plain text, to go on anywhere.',
    extension: 'md',
  },
  {
    id: 'm4b',
    name: 'Audiobook',
    description: 'Read aloud in one M4B file, with chapters and a cover.',
    extension: 'm4b',
  },
  {
    id: 'mp3-chapters',
    name: 'Audiobook as MP3',
    description: 'A folder with a file for each chapter, as shops ask for.',
    extension: null,
  },
  {
    id: 'epub-read-along',
    name: 'Book with read-along',
    description: 'An EPUB that is read aloud while its sentences light up.',
    extension: 'epub',
  },
];

/** In which format a book is written, and where. */
export function BookExportForm() {
  const wanted = useBookState((state) => state.bookId);
  const book = useProject((project) => shownBook(project, wanted), [wanted]);
  const info = useEngineQuery('app.info', {});
  if (book === undefined) {
    return <EmptyState title="There is no book to export" text="Begin one in the book room." />;
  }
  if (info.isPending) return null;
  const folder = info.data?.exportsDir ?? '';
  return (
    <Form book={book} initial={{ folder, name: asFileName(book.metadata.title), force: false }} />
  );
}

function Form({ book, initial }: { book: Book; initial: Target }) {
  const { projectId, revision } = useOpenProject();
  const facts = useProject((project) => bookFacts(project, book.id), [book]);
  const check = useEngineQuery(
    'book.check',
    { projectId, bookId: book.id, depth: 'text' },
    { of: revision },
  );
  const errors = check.data?.findings.filter((finding) => finding.severity === 'error') ?? [];
  const [format, setFormat] = useState<BookFormat>('epub');
  const [trim, setTrim] = useState<TrimSize>(book.design?.trim ?? DEFAULT_TRIM_SIZE);
  const [options, setOptions] = useState(USUAL_FORMAT_OPTIONS);
  const [target, setTarget] = useState(initial);
  const { fault, exists, isStarting, start, clear } = useExportStart();
  const chosen = FORMATS.find((one) => one.id === format);
  const extension = chosen === undefined ? format : chosen.extension;
  const hasPages =
    ['print', 'pdf', 'cover'].includes(format) || (format === 'epub' && options.pageNumbers);

  const begin = () =>
    void start(async () => {
      flushEdits();
      await projectStore.settled();
      return engine.call('book.export', {
        projectId,
        bookId: book.id,
        format,
        output: targetPath(target, extension),
        force: target.force || exists,
        trim,
        ...optionsForCall(options),
      });
    });

  return (
    <form
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-[17rem_minmax(0,1fr)]">
        <RadioCards
          legend="Format"
          name="format"
          value={format}
          options={FORMATS}
          onChange={(id) => {
            setFormat(id);
            setTarget({ ...target, force: false });
            clear();
          }}
        />
        <div className="flex min-w-0 flex-col gap-4">
          <ExportTarget
            target={target}
            extension={extension}
            title="Export book as"
            onChange={(next) => {
              setTarget(next);
              clear();
            }}
          />
          <BookFormatSettings
            format={format}
            language={book.metadata.language}
            options={options}
            onChange={setOptions}
          />
          {isNarrated(format) && <NarrationSettings book={book} />}
          {hasPages && <Select label="Trim size" value={trim} options={TRIMS} onChange={setTrim} />}
          <p className="text-xs tabular-nums text-faint">{facts}</p>
          {errors.length > 0 && <Objections messages={errors.map((error) => error.message)} />}
          {fault && <FaultMessage fault={fault} />}
        </div>
      </div>
      <div className="sticky -bottom-4 -mb-4 flex justify-end gap-2 bg-panel pt-2 pb-4">
        <Button look="quiet" onClick={closeExport}>
          Cancel
        </Button>
        <Button
          type="submit"
          look={exists ? 'danger' : 'primary'}
          disabled={isStarting || target.name.trim() === ''}
        >
          {exists ? 'Replace the file' : 'Export book'}
        </Button>
      </div>
    </form>
  );
}

/** What would be objected to, before the work is done in vain. */
function Objections({ messages }: { messages: readonly string[] }) {
  return (
    <div className="grid gap-1 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <Icon icon={CircleAlert} className="text-danger" />
        Shops would refuse the book for this
      </p>
      <ul className="grid gap-0.5 pl-6 text-muted">
        {messages.slice(0, 4).map((message) => (
          <li key={message}>{message}</li>
        ))}
        {messages.length > 4 && <li>And {plural(messages.length - 4, 'more', 'more')}.</li>}
      </ul>
    </div>
  );
}
