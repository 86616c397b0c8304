import { Worker } from 'node:worker_threads';
import { Refusal } from '#core/fault.ts';
import { Cancelled } from '../../process/run.ts';
import { composingStopped } from './composingStopped.ts';
import type { ComposeCall, ComposeNews, ComposeOrder } from './composeWorker.ts';

/** The programs that read pictures are killed after three seconds; then the thread has no reason to stay. */
const LONGEST_END_MS = 5_000;

/**
 * Composes frames in threads of their own while others are encoded: pixels in rows of red, green, blue and alpha, good
 * until the next are asked for, in order, and the same for any number of threads. No thread is left when this ends.
 * Refuses `export/picture-failed` and `export/composing-stopped`; aborting rejects with `Cancelled`.
 */
export async function* composeInThreads(
  order: ComposeOrder,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  if (signal.aborted) throw new Cancelled();
  const thread = new ComposeThread(order);
  const stop = () => thread.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (let news = await thread.next(); news.kind !== 'done'; news = await thread.next()) {
      if (news.kind === 'refused') throw new Refusal(news.fault);
      if (news.kind === 'failed') throw news.error;
      yield news.data;
      thread.call({ kind: 'release', canvas: news.canvas });
    }
  } catch (error) {
    throw signal.aborted ? new Cancelled() : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await thread.ended();
  }
}

/** What the leading thread tells, in order, and how it ended. */
class ComposeThread {
  readonly #worker: Worker;
  readonly #news: ComposeNews[] = [];
  readonly #exited: Promise<void>;
  #failure: Error | null = null;
  #isOver = false;
  #wake = () => undefined as void;
  #timer: NodeJS.Timeout | undefined;

  constructor(order: ComposeOrder) {
    this.#worker = new Worker(new URL('./composeWorker.ts', import.meta.url), {
      workerData: order,
    });
    this.#worker.on('message', (news: ComposeNews) => {
      this.#news.push(news);
      this.#wake();
    });
    this.#worker.on('error', (error) => {
      this.#failure = composingStopped(error);
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        this.#isOver = true;
        this.#failure ??= composingStopped(`The composing thread ended with ${code}`);
        this.#wake();
        resolve();
      });
    });
  }

  call(call: ComposeCall): void {
    this.#worker.postMessage(call);
  }

  /** The next news. Rejects with `export/composing-stopped` when the thread ended without any more. */
  async next(): Promise<ComposeNews> {
    for (;;) {
      const news = this.#news.shift();
      if (news !== undefined) return news;
      if (this.#isOver) throw this.#failure ?? new Error('The composing thread has ended');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Asks the thread to stop, which ends what it reads too; makes it after a while. */
  stop(): void {
    if (this.#timer !== undefined) return;
    this.call({ kind: 'stop' });
    this.#timer = setTimeout(() => void this.#worker.terminate(), LONGEST_END_MS);
  }

  /** Waits until the thread is gone. */
  async ended(): Promise<void> {
    this.stop();
    await this.#exited;
    clearTimeout(this.#timer);
  }
}
