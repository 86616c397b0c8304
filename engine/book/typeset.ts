import { Worker } from 'node:worker_threads';
import { Cancelled } from '#engine/process/run.ts';
import type { TypesetBook, TypesetJob, TypesetPdf } from './typesetter.ts';
import type { TypesetOrder } from './typesetWorker.ts';

/** Sets a book as PDF in a thread of its own; aborting ends the thread and rejects with `Cancelled`. */
export function typeset(job: TypesetJob, signal?: AbortSignal): Promise<TypesetPdf> {
  return inWorker<TypesetPdf>({ make: 'pdf', job }, signal);
}

/** Sets a book as one SVG that holds all its pages, in a thread of its own. */
export function typesetSvg(
  job: TypesetJob,
  signal?: AbortSignal,
): Promise<TypesetBook & { svg: string }> {
  return inWorker({ make: 'pages', job }, signal);
}

async function inWorker<T>(order: TypesetOrder, signal: AbortSignal | undefined): Promise<T> {
  if (signal?.aborted) throw new Cancelled();
  const worker = new Worker(new URL('./typesetWorker.ts', import.meta.url), { workerData: order });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<T>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(
          signal?.aborted ? new Cancelled() : new Error('The typesetter ended without a book'),
        ),
      );
    });
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
