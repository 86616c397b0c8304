import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { refuse } from '#core/fault.ts';
import { openFile } from '../host/openFile.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

const withOutput = z.object({ output: z.string() });

export function jobHandlers({ jobs }: Services): HandlersOf<'job'> {
  return {
    'job.list': () => ({ jobs: jobs.list() }),
    'job.cancel': ({ jobId }) => ({ job: jobs.cancel(jobId) }),
    'job.pause': ({ jobId }) => ({ job: jobs.pause(jobId) }),
    'job.resume': ({ jobId }) => ({ job: jobs.resume(jobId) }),
    'job.move': ({ jobId, to }) => ({ job: jobs.move(jobId, to) }),
    'job.retry': ({ jobId }) => ({ job: jobs.retry(jobId) }),
    'job.open': async ({ jobId, how }) => {
      const made = withOutput.safeParse(jobs.find(jobId).result);
      if (!made.success) refuse('job/made-nothing', 'This job has made no file yet.', { jobId });
      const { output } = made.data;
      if (!existsSync(output)) {
        refuse('file/missing', `“${basename(output)}” was moved or removed since it was made.`, {
          path: output,
        });
      }
      if (!(await openFile(output, how))) {
        refuse(
          'job/cannot-open',
          `This computer has nothing to ${how} it with from here. The file is “${output}”.`,
          { path: output },
        );
      }
      return {};
    },
    'job.remove': ({ jobId }) => {
      jobs.remove(jobId);
      return {};
    },
  };
}
