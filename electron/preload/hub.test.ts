import { expect, it } from 'vitest';
import { createHub } from './hub.ts';

it('tells everybody until they stop listening', () => {
  const hub = createHub<string>({ keep: false });
  const heard: string[] = [];
  hub.tell('before');
  const end = hub.listen((message) => heard.push(`first ${message}`));
  hub.listen((message) => heard.push(`second ${message}`));
  hub.tell('a');
  end();
  hub.tell('b');
  expect(heard).toEqual(['first a', 'second a', 'second b']);
});

it('keeps what comes too early for the first listener, once it can stop listening', async () => {
  const hub = createHub<number>({ keep: true });
  hub.tell(1);
  hub.tell(2);
  const heard: number[] = [];
  hub.listen((message) => heard.push(message));
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual([1, 2]);
  const late: number[] = [];
  hub.listen((message) => late.push(message));
  await Promise.resolve();
  expect(late).toEqual([]);
});

it('does not keep without end', async () => {
  const hub = createHub<number>({ keep: true });
  for (let count = 0; count < 1_000; count += 1) hub.tell(count);
  const heard: number[] = [];
  hub.listen((message) => heard.push(message));
  await Promise.resolve();
  expect(heard).toHaveLength(100);
  expect(heard.at(-1)).toBe(999);
});
