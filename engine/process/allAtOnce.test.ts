import { expect, test } from 'vitest';
import { allAtOnce } from './allAtOnce.ts';
import { Cancelled } from './run.ts';

const never = new AbortController().signal;
/** Work that ends only when it is stopped. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Cancelled()));
  });

test('gives the results in their order', async () => {
  const results = await allAtOnce(never, [
    () => Promise.resolve('picture'),
    () => Promise.resolve(2),
  ]);
  expect(results).toEqual(['picture', 2]);
});

test('one that fails stops the others and is the error', async () => {
  const failing = () => Promise.reject(new Error('The disk is full'));
  await expect(allAtOnce(never, [endless, failing])).rejects.toThrow('The disk is full');
});

test('aborting stops all', async () => {
  const controller = new AbortController();
  const work = allAtOnce(controller.signal, [endless, endless]);
  controller.abort();
  await expect(work).rejects.toBeInstanceOf(Cancelled);
});
