import { type FilmResult, filmResultSchema } from '#core/contract/films.ts';
import type { Job } from '#core/contract/jobs.ts';
import { bytesText, countText, durationText, plural } from '../ui/words.ts';
import { ExportResult } from './ExportResult.tsx';
import { ExportWindow } from './ExportWindow.tsx';
import { useExports } from './exportState.ts';
import { FilmExportForm } from './FilmExportForm.tsx';

/** Exports the timeline as a film. */
export function FilmExportDialog() {
  const open = useExports((state) => state.open === 'film');
  return (
    <ExportWindow kind="film" title="Export film" form="wide" result={filmResult}>
      {open && <FilmExportForm />}
    </ExportWindow>
  );
}

function filmResult(job: Job) {
  const parsed = filmResultSchema.safeParse(job.result);
  if (!parsed.success) return <p className="text-sm text-muted">The film was written.</p>;
  const { output, frames, sizeBytes, elapsedMs, checks } = parsed.data;
  const facts = [
    plural(frames, 'frame'),
    bytesText(sizeBytes),
    `made in ${durationText(elapsedMs)}`,
  ];
  return <ExportResult output={output} facts={facts} checks={checks} more={howMade(parsed.data)} />;
}

/** How many frames were copied, used again and made, and why those that were made were not copied. */
function howMade({ frames, spans }: FilmResult) {
  const count = (wanted: (span: FilmResult['spans'][number]) => boolean) =>
    spans.filter(wanted).reduce((sum, span) => sum + span.endFrame - span.startFrame, 0);
  const copied = count((span) => span.kind === 'copy');
  const cached = count((span) => span.kind !== 'copy' && span.cached);
  const made = frames - copied - cached;
  const reasons = new Map<string, number>();
  for (const { kind, why, startFrame, endFrame } of spans) {
    if (kind === 'copy' || why === undefined) continue;
    reasons.set(why, (reasons.get(why) ?? 0) + endFrame - startFrame);
  }
  const lines = [
    ...(copied > 0
      ? [`${plural(copied, 'frame')} copied from the sources, without any loss.`]
      : []),
    ...(cached > 0 ? [`${plural(cached, 'frame')} used again from an earlier export.`] : []),
    ...(made > 0 ? [`${plural(made, 'frame')} made now.`] : []),
    ...[...reasons]
      .sort(([, one], [, other]) => other - one)
      .map(([why, number]) => `Not copied, ${plural(number, 'frame')}: ${why}`),
  ];
  return { title: `How it was made: ${shareWords({ copied, cached, made })}`, lines };
}

function shareWords(parts: { copied: number; cached: number; made: number }): string {
  const { copied, cached, made } = parts;
  return [
    ...(copied > 0 ? [`${countText(copied)} copied`] : []),
    ...(cached > 0 ? [`${countText(cached)} used again`] : []),
    ...(made > 0 ? [`${countText(made)} made`] : []),
  ].join(', ');
}
