import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('history-cli');
const env = cliEnvironment(folder);
const path = join(folder, 'film.inkreel');

type Entry = { revision: number; kind: string; applied: boolean; atMs: number; author: string };
type History = { current: number; entries: Entry[] };

const name = async () => (await cliJson<{ name: string }>(['project', 'info', path], env)).name;

async function refusedCode(args: string[]): Promise<unknown> {
  const { exitCode, stdout } = await runCli([...args, '--json'], env);
  expect(exitCode).toBe(1);
  return (JSON.parse(stdout) as { error: { code: unknown } }).error.code;
}

beforeAll(async () => {
  await cliJson(['project', 'new', path, '--name', 'Start'], env);
  const names = ['One', 'Two', 'Three'].map((each) => ({ type: 'project.rename', name: each }));
  writeFileSync(join(folder, 'names.json'), JSON.stringify(names));
  const { exitCode } = await runCli(
    ['edit', path, '--commands', join(folder, 'names.json'), '--each'],
    env,
  );
  expect(exitCode).toBe(0);
});

describe('the history on the command line', () => {
  it('has a step for each edit of --each, and one change for a whole way', async () => {
    const { undone } = await cliJson<{ undone: string[] }>(['undo', path, '--steps', '2'], env);
    expect(undone).toHaveLength(2);
    expect(await name()).toBe('One');
    const { current, entries } = await cliJson<History>(['history', path], env);
    expect(current).toBe(3);
    expect(entries.map(({ kind }) => kind)).toEqual(['undo', ...Array<string>(5).fill('edit')]);
    expect(entries.filter(({ applied }) => !applied).map(({ revision }) => revision)).toEqual([
      5, 4,
    ]);
    expect(Math.abs(Date.now() - (entries[0]?.atMs ?? 0))).toBeLessThan(600_000);
    await cliJson(['redo', path, '2'], env);
    expect(await name()).toBe('Three');
  });

  it('goes to any revision, and says so to people too', async () => {
    await cliJson(['history', path, '--to', '4'], env);
    expect(await name()).toBe('Two');
    const { stdout } = await runCli(['history', path, '--limit', '7'], env);
    expect(stdout).toMatch(/^ {5}4 > edit {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}Rename project/m);
    expect(stdout).toMatch(/ jump .*\(to 4\)/);
    expect(await refusedCode(['history', path, '--to', '999'])).toBe('project/no-such-step');
    expect((await runCli(['undo', path, '2', '--steps', '3'], env)).exitCode).toBe(2);
  });

  it('saves, lists, restores, renames and forgets versions', async () => {
    const versions = (...args: string[]) => cliJson(['project', 'versions', path, ...args], env);
    await cliJson(['history', path, '--to', '3'], env);
    await versions('--save', 'First cut');
    await cliJson(['history', path, '--to', '5'], env);
    await versions('--restore', 'First cut');
    expect(await name()).toBe('One');
    expect(await cliJson(['undo', path], env)).toMatchObject({ undone: ['Restore “First cut”'] });
    expect(await name()).toBe('Three');
    await versions('--rename', 'First cut', '--to', 'Rough cut');
    expect(await versions()).toMatchObject({ versions: [{ name: 'Rough cut', revision: 3 }] });
    const save = ['project', 'versions', path, '--save'];
    expect(await refusedCode([...save, 'Rough cut'])).toBe('project/version-exists');
    expect(await refusedCode([...save, ' '])).toBe('project/bad-version-name');
    await versions('--delete', 'Rough cut');
    expect(await refusedCode(['project', 'versions', path, '--restore', 'Rough cut'])).toBe(
      'project/no-such-version',
    );
    expect(await versions()).toEqual({ versions: [] });
  });
});
