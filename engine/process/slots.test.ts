import { describe, expect, test } from 'vitest';
import { Slots } from './slots.ts';

/** Work that ends when it is told to, and what of it has begun. */
function watched(slots: Slots) {
  const begun: string[] = [];
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>();
  const start = (name: string) =>
    slots.run(() => {
      begun.push(name);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      ends.set(name, { resolve, reject });
      return promise;
    });
  return { begun, start, end: (name: string) => ends.get(name) };
}

describe('Slots', () => {
  test('let so much begin at a time, and the rest in its order', async () => {
    const { begun, start, end } = watched(new Slots(2));
    const [one] = [start('a'), start('b'), start('c'), start('d')];
    expect(begun).toEqual(['a', 'b']);
    end('a')?.resolve();
    await one;
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  test('are free again after work that failed', async () => {
    const { begun, start, end } = watched(new Slots(1));
    const [first, second] = [start('a'), start('b')];
    end('a')?.reject(new Error('broken'));
    await expect(first).rejects.toThrow('broken');
    expect(begun).toEqual(['a', 'b']);
    end('b')?.resolve();
    await second;
    void start('c');
    expect(begun).toEqual(['a', 'b', 'c']);
  });
});
