import { Worker } from 'node:worker_threads';
import { composingStopped, isOutOfMemory } from './composingStopped.ts';
import type { DrawOrder } from './drawWorker.ts';

type Waiting = { order: DrawOrder; resolve: () => void; reject: (error: unknown) => void };
type Thread = { worker: Worker; busyWith: Waiting | null };

/** Threads that draw frames, each one at a time; what is more waits for its turn. */
export class DrawThreads {
  readonly #threads: Thread[];
  readonly #waiting: Waiting[] = [];
  #failure: Error | null = null;
  #isClosed = false;

  constructor(count: number) {
    this.#threads = Array.from({ length: count }, () => this.#start());
  }

  /** Draws a frame on its canvas. Refuses `export/composing-stopped` when a thread ends before it is told to. */
  draw(order: DrawOrder): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ order, resolve, reject });
      this.#handOut();
    });
  }

  /** Ends all threads, whatever they do. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #start(): Thread {
    const worker = new Worker(new URL('./drawWorker.ts', import.meta.url));
    const thread: Thread = { worker, busyWith: null };
    worker.on('message', () => {
      const { busyWith } = thread;
      thread.busyWith = null;
      busyWith?.resolve();
      this.#handOut();
    });
    worker.on('error', (error) =>
      this.#fail(isOutOfMemory(error) ? composingStopped(error) : error),
    );
    worker.on('exit', (code) =>
      this.#fail(composingStopped(`A drawing thread ended with ${code}`)),
    );
    return thread;
  }

  #handOut(): void {
    if (this.#failure !== null) {
      for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
      return;
    }
    for (const thread of this.#threads) {
      if (thread.busyWith !== null) continue;
      const next = this.#waiting.shift();
      if (next === undefined) return;
      thread.busyWith = next;
      thread.worker.postMessage(next.order);
    }
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#failure ??= error instanceof Error ? error : new Error(String(error));
    for (const { busyWith } of this.#threads) busyWith?.reject(this.#failure);
    this.#handOut();
  }
}
