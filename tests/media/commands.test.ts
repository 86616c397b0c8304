import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { writeTone } from './mediaFixture.ts';

const folder = testFolder('media-commands');
const env = cliEnvironment(folder);
const project = join(folder, 'film.inkreel');

type List = { assets: { id: string; name: string; state: string; code: string | null }[] };
const states = async () => {
  const { assets } = await cliJson<List>(['media', 'list', project], env);
  return Object.fromEntries(assets.map(({ name, state, code }) => [name, [state, code]]));
};

beforeAll(async () => {
  await cliJson(['project', 'new', project], env);
  const media = ['a', 'b', 'c'].map((name, index) =>
    writeTone(join(folder, 'card', `${name}.wav`), 300 + index),
  );
  await cliJson(['media', 'import', project, ...media], env);
});

it('lists, relinks a moved folder as one step, and takes on a changed file', async () => {
  expect(Object.values(await states())).toEqual(Array(3).fill(['online', null]));
  renameSync(join(folder, 'card'), join(folder, 'moved'));
  rmSync(join(folder, 'moved', 'c.wav'));
  expect((await states())['a.wav']).toEqual(['offline', 'file/missing']);

  const report = await cliJson<{ relinked: string[]; missing: string[] }>(
    ['media', 'relink', project, '--folder', join(folder, 'moved')],
    env,
  );
  expect(report.relinked).toHaveLength(2);
  expect(report.missing).toHaveLength(1);
  await cliJson(['undo', project], env);
  expect((await states())['b.wav']).toEqual(['offline', 'file/missing']);
  await cliJson(['redo', project], env);

  writeTone(join(folder, 'moved', 'a.wav'), 350);
  expect((await states())['a.wav']).toEqual(['changed', 'media/changed']);
  const { assets } = await cliJson<List>(['media', 'list', project], env);
  const id = assets.find(({ name }) => name === 'a.wav')?.id ?? '';
  await cliJson(['media', 'locate', project, id, '--use-different'], env);
  expect(await states()).toMatchObject({
    'a.wav': ['online', null],
    'c.wav': ['offline', 'file/missing'],
  });
});

it('says what it found and what it did not, in words', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const { exitCode, stdout } = await runCli(['media', 'relink', project, empty], env);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('“c.wav” is not in the folder, under any name. (media/not-found)');
  expect(stdout).toContain('0 relinked, 1 still missing, 0 files looked at');
});

it('is wrong usage without a folder', async () => {
  const { exitCode, stderr } = await runCli(['media', 'relink', project], env);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--folder DIR');
});
