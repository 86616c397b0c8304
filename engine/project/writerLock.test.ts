import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WriterLock, writerOf } from './writerLock.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-lock-'));
  path = join(folder, 'film.inkreel');
  writeFileSync(path, 'The lock does not look into the project.');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const take = (waitMs = 0) => WriterLock.take(path, { program: 'A test', waitMs });

/** Another process that takes the lock and does `then` with it; it has it when this returns. */
async function another(then: string) {
  const module = JSON.stringify(new URL('writerLock.ts', import.meta.url).href);
  const code = `
    const { WriterLock } = await import(${module});
    const lock = WriterLock.take(${JSON.stringify(path)}, { program: 'Another', waitMs: 0 });
    console.log('held');
    ${then}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code]);
  await once(child.stdout, 'data');
  return child;
}

it('is had by one at a time, who is known, and is gone afterwards', () => {
  const lock = take();
  expect(writerOf(path)).toMatchObject({ pid: process.pid, host: hostname(), program: 'A test' });
  expect(take()).toBeNull();
  lock?.release();
  expect(existsSync(`${path}-lock`)).toBe(false);
  const next = take();
  expect(next).not.toBeNull();
  next?.release();
});

it('is the same by whatever way the project is reached', () => {
  const link = join(folder, 'link.inkreel');
  symlinkSync(path, link);
  const lock = take();
  expect(WriterLock.take(link, { program: 'A test', waitMs: 0 })).toBeNull();
  lock?.release();
});

it('is waited for, also when its file goes away meanwhile', async () => {
  const child = await another('setTimeout(() => lock.release(), 300);');
  expect(writerOf(path)).toMatchObject({ pid: child.pid, program: 'Another' });
  expect(take()).toBeNull();
  const lock = take(60_000);
  expect(writerOf(path)).toMatchObject({ pid: process.pid });
  expect(existsSync(`${path}-lock`)).toBe(true);
  lock?.release();
});

it('ends with its process, however that ends', async () => {
  // The timer keeps the lock in use: what nothing refers to, the collector may let go.
  const child = await another('setInterval(() => lock, 1_000);');
  expect(take()).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'close');
  const lock = take();
  expect(writerOf(path)).toMatchObject({ pid: process.pid });
  lock?.release();
  expect(existsSync(`${path}-lock`)).toBe(false);
});
