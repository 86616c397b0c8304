import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

export function jobHandlers({ jobs }: Services): HandlersOf<'job'> {
  return {
    'job.list': () => ({ jobs: jobs.list() }),
    'job.cancel': ({ jobId }) => ({ job: jobs.cancel(jobId) }),
  };
}
