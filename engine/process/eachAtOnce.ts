import { allAtOnce } from './allAtOnce.ts';

/** Does work for each item, `workers` of them at once; the first that fails stops the others. */
export async function eachAtOnce<T>(
  items: readonly T[],
  { workers, signal: outer }: { workers: number; signal: AbortSignal },
  work: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const worker = async (signal: AbortSignal) => {
    for (const item of queue) await work(item, signal);
  };
  const count = Math.min(workers, items.length);
  await allAtOnce(
    outer,
    Array.from({ length: count }, () => worker),
  );
}
