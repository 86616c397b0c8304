import { type ReactNode, useId } from 'react';
import type { Job } from '#core/contract/jobs.ts';
import { isOver } from '../client/jobsStore.ts';
import { callOrNotify } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { JobRow } from './JobRow.tsx';

/** All jobs: exports in the order of their turns, what is made for the media, and what has ended. */
export function JobsPanel({ jobs }: { jobs: readonly Job[] }) {
  const exports = jobs
    .filter((job) => isExport(job) && !isOver(job))
    .sort((one, other) => (one.place ?? 0) - (other.place ?? 0));
  const ended = jobs.filter((job) => isExport(job) && isOver(job));
  const background = jobs.filter((job) => !isExport(job) && job.state !== 'done');
  const last = Math.max(0, ...exports.map((job) => job.place ?? 0));
  const paused = exports.filter((job) => job.state === 'paused');
  const going = exports.filter((job) => job.canPause && job.state !== 'paused');
  const hasLeftOver = exports.some((job) => job.isLeftOver);
  if (exports.length + ended.length + background.length === 0) {
    return (
      <p className="w-80 px-4 py-4 text-sm text-muted">
        Nothing runs. Exports and the pictures and sound curves of new media are listed here.
      </p>
    );
  }
  return (
    <div className="flex max-h-[min(34rem,80dvh)] w-[min(28rem,calc(100dvw-2rem))] flex-col gap-2 overflow-y-auto p-2">
      {exports.length > 0 && (
        <Part
          title="Exports"
          action={
            paused.length > 1 || (hasLeftOver && going.length === 0) ? (
              <Button size="small" look="quiet" onClick={() => void inTurn(paused, 'job.resume')}>
                {paused.length === 1 ? 'Go on' : 'Go on with all'}
              </Button>
            ) : going.length > 1 ? (
              // The last first, so that none begins only to be paused.
              <Button
                size="small"
                look="quiet"
                onClick={() => void inTurn(going.toReversed(), 'job.pause')}
              >
                Pause all
              </Button>
            ) : null
          }
        >
          {hasLeftOver && (
            <p className="px-2 pb-1 text-xs text-muted">
              Inkreel was closed before these were finished. Nothing goes on until you say so.
            </p>
          )}
          {exports.map((job) => (
            <JobRow key={job.id} job={job} isLast={job.place === last} />
          ))}
        </Part>
      )}
      {background.length > 0 && (
        <Part title="For the media">
          {background.map((job) => (
            <JobRow key={job.id} job={job} isLast />
          ))}
        </Part>
      )}
      {ended.length > 0 && (
        <Part
          title="Ended"
          action={
            <Button size="small" look="quiet" onClick={() => void inTurn(ended, 'job.remove')}>
              Clear
            </Button>
          }
        >
          {ended.map((job) => (
            <JobRow key={job.id} job={job} isLast />
          ))}
        </Part>
      )}
    </div>
  );
}

type PartProps = { title: string; action?: ReactNode; children: ReactNode };

function Part({ title, action, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <header className="flex h-7 items-center justify-between gap-2 pl-2">
        <h2 id={id} className="text-xs font-semibold text-muted">
          {title}
        </h2>
        {action}
      </header>
      {children}
    </section>
  );
}

function isExport({ kind }: Job): boolean {
  return kind === 'export' || kind === 'book';
}

async function inTurn(
  jobs: readonly Job[],
  call: 'job.pause' | 'job.resume' | 'job.remove',
): Promise<void> {
  for (const { id } of jobs) await callOrNotify(call, { jobId: id });
}
