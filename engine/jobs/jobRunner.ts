import { randomUUID } from 'node:crypto';
import type { Job } from '#core/contract/jobs.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { Cancelled } from '../process/run.ts';

/** What a job is given while it runs. */
export type JobContext = {
  signal: AbortSignal;
  /** `share` from 0 to 1; `detail` says what is happening now. */
  report: (share: number, detail?: string) => void;
};

export type JobRequest = Pick<Job, 'kind' | 'title'> & {
  projectId?: string;
  assetId?: string;
  /** Jobs of one lane run one after the other; lanes run side by side. */
  lane: 'export' | 'background' | 'book';
  work: (context: JobContext) => Promise<unknown>;
};

const REPORT_EVERY_MS = 100;
const KEPT_JOBS = 200;

/** Runs long work: queued by lane, reported, cancellable. */
export class JobRunner {
  readonly #jobs = new Map<string, Job>();
  readonly #controllers = new Map<string, AbortController>();
  readonly #lanes = new Map<string, Promise<void>>();
  readonly #ended = new Map<string, Promise<Job>>();
  readonly #onChange: (job: Job) => void;

  constructor(onChange: (job: Job) => void) {
    this.#onChange = onChange;
  }

  start({ lane, work, ...description }: JobRequest): Job {
    const job: Job = { ...description, id: randomUUID(), state: 'queued', progress: 0, detail: '' };
    const controller = new AbortController();
    this.#controllers.set(job.id, controller);
    this.#forgetOld();
    this.#update(job);
    const before = this.#lanes.get(lane) ?? Promise.resolve();
    const ended = before.then(() => this.#run(job.id, controller, work));
    this.#ended.set(job.id, ended);
    this.#lanes.set(
      lane,
      ended.then(() => undefined),
    );
    return job;
  }

  list(): Job[] {
    return [...this.#jobs.values()].reverse();
  }

  /** Resolves when the job has ended, whatever its end. */
  async end(jobId: string): Promise<Job> {
    return (await this.#ended.get(jobId)) ?? this.#need(jobId);
  }

  cancel(jobId: string): Job {
    const job = this.#need(jobId);
    this.#controllers.get(jobId)?.abort();
    if (job.state === 'queued')
      return this.#update({ ...job, state: 'cancelled', endedAtMs: Date.now() });
    return job;
  }

  /** Cancels everything and waits until it has stopped. */
  async close(): Promise<void> {
    for (const controller of this.#controllers.values()) controller.abort();
    await Promise.all(this.#ended.values());
  }

  async #run(id: string, controller: AbortController, work: JobRequest['work']): Promise<Job> {
    const { signal } = controller;
    if (signal.aborted) return this.#need(id);
    const startedAtMs = Date.now();
    this.#update({ ...this.#need(id), state: 'running', startedAtMs });
    let reportedAtMs = 0;
    const report = (share: number, detail?: string) => {
      const now = Date.now();
      const progress = Math.max(0, Math.min(1, share));
      const job = this.#need(id);
      const elapsed = now - startedAtMs;
      const next: Job = {
        ...job,
        progress,
        detail: detail ?? job.detail,
        ...(progress > 0.02 && elapsed > 1_000
          ? { remainingMs: Math.round((elapsed / progress) * (1 - progress)) }
          : {}),
      };
      if (now - reportedAtMs < REPORT_EVERY_MS) {
        this.#jobs.set(id, next);
        return;
      }
      reportedAtMs = now;
      this.#update(next);
    };
    try {
      const result = await work({ signal, report });
      return this.#finish(id, { state: 'done', progress: 1, detail: '', result });
    } catch (error) {
      if (signal.aborted || error instanceof Cancelled)
        return this.#finish(id, { state: 'cancelled', detail: '' });
      const fault =
        error instanceof Refusal
          ? error.fault
          : {
              code: 'job/failed',
              message: 'Something unexpected went wrong. What was there before is unchanged.',
              details: { reason: String(error) },
            };
      return this.#finish(id, { state: 'failed', detail: '', fault });
    } finally {
      this.#controllers.delete(id);
    }
  }

  #finish(id: string, end: Partial<Job>): Job {
    const { remainingMs: _, ...job } = this.#need(id);
    return this.#update({ ...job, ...end, endedAtMs: Date.now() });
  }

  #update(job: Job): Job {
    this.#jobs.set(job.id, job);
    this.#onChange(job);
    return job;
  }

  #need(jobId: string): Job {
    return (
      this.#jobs.get(jobId) ?? refuse('job/no-such-job', 'That job is no longer known.', { jobId })
    );
  }

  #forgetOld(): void {
    for (const job of this.#jobs.values()) {
      if (this.#jobs.size < KEPT_JOBS) return;
      if (job.endedAtMs === undefined) continue;
      this.#jobs.delete(job.id);
      this.#ended.delete(job.id);
    }
  }
}
