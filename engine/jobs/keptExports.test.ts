import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KeptExport, KeptExports } from './keptExports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-kept-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = (id: string): KeptExport => ({
  id,
  title: `Export ${id}.mp4`,
  progress: 0,
  projectPath: '/films/harbour.inkreel',
  input: { projectId: 'p', output: `/films/${id}.mp4`, preset: 'draft' },
});
/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['-e', '']).pid;
const leave = (pid: number, text: string) => {
  mkdirSync(join(folder, 'exports'), { recursive: true });
  writeFileSync(join(folder, 'exports', `${pid}.json`), text);
};

it('hands over what a process left that has ended, in its order, once', () => {
  leave(ended(), JSON.stringify([kept('b'), kept('a')]));
  expect(new KeptExports(folder).takeLeftOver().map(({ id }) => id)).toEqual(['b', 'a']);
  // It is in our care now: it would be found again after us, and by nobody while we run.
  expect(readdirSync(join(folder, 'exports'))).toEqual([`${process.pid}.json`]);
  expect(new KeptExports(folder).takeLeftOver()).toEqual([kept('b'), kept('a')]);
});

it('leaves alone what belongs to a process that runs', () => {
  leave(process.ppid, JSON.stringify([kept('a')]));
  expect(new KeptExports(folder).takeLeftOver()).toEqual([]);
  expect(readdirSync(join(folder, 'exports'))).toEqual([`${process.ppid}.json`]);
});

it('has no file when nothing waits', () => {
  const exports = new KeptExports(folder);
  expect(exports.takeLeftOver()).toEqual([]);
  exports.keep([kept('a')]);
  exports.keep([]);
  expect(readdirSync(join(folder, 'exports'))).toEqual([]);
});

it.each(['', '{', '[{"id":1}]'])('a file of %j is no obstacle', (text) => {
  leave(ended(), text);
  expect(new KeptExports(folder).takeLeftOver()).toEqual([]);
});
