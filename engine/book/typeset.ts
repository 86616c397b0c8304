import { Worker } from 'node:worker_threads';
import { inWorker } from './inWorker.ts';
import type { TypesetBook, TypesetJob, TypesetPdf } from './typesetter.ts';
import type { TypesetOrder } from './typesetWorker.ts';

/** Sets a book as PDF in a thread of its own; aborting ends the thread and rejects with `Cancelled`. */
export function typeset(job: TypesetJob, signal?: AbortSignal): Promise<TypesetPdf> {
  return carryOut<TypesetPdf>({ make: 'pdf', job }, signal);
}

/** Sets a book as one SVG that holds all its pages, in a thread of its own. */
export function typesetSvg(
  job: TypesetJob,
  signal?: AbortSignal,
): Promise<TypesetBook & { svg: string }> {
  return carryOut({ make: 'pages', job }, signal);
}

/** Sets a book and says with which sentence each of its pages begins, in a thread of its own. */
export function typesetPageStarts(
  job: TypesetJob,
  signal?: AbortSignal,
): Promise<TypesetBook & { pageStarts: Map<string, string> }> {
  return carryOut({ make: 'pageStarts', job }, signal);
}

function carryOut<T>(order: TypesetOrder, signal: AbortSignal | undefined): Promise<T> {
  const start = () =>
    new Worker(new URL('./typesetWorker.ts', import.meta.url), { workerData: order });
  return inWorker<T>(start, signal);
}
