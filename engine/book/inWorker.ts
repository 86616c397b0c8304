import type { Worker } from 'node:worker_threads';
import { Cancelled } from '#engine/process/run.ts';

/** The one thing that a thread posts. Aborting ends the thread and rejects with `Cancelled`. */
export async function inWorker<T>(
  start: () => Worker,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (signal?.aborted) throw new Cancelled();
  const worker = start();
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(signal?.aborted ? new Cancelled() : new Error('A thread ended without a result')),
      );
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
