import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cliEnvironment, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('code-cache');
const { NODE_COMPILE_CACHE: _shared, ...env } = cliEnvironment(folder);
const kept = join(folder, 'cache', 'code');
const files = () =>
  readdirSync(kept, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
const begin = async () => {
  const { exitCode, stdout, stderr } = await runCli(['book', 'rules', '--json'], env);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
  return stdout;
};

describe('what the command line compiled', () => {
  beforeEach(() => rmSync(kept, { recursive: true, force: true }));

  it('is kept with the rest of the cache', async () => {
    const first = await begin();
    expect(files().length).toBeGreaterThan(100);
    expect(await begin()).toBe(first);
  });

  it('is compiled again where it is damaged', async () => {
    const first = await begin();
    for (const { parentPath, name } of files()) writeFileSync(join(parentPath, name), 'nonsense');
    expect(await begin()).toBe(first);
  });

  it('is done without where it cannot be kept', async () => {
    mkdirSync(join(folder, 'cache'), { recursive: true });
    writeFileSync(kept, 'in the way');
    await begin();
  });
});
