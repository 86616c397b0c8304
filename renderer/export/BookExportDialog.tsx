import { bookResultSchema } from '#core/contract/books.ts';
import type { Job } from '#core/contract/jobs.ts';
import { bytesText, durationText, plural } from '../ui/words.ts';
import { BookExportForm } from './BookExportForm.tsx';
import { ExportResult } from './ExportResult.tsx';
import { ExportWindow } from './ExportWindow.tsx';
import { useExports } from './exportState.ts';

/** Exports a book for readers, shops and printers. */
export function BookExportDialog() {
  const open = useExports((state) => state.open === 'book');
  return (
    <ExportWindow kind="book" title="Export book" form="plain" result={bookResult}>
      {open && <BookExportForm />}
    </ExportWindow>
  );
}

function bookResult(job: Job) {
  const parsed = bookResultSchema.safeParse(job.result);
  if (!parsed.success) return <p className="text-sm text-muted">The book was written.</p>;
  const { output, pages, words, durationSeconds, sizeBytes, elapsedMs, checks, report } =
    parsed.data;
  const facts = [
    ...(pages === undefined ? [] : [plural(pages, 'page')]),
    plural(words, 'word'),
    ...(durationSeconds === undefined ? [] : [`${durationText(durationSeconds * 1_000)} of sound`]),
    bytesText(sizeBytes),
    `made in ${durationText(elapsedMs)}`,
  ];
  const more = report && {
    title: 'The report stands beside the book',
    lines: [
      report.html,
      report.json,
      'Anyone can run it again with the file: inkreel book verify REPORT.',
    ],
  };
  return <ExportResult output={output} facts={facts} checks={checks} more={more ?? null} />;
}
