import type { Job } from '#core/contract/jobs.ts';
import { notify } from '../client/notices.ts';
import { refresh } from '../client/query.ts';
import { showExport, useExports } from '../export/exportState.ts';
import { outputOf, showOutput } from '../export/jobOutput.ts';
import { isSeenInDialog } from '../film/media/importNumbered.ts';
import { plural } from '../ui/words.ts';
import { useJobsPanel } from './jobsPanelState.ts';

/** Says how a job ended, where no dialog shows it already. */
export function tellJobEnd(job: Job): void {
  if (job.kind === 'thumbnails' || job.kind === 'peaks') {
    refresh('media.status');
    return;
  }
  if (job.kind === 'import') {
    refresh('media.status');
    if (isSeenInDialog(job)) return;
  }
  // The form that is open may know of less space now, and of a file that was not there.
  refresh('export.preflight');
  const { open, jobId } = useExports.getState();
  if (open !== null && jobId === job.id) return;
  if (outputOf(job) !== null) {
    notify({
      tone: 'done',
      text: `${job.title}: done.`,
      action: { label: 'Show in folder', run: () => showOutput(job) },
    });
  } else if (job.state === 'failed') {
    notify({
      tone: 'error',
      text: `${job.title}: ${job.fault?.message ?? 'it failed.'}`,
      action: {
        label: 'Look',
        run: () =>
          job.kind === 'import' ? useJobsPanel.setState({ isOpen: true }) : showExport(job),
      },
    });
  }
}

/** Says at the start what was not finished the last time; nothing goes on by itself. */
export function tellLeftOver(jobs: readonly Job[]): void {
  const left = jobs.filter((job) => job.isLeftOver).length;
  if (left === 0) return;
  notify({
    topic: 'left-over',
    text: `${plural(left, 'export')} ${left === 1 ? 'was' : 'were'} not finished when Inkreel was closed.`,
    action: { label: 'Show', run: () => useJobsPanel.setState({ isOpen: true }) },
  });
}
