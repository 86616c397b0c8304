import {
  ArrowDown,
  ArrowUp,
  ArrowUpToLine,
  CircleAlert,
  CircleCheck,
  CirclePause,
  CircleSlash,
  FolderOpen,
  Pause,
  Play,
  RotateCcw,
  X,
} from 'lucide-react';
import type { Job } from '#core/contract/jobs.ts';
import { isOver } from '../client/jobsStore.ts';
import { callOrNotify } from '../client/query.ts';
import { showExport } from '../export/exportState.ts';
import { openOutput, outputOf, showOutput } from '../export/jobOutput.ts';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Progress } from '../ui/Progress.tsx';
import { durationText, remainingText } from '../ui/words.ts';
import { useJobsPanel } from './jobsPanelState.ts';

type JobRowProps = {
  job: Job;
  /** Whether no other waits after it. */
  isLast: boolean;
};

/** One job: how far it is, or how it ended, and what can be done about it. */
export function JobRow({ job, isLast }: JobRowProps) {
  const output = outputOf(job);
  const isExport = job.kind === 'export' || job.kind === 'book';
  return (
    <article aria-label={job.title} className="grid gap-1 rounded-md px-2 py-1.5 hover:bg-hover">
      <div className="flex min-h-6 items-center gap-1">
        <JobMark job={job} />
        <h3 className="min-w-0 grow truncate text-sm">
          {isExport ? (
            <button
              type="button"
              className="max-w-full truncate rounded-sm text-left underline-offset-2 hover:underline"
              onClick={() => {
                useJobsPanel.setState({ isOpen: false });
                showExport(job);
              }}
            >
              {job.title}
            </button>
          ) : (
            job.title
          )}
        </h3>
        {isOver(job) ? <EndedActions job={job} /> : <GoingActions job={job} isLast={isLast} />}
      </div>
      {job.state === 'running' && <Progress label={job.title} value={job.progress} />}
      {job.state === 'paused' && job.progress > 0 && (
        <Progress label={job.title} value={job.progress} className="opacity-50" />
      )}
      <p data-selectable className="text-xs wrap-anywhere text-faint tabular-nums">
        {jobWords(job, output)}
      </p>
    </article>
  );
}

/** Moving up and down, pausing, stopping: each where it means something. */
function GoingActions({ job, isLast }: JobRowProps) {
  const { id: jobId, state, place = 1, canPause, kind } = job;
  const isWaiting = kind === 'export' && state !== 'running';
  const act = (call: 'job.pause' | 'job.resume' | 'job.cancel') =>
    void callOrNotify(call, { jobId });
  const move = (to: 'first' | 'earlier' | 'later') => void callOrNotify('job.move', { jobId, to });
  return (
    <>
      {isWaiting && place > 2 && (
        <Action icon={ArrowUpToLine} label="Make first" run={() => move('first')} />
      )}
      {isWaiting && place > 1 && (
        <Action icon={ArrowUp} label="Move up" run={() => move('earlier')} />
      )}
      {isWaiting && !isLast && (
        <Action icon={ArrowDown} label="Move down" run={() => move('later')} />
      )}
      {state === 'paused' && <Action icon={Play} label="Go on" run={() => act('job.resume')} />}
      {canPause && state !== 'paused' && (
        <Action icon={Pause} label="Pause" run={() => act('job.pause')} />
      )}
      <Action icon={X} label="Cancel" run={() => act('job.cancel')} />
    </>
  );
}

function EndedActions({ job }: { job: Job }) {
  const { id: jobId, state } = job;
  return (
    <>
      {outputOf(job) !== null && (
        <>
          <Action icon={Play} label="Open" run={() => openOutput(job)} />
          <Action icon={FolderOpen} label="Show in folder" run={() => showOutput(job)} />
        </>
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <Action
          icon={RotateCcw}
          label="Try again"
          run={() => void callOrNotify('job.retry', { jobId })}
        />
      )}
      <Action
        icon={X}
        label="Remove from the list"
        run={() => void callOrNotify('job.remove', { jobId })}
      />
    </>
  );
}

type ActionProps = { icon: typeof X; label: string; run: () => void };

function Action({ icon, label, run }: ActionProps) {
  return <IconButton icon={icon} label={label} size="small" onClick={run} />;
}

function JobMark({ job }: { job: Job }) {
  const look = 'mr-1 flex-none';
  if (job.state === 'done') return <Icon icon={CircleCheck} className={`${look} text-done`} />;
  if (job.state === 'failed') return <Icon icon={CircleAlert} className={`${look} text-danger`} />;
  if (job.state === 'cancelled')
    return <Icon icon={CircleSlash} className={`${look} text-faint`} />;
  if (job.state === 'paused') return <Icon icon={CirclePause} className={`${look} text-muted`} />;
  return null;
}

/** How a job is doing, in a line. */
function jobWords(job: Job, output: string | null): string {
  const percent = `${Math.floor(job.progress * 100)} %`;
  switch (job.state) {
    case 'queued':
      return job.place === undefined || job.place === 1
        ? 'Next in turn'
        : `Number ${job.place} in turn`;
    case 'paused':
      return job.progress > 0 ? `Paused at ${percent}` : 'Paused';
    case 'failed':
      return job.fault?.message ?? 'It failed.';
    case 'cancelled':
      return 'Cancelled';
    case 'done': {
      if (output !== null) return output;
      const took = (job.endedAtMs ?? 0) - (job.startedAtMs ?? 0);
      return took > 0 ? `Done in ${durationText(took)}` : 'Done';
    }
    case 'running': {
      const left = job.remainingMs === undefined ? '' : remainingText(job.remainingMs);
      // Sound alone has no frames to count.
      const detail = job.frames?.framesTotal === 0 && /^Frame/.test(job.detail) ? '' : job.detail;
      return [percent, detail, left].filter((part) => part !== '').join(' · ');
    }
  }
}
