import { ListChecks } from 'lucide-react';
import { isOver, useJobs } from '../client/jobsStore.ts';
import { Icon } from '../ui/Icon.tsx';
import { Popover } from '../ui/Popover.tsx';
import { plural } from '../ui/words.ts';
import { useJobsPanel } from './jobsPanelState.ts';
import { JobsPanel } from './JobsPanel.tsx';

/** What runs in the background, with a list to look into. */
export function JobsButton() {
  const jobs = useJobs((state) => state.jobs);
  const isOpen = useJobsPanel((state) => state.isOpen);
  const going = jobs.filter((job) => !isOver(job) && job.state !== 'paused');
  // What somebody waits for has a figure of its own; the rest is only counted.
  const awaited = going.find(
    ({ kind, state }) =>
      (kind === 'export' || kind === 'book' || kind === 'import') && state === 'running',
  );
  const shown = awaited ? `${Math.floor(awaited.progress * 100)} %` : String(going.length);
  const count = going.length === 0 ? 'Jobs' : `${plural(going.length, 'job')} running`;
  const paused = jobs.filter((job) => job.state === 'paused').length;
  const label = [
    awaited ? `${count}, ${shown}` : count,
    ...(paused > 0 ? [`${paused} paused`] : []),
  ].join(', ');
  return (
    <Popover
      label="Jobs"
      content={<JobsPanel jobs={jobs} />}
      open={isOpen}
      onOpenChange={(next) => useJobsPanel.setState({ isOpen: next })}
    >
      <button
        type="button"
        aria-label={label}
        title={label}
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-xs text-muted transition-colors duration-120 hover:bg-hover hover:text-strong"
      >
        <Icon icon={ListChecks} />
        {going.length > 0 && <span className="text-right tabular-nums text-strong">{shown}</span>}
        {going.length === 0 && paused > 0 && <span className="text-strong">{paused} paused</span>}
      </button>
    </Popover>
  );
}
