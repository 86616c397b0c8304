import { z } from 'zod';
import type { Job } from '#core/contract/jobs.ts';

const withOutput = z.object({ output: z.string() });

/** The file that a finished job wrote, if it wrote one. */
export function outputOf(job: Job): string | null {
  if (job.state !== 'done') return null;
  const result = withOutput.safeParse(job.result);
  return result.success ? result.data.output : null;
}
