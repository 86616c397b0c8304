import { randomUUID } from 'node:crypto';
import type { ExportProgress, Job } from '#core/contract/jobs.ts';
import { refuse } from '#core/fault.ts';
import { Cancelled } from '../process/run.ts';
import { faultOf, isOver, keptOf } from './jobEnds.ts';
import { TimeLeft } from './timeLeft.ts';

/** What a job is given while it runs. */
export type JobContext = {
  signal: AbortSignal;
  /** `share` from 0 to 1; `detail` says what is happening now; `frames` counts, for an export. */
  report: (share: number, detail?: string, frames?: ExportProgress) => void;
};

type Work = (context: JobContext) => Promise<unknown>;

type JobDescription = Pick<Job, 'kind' | 'title'> & {
  projectId?: string;
  assetId?: string;
  /** Where the file will stand. */
  output?: string;
  /** Jobs of one lane run one after the other; lanes run side by side. */
  lane: 'export' | 'background' | 'book' | 'narration' | 'import';
};

export type JobRequest = JobDescription & {
  work: Work;
  /** For work that uses again what it finished before it was stopped. */
  canPause?: boolean;
  /** Finds anew what the work needs, for a retry; without it a retry is the same work once more. */
  renew?: () => Promise<Work>;
};

/** A job of an earlier run of the engine; what its work needs is found when it goes on. */
export type LeftOverJob = JobDescription & {
  id: string;
  progress: number;
  renew: () => Promise<Work>;
};

type Entry = {
  job: Job;
  lane: JobDescription['lane'];
  /** Null until it is found anew. */
  work: Work | null;
  renew: (() => Promise<Work>) | undefined;
  controller: AbortController;
  /** What becomes of a running job that was asked to stop. */
  stop: 'no' | 'cancel' | 'pause' | 'start-again';
  running: Promise<void> | null;
  onOver: ((job: Job) => void)[];
};

const REPORT_EVERY_MS = 100;
const KEPT_JOBS = 200;

/** Runs long work: queued by lane, reported, cancellable; in an order that can be changed. */
export class JobRunner {
  readonly #entries = new Map<string, Entry>();
  /** Jobs of each lane that are not over, in the order of their turns. */
  readonly #turns = new Map<string, string[]>();
  readonly #onChange: (job: Job) => void;
  readonly #onRemove: (jobId: string) => void;
  #isClosing = false;

  constructor(onChange: (job: Job) => void, onRemove: (jobId: string) => void = () => undefined) {
    this.#onChange = onChange;
    this.#onRemove = onRemove;
  }

  start(request: JobRequest): Job {
    const { lane, work, renew, canPause = false, ...description } = request;
    const state = 'queued';
    const fresh = { ...description, id: randomUUID(), detail: '', canPause, isLeftOver: false };
    return this.#take({ ...fresh, state, progress: 0 }, { lane, work, renew });
  }

  /** Takes in a job of an earlier run; it is paused until somebody resumes it. */
  adopt({ lane, renew, ...description }: LeftOverJob): Job {
    const kept = { ...description, detail: '', canPause: true, isLeftOver: true };
    return this.#take({ ...kept, state: 'paused' }, { lane, work: null, renew });
  }

