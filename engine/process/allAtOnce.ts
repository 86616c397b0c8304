import { Cancelled } from './run.ts';

type Work = (signal: AbortSignal) => Promise<unknown>;
type Results<T extends readonly Work[]> = { [K in keyof T]: Awaited<ReturnType<T[K]>> };

/**
 * Does several pieces of work at once and gives their results. One that fails stops the others, and is the error of the
 * whole once they have stopped, so that nothing goes on behind it. Aborting rejects with `Cancelled`.
 */
export async function allAtOnce<const T extends readonly Work[]>(
  outer: AbortSignal,
  work: T,
): Promise<Results<T>> {
  const stop = new AbortController();
  const signal = AbortSignal.any([outer, stop.signal]);
  const begun = work.map((one) =>
    one(signal).catch((error: unknown) => {
      stop.abort();
      throw error;
    }),
  );
  const ends = await Promise.allSettled(begun);
  if (outer.aborted) throw new Cancelled();
  const failures = ends
    .filter((end) => end.status === 'rejected')
    .map(({ reason }) => reason as unknown);
  const [failure] = failures.filter((reason) => !(reason instanceof Cancelled));
  if (failure !== undefined || failures.length > 0) throw failure ?? failures[0];
  // As many as there was work, in its order; the type says more than a list can.
  return ends.map((end) => (end.status === 'fulfilled' ? end.value : undefined)) as Results<T>;
}
