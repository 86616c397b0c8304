import { ListChecks } from 'lucide-react';
import { isOver, useJobs } from '../client/jobsStore.ts';
import { Popover } from '../ui/Popover.tsx';
import { Icon } from '../ui/Icon.tsx';
import { plural } from '../ui/words.ts';
import { JobRow } from './JobRow.tsx';

/** What runs in the background, with a list to look into. */
export function JobsButton() {
  const jobs = useJobs((state) => state.jobs);
  const running = jobs.filter((job) => !isOver(job));
  // What somebody waits for has a figure of its own; the rest is only counted.
  const awaited = running.find((job) => job.kind === 'export' || job.kind === 'book');
  const shown = awaited ? `${Math.floor(awaited.progress * 100)} %` : String(running.length);
  const count = running.length === 0 ? 'Jobs' : `${plural(running.length, 'job')} running`;
  const label = awaited ? `${count}, ${shown}` : count;
  const list = (
    <div className="flex max-h-[min(28rem,70dvh)] w-88 flex-col overflow-y-auto p-2">
      {jobs.length === 0 ? (
        <p className="px-2 py-3 text-sm text-muted">
          Nothing runs. Exports and the pictures and sound curves of new media are listed here.
        </p>
      ) : (
        jobs.map((job) => <JobRow key={job.id} job={job} />)
      )}
    </div>
  );
  return (
    <Popover label="Jobs" content={list}>
      <button
        type="button"
        aria-label={label}
        title={label}
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-xs text-muted transition-colors duration-120 hover:bg-hover hover:text-strong"
      >
        <Icon icon={ListChecks} />
        {running.length > 0 && <span className="text-right tabular-nums text-strong">{shown}</span>}
      </button>
    </Popover>
  );
}