  /** Newest first. */
  list(): Job[] {
    return [...this.#entries.values()].map(({ job }) => job).reverse();
  }

  /** Refuses `job/no-such-job`. */
  find(jobId: string): Job {
    return this.#need(jobId).job;
  }

  /** Jobs of a lane that are not over, in the order of their turns. */
  turns(lane: JobDescription['lane']): Job[] {
    return (this.#turns.get(lane) ?? []).map((id) => this.#need(id).job);
  }

  /** Resolves when the job has ended, whatever its end. */
  end(jobId: string): Promise<Job> {
    const entry = this.#need(jobId);
    if (isOver(entry.job)) return Promise.resolve(entry.job);
    return new Promise((resolve) => entry.onOver.push(resolve));
  }

  cancel(jobId: string): Job {
    const entry = this.#need(jobId);
    if (isOver(entry.job)) return entry.job;
    if (entry.job.state === 'running') {
      entry.stop = 'cancel';
      entry.controller.abort();
      return entry.job;
    }
    return this.#over(entry, { state: 'cancelled' });
  }

  /** Refuses `job/cannot-pause` for work that would begin anew, and for what has ended. */
  pause(jobId: string): Job {
    const entry = this.#need(jobId);
    const { state, title } = entry.job;
    if (state === 'paused') return entry.job;
    if (isOver(entry.job) || !entry.job.canPause)
      refuse('job/cannot-pause', `“${title}” cannot be paused. It can only be cancelled.`, {
        jobId,
      });
    if (state === 'running') {
      if (entry.stop === 'cancel') return entry.job;
      entry.stop = 'pause';
      entry.controller.abort();
      return this.#update(entry, { detail: 'Pausing' });
    }
    return this.#update(entry, { state: 'paused' });
  }

  /** Refuses `job/not-paused`. */
  resume(jobId: string): Job {
    const entry = this.#need(jobId);
    if (entry.stop === 'pause') {
      // It has not stopped yet; it begins again as soon as it has.
      entry.stop = 'start-again';
      return entry.job;
    }
    if (entry.job.state !== 'paused')
      refuse('job/not-paused', `“${entry.job.title}” is not paused.`, { jobId });
    const job = this.#update(entry, { state: 'queued', isLeftOver: false });
    this.#pump(entry.lane);
    return this.#entries.get(jobId)?.job ?? job;
  }

  /** Refuses `job/not-waiting` for a job that runs or has ended. */
  move(jobId: string, to: 'earlier' | 'later' | 'first' | 'last'): Job {
    const entry = this.#need(jobId);
    const turns = this.#turnsOf(entry.lane);
    // One that is being paused will wait as well, so it has its place among them already.
    const waiting = turns.filter((id) => {
      const { job, stop } = this.#need(id);
      return job.state !== 'running' || stop === 'pause';
    });
    const from = waiting.indexOf(jobId);
    if (from < 0)
      refuse('job/not-waiting', `“${entry.job.title}” does not wait for its turn any more.`, {
        jobId,
      });
    const last = waiting.length - 1;
    const places = { earlier: from - 1, later: from + 1, first: 0, last };
    waiting.splice(from, 1);
    waiting.splice(Math.max(0, Math.min(last, places[to])), 0, jobId);
    const running = turns.filter((id) => !waiting.includes(id));
    this.#turns.set(entry.lane, [...running, ...waiting]);
    this.#renumber(entry.lane);
    return entry.job;
  }

  /** Refuses `job/cannot-retry` for a job that did not fail and was not cancelled. */
  retry(jobId: string): Job {
    const entry = this.#need(jobId);
    const { state, title } = entry.job;
    if (state !== 'failed' && state !== 'cancelled')
      refuse('job/cannot-retry', `“${title}” neither failed nor was cancelled.`, { jobId });
    if (entry.renew) entry.work = null;
    const { fault: _fault, endedAtMs: _end, startedAtMs: _start, frames: _, ...job } = entry.job;
    entry.job = { ...job, state: 'queued', progress: 0, isLeftOver: false };
    this.#turnsOf(entry.lane).push(jobId);
    this.#renumber(entry.lane);
    this.#update(entry, {});
    this.#pump(entry.lane);
    return entry.job;
  }

  /** Refuses `job/not-over`. */
  remove(jobId: string): void {
    const entry = this.#need(jobId);
    if (!isOver(entry.job))
      refuse('job/not-over', `“${entry.job.title}” has not ended. Cancel it first.`, { jobId });
    this.#entries.delete(jobId);
    this.#onRemove(jobId);
  }

  /** Cancels everything and waits until it has stopped. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const entries = [...this.#entries.values()].filter(({ job }) => !isOver(job));
    for (const entry of entries) {
      entry.stop = 'cancel';
      entry.controller.abort();
    }
    for (const entry of entries) await entry.running;
    for (const entry of entries) if (!isOver(entry.job)) this.#over(entry, { state: 'cancelled' });
  }

  #take(job: Job, { lane, work, renew }: Pick<Entry, 'lane' | 'work' | 'renew'>): Job {
    this.#forgetOld();
    const controller = new AbortController();
    const entry: Entry = {
      job,
      lane,
      work,
      renew,
      controller,
      stop: 'no',
      running: null,
      onOver: [],
    };
    this.#entries.set(job.id, entry);
    this.#turnsOf(lane).push(job.id);
    this.#renumber(lane);
    this.#update(entry, {});
    const taken = entry.job;
    this.#pump(lane);
    return taken;
  }

  /** Gives the lane to the next in turn, when it is free. */
  #pump(lane: JobDescription['lane']): void {
    const turns = this.#turnsOf(lane).map((id) => this.#need(id));
    if (this.#isClosing || turns.some((entry) => entry.running !== null)) return;
    const next = turns.find((entry) => entry.job.state === 'queued');
    if (next === undefined) return;
    // What was started is told before it begins, so a caller never hears of a job's end before its id.
    next.running = Promise.resolve()
      .then(() => this.#run(next))
      .finally(() => {
        next.running = null;
        this.#pump(lane);
      });
  }

  async #run(entry: Entry): Promise<void> {
    if (entry.job.state !== 'queued' || this.#isClosing) return;
    entry.controller = new AbortController();
    entry.stop = 'no';
    const { signal } = entry.controller;
    const { place: _place, ...job } = entry.job;
    entry.job = { ...job, startedAtMs: Date.now() };
    this.#update(entry, { state: 'running' });
    this.#renumber(entry.lane);
    try {
      entry.work ??= entry.renew ? await entry.renew() : null;
      if (entry.work === null) throw new Error('The job has no work.');
      const result = await entry.work({ signal, report: this.#reporter(entry) });
      this.#over(entry, { state: 'done', progress: 1, result });
    } catch (error) {
      if (signal.aborted || error instanceof Cancelled) this.#stopped(entry);
      else this.#over(entry, { state: 'failed', fault: faultOf(error) });
    }
  }

  #stopped(entry: Entry): void {
    if (entry.stop !== 'pause' && entry.stop !== 'start-again') {
      this.#over(entry, { state: 'cancelled' });
      return;
    }
    const state = entry.stop === 'pause' ? 'paused' : 'queued';
    entry.stop = 'no';
    const { remainingMs: _, frames, ...job } = entry.job;
    entry.job = { ...job, detail: '', ...(frames && keptOf(frames, job.progress)) };
    this.#update(entry, { state });
    this.#renumber(entry.lane);
  }

  #reporter(entry: Entry): JobContext['report'] {
    const timeLeft = new TimeLeft();
    let reportedAtMs = 0;
    return (share, detail, frames) => {
      if (entry.job.state !== 'running') return;
      const now = performance.now();
      const progress = Math.max(0, Math.min(1, share));
      const remainingMs = timeLeft.note(progress, now);
      const { remainingMs: _, ...job } = entry.job;
      entry.job = {
        ...job,
        progress,
        detail: entry.stop === 'no' ? (detail ?? job.detail) : job.detail,
        ...(frames !== undefined && { frames }),
        ...(remainingMs !== undefined && { remainingMs }),
      };
      if (now - reportedAtMs < REPORT_EVERY_MS) return;
      reportedAtMs = now;
      this.#onChange(entry.job);
    };
  }

  #over(entry: Entry, end: Partial<Job>): Job {
    const { remainingMs: _, place: _place, ...job } = entry.job;
    entry.job = { ...job, detail: '' };
    entry.stop = 'no';
    const turns = this.#turnsOf(entry.lane);
    this.#turns.set(
      entry.lane,
      turns.filter((id) => id !== job.id),
    );
    const ended = this.#update(entry, { ...end, endedAtMs: Date.now(), isLeftOver: false });
    this.#renumber(entry.lane);
    for (const resolve of entry.onOver.splice(0)) resolve(ended);
    return ended;
  }

  /** Tells the jobs of a lane their places, where these are others than before. */
  #renumber(lane: JobDescription['lane']): void {
    let place = 0;
    for (const id of this.#turnsOf(lane)) {
      const entry = this.#need(id);
      if (entry.job.state === 'running') continue;
      place += 1;
      if (entry.job.place !== place) this.#update(entry, { place });
    }
  }

  #turnsOf(lane: JobDescription['lane']): string[] {
    const turns = this.#turns.get(lane) ?? [];
    this.#turns.set(lane, turns);
    return turns;
  }

  #update(entry: Entry, change: Partial<Job>): Job {
    entry.job = { ...entry.job, ...change };
    this.#onChange(entry.job);
    return entry.job;
  }

  #need(jobId: string): Entry {
    return (
      this.#entries.get(jobId) ??
      refuse('job/no-such-job', 'That job is no longer known.', { jobId })
    );
  }

  #forgetOld(): void {
    for (const { job } of this.#entries.values()) {
      if (this.#entries.size < KEPT_JOBS) return;
      if (isOver(job)) this.#entries.delete(job.id);
    }
  }
}
