import type { Job } from '#core/contract/jobs.ts';
import { notify } from '../client/notices.ts';
import { refresh } from '../client/query.ts';
import { isDesktop, showInFolder } from '../client/shell.ts';
import { useExports } from '../export/exportState.ts';
import { outputOf } from '../export/jobOutput.ts';

/** Says how a job ended, where no dialog shows it already. */
export function tellJobEnd(job: Job): void {
  if (job.kind === 'thumbnails' || job.kind === 'peaks') {
    refresh('media.status');
    return;
  }
  const { open, jobs } = useExports.getState();
  if (open !== null && jobs[open] === job.id) return;
  const output = outputOf(job);
  if (output !== null) {
    notify({
      tone: 'done',
      text: `${job.title}: done.`,
      ...(isDesktop && { action: { label: 'Show in folder', run: () => showInFolder(output) } }),
    });
  } else if (job.state === 'failed') {
    notify({ tone: 'error', text: `${job.title}: ${job.fault?.message ?? 'it failed.'}` });
  }
}
