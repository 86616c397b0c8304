import { z } from 'zod';
import type { Job } from '#core/contract/jobs.ts';
import { callOrNotify } from '../client/query.ts';
import { isDesktop, showInFolder } from '../client/shell.ts';

const withOutput = z.object({ output: z.string() });

/** The file that a finished job wrote, if it wrote one. */
export function outputOf(job: Job): string | null {
  if (job.state !== 'done') return null;
  const result = withOutput.safeParse(job.result);
  return result.success ? result.data.output : null;
}

/** Opens what a job wrote with the system’s program for it. */
export function openOutput(job: Job): void {
  void callOrNotify('job.open', { jobId: job.id, how: 'open' });
}

/** Shows what a job wrote in the system’s file manager. */
export function showOutput(job: Job): void {
  const output = outputOf(job);
  if (isDesktop && output !== null) showInFolder(output);
  else void callOrNotify('job.open', { jobId: job.id, how: 'show' });
}
