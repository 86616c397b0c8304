import type { Job } from '#core/contract/jobs.ts';
import { Progress } from '../ui/Progress.tsx';
import { remainingText } from '../ui/words.ts';

/** A running export, large. */
export function JobProgress({ job }: { job: Job }) {
  const isQueued = job.state === 'queued';
  return (
    <div className="grid gap-2 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <p className="truncate text-sm">{isQueued ? 'Waiting for its turn' : job.detail}</p>
        <p className="flex-none text-lg font-semibold tabular-nums">
          {Math.floor(job.progress * 100)} %
        </p>
      </div>
      <Progress label={job.title} value={isQueued ? null : job.progress} className="h-1.5" />
      <p className="min-h-4 text-xs text-faint">
        {job.remainingMs !== undefined && remainingText(job.remainingMs)}
      </p>
      <p className="mt-2 text-sm text-muted">
        You can close this window and go on working. The export is listed under jobs.
      </p>
    </div>
  );
}
