import { Worker } from 'node:worker_threads';
import { inWorker } from './inWorker.ts';
import type { TextBook, TextBookOrder } from './textBook.ts';

/** Makes a book of flowing text in a thread of its own; aborting ends the thread and rejects with `Cancelled`. */
export function makeTextBook(order: TextBookOrder, signal?: AbortSignal): Promise<TextBook> {
  const start = () =>
    new Worker(new URL('./textBookWorker.ts', import.meta.url), { workerData: order });
  return inWorker<TextBook>(start, signal);
}
