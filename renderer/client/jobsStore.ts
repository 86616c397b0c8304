import { create } from 'zustand';
import type { EngineClient } from '#core/contract/contract.ts';
import type { Job } from '#core/contract/jobs.ts';

type JobsState = { jobs: readonly Job[] };

/** Jobs of this run of the engine, newest first. */
export const useJobs = create<JobsState>(() => ({ jobs: [] }));

/** Loads the jobs and follows them; calls `onEnd` for each that ends from now on, and `onLoad` with what was there. */
export function followJobs(
  client: EngineClient,
  { onEnd, onLoad }: { onEnd: (job: Job) => void; onLoad: (jobs: readonly Job[]) => void },
): () => void {
  void loadJobs(client).then(() => onLoad(useJobs.getState().jobs));
  return client.listen((event) => {
    if (event.type === 'job.removed') dropJob(event.jobId);
    if (event.type !== 'job.changed') return;
    const before = useJobs.getState().jobs.find((job) => job.id === event.job.id);
    takeJob(event.job);
    if (isOver(event.job) && !(before && isOver(before))) onEnd(event.job);
  });
}

/** Reads the list anew, for the moment when the engine is reached again. */
export async function loadJobs(client: EngineClient): Promise<void> {
  const answer = await client.call('job.list', {});
  if (answer.ok) useJobs.setState({ jobs: answer.value.jobs });
}

/** Puts a job at its place, or at the head when it is new. */
function takeJob(job: Job): void {
  useJobs.setState(({ jobs }) => ({
    jobs: jobs.some((other) => other.id === job.id)
      ? jobs.map((other) => (other.id === job.id ? job : other))
      : [job, ...jobs],
  }));
}

function dropJob(jobId: string): void {
  useJobs.setState(({ jobs }) => ({ jobs: jobs.filter((job) => job.id !== jobId) }));
}

/** One job, or undefined while it is not known yet. */
export function useJob(id: string | null): Job | undefined {
  return useJobs((state) => state.jobs.find((job) => job.id === id));
}

export function isOver(job: Job): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}
