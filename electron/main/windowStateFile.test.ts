import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWindowState, writeWindowState } from './windowStateFile.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-window-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('reads back what it wrote, and leaves nothing else behind', async () => {
  const file = join(folder, 'window.json');
  const state = { x: -5, y: 10, width: 1200, height: 800, maximised: true };
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  expect(await readdir(folder)).toEqual(['window.json']);
});

it('takes a file it cannot understand for none', async () => {
  const file = join(folder, 'broken.json');
  expect(readWindowState(file)).toBeNull();
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"x":0,"y":0,"width":1e999,"height":1}',
    '{"x":"0"}',
  ]) {
    await writeFile(file, text);
    expect(readWindowState(file)).toBeNull();
  }
});
