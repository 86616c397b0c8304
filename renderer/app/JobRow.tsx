import { CircleAlert, CircleCheck, CircleSlash, FolderOpen, X } from 'lucide-react';
import type { Job } from '#core/contract/jobs.ts';
import { isOver } from '../client/jobsStore.ts';
import { callOrNotify } from '../client/query.ts';
import { isDesktop, showInFolder } from '../client/shell.ts';
import { outputOf } from '../export/jobOutput.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Progress } from '../ui/Progress.tsx';
import { durationText, remainingText } from '../ui/words.ts';

/** One job: how far it is, or how it ended. */
export function JobRow({ job }: { job: Job }) {
  const output = outputOf(job);
  return (
    <article aria-label={job.title} className="grid gap-1 rounded-md px-2 py-2">
      <div className="flex items-center gap-2">
        <JobMark job={job} />
        <h3 className="grow truncate text-sm">{job.title}</h3>
        {!isOver(job) && (
          <IconButton
            icon={X}
            label="Cancel"
            size="small"
            onClick={() => void callOrNotify('job.cancel', { jobId: job.id })}
          />
        )}
        {output !== null && isDesktop && (
          <IconButton
            icon={FolderOpen}
            label="Show in folder"
            size="small"
            onClick={() => showInFolder(output)}
          />
        )}
      </div>
      {!isOver(job) && (
        <Progress label={job.title} value={job.state === 'queued' ? null : job.progress} />
      )}
      <p data-selectable className="text-xs wrap-anywhere text-faint">
        {jobWords(job, output)}
      </p>
    </article>
  );
}

function JobMark({ job }: { job: Job }) {
  if (job.state === 'done') return <Icon icon={CircleCheck} className="text-done" />;
  if (job.state === 'failed') return <Icon icon={CircleAlert} className="text-danger" />;
  if (job.state === 'cancelled') return <Icon icon={CircleSlash} className="text-faint" />;
  return null;
}

/** How a job is doing, in a line. */
function jobWords(job: Job, output: string | null): string {
  if (job.state === 'queued') return 'Waiting for its turn';
  if (job.state === 'failed') return job.fault?.message ?? 'It failed.';
  if (job.state === 'cancelled') return 'Cancelled';
  if (job.state === 'done') {
    if (output !== null) return output;
    const took = (job.endedAtMs ?? 0) - (job.startedAtMs ?? 0);
    return took > 0 ? `Done in ${durationText(took)}` : 'Done';
  }
  const left = job.remainingMs === undefined ? '' : remainingText(job.remainingMs);
  return [job.detail, left].filter((part) => part !== '').join(' · ');
}
