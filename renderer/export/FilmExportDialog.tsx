import type { Job } from '#core/contract/jobs.ts';
import { filmResultSchema } from '#core/contract/films.ts';
import { bytesText, durationText, plural } from '../ui/words.ts';
import { ExportResult } from './ExportResult.tsx';
import { ExportWindow } from './ExportWindow.tsx';
import { useExports } from './exportState.ts';
import { FilmExportForm } from './FilmExportForm.tsx';

/** Exports the timeline as a film. */
export function FilmExportDialog() {
  const open = useExports((state) => state.open === 'film');
  return (
    <ExportWindow kind="film" title="Export film" result={filmResult}>
      {open && <FilmExportForm />}
    </ExportWindow>
  );
}

function filmResult(job: Job) {
  const parsed = filmResultSchema.safeParse(job.result);
  if (!parsed.success) return <p className="text-sm text-muted">The film was written.</p>;
  const { output, frames, spans, sizeBytes, elapsedMs, checks } = parsed.data;
  const copied = spans
    .filter((span) => span.kind === 'copy')
    .reduce((sum, span) => sum + span.endFrame - span.startFrame, 0);
  const facts = [
    plural(frames, 'frame'),
    bytesText(sizeBytes),
    `made in ${durationText(elapsedMs)}`,
    ...(copied > 0 ? [`${plural(copied, 'frame')} copied without loss`] : []),
  ];
  return <ExportResult output={output} facts={facts} checks={checks} />;
}
