import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Refusal, refuse } from '#core/fault.ts';
import { Cancelled } from '#engine/process/run.ts';
import type { ImportMessage, ImportOrder } from './importWorker.ts';
import type { ReadSource } from './readSource.ts';

/** Room for the largest manuscripts; what needs more is refused instead of taking the computer's memory. */
const MEMORY_MB = 2_048;

export type ReadOptions = {
  signal?: AbortSignal;
  onProgress?: (share: number, detail: string) => void;
};

/**
 * Reads a manuscript in a thread of its own. Aborting ends the thread and rejects with `Cancelled`. Refuses what
 * `readSource` refuses, and `book/too-large` for one that does not fit into memory.
 */
export async function readInWorker(
  order: ImportOrder,
  { signal, onProgress }: ReadOptions = {},
): Promise<ReadSource> {
  if (signal?.aborted) throw new Cancelled();
  const worker = new Worker(new URL('./importWorker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, stackSizeMb: 16 },
  });
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<ReadSource>((resolve, reject) => {
      worker.on('message', (message: ImportMessage) => {
        if (message.kind === 'progress') onProgress?.(message.share, message.detail);
        else if (message.kind === 'read') resolve(message.read);
        else reject(new Refusal(message.fault));
      });
      worker.once('error', reject);
      worker.once('exit', () =>
        reject(signal?.aborted ? new Cancelled() : new Error('The reader ended without a book')),
      );
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY') {
      refuse(
        'book/too-large',
        `“${basename(order.path)}” is too large to be read at once. Split it into several files. Nothing was imported.`,
      );
    }
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
