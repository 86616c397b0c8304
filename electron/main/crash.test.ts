import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCrashLog } from './crash.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-crash-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('writes down when what happened, with its cause', async () => {
  const log = createCrashLog(join(folder, 'first'), () => new Date('2024-05-06T07:08:09Z'));
  log.report(new Error('The film stopped', { cause: new Error('The disk is gone') }));
  log.report('a word');
  const text = await readFile(log.file, 'utf8');
  expect(text).toMatch(/^2024-05-06T07:08:09\.000Z Error: The film stopped\n/);
  expect(text).toContain('because of Error: The disk is gone');
  expect(text).toMatch(/2024-05-06T07:08:09\.000Z a word\n$/);
});

it('stays small', async () => {
  const log = createCrashLog(join(folder, 'second'));
  for (let count = 0; count < 100; count += 1) log.report('x'.repeat(100_000));
  expect((await stat(log.file)).size).toBeLessThan(300 * 1024);
  expect((await stat(join(folder, 'second', 'errors.old.log'))).size).toBeLessThan(300 * 1024);
});
