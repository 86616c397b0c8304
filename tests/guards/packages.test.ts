import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkout } from './temporaryFolder.ts';

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ hasInstallScript: z.boolean().optional() })),
});
const manifestSchema = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

/*
 * An install script may fetch what no registry holds, and then set-up fails wherever only registries are reached. Some
 * versions of npm run each of them whatever `allowScripts` says, so one that fetches must not become a dependency.
 */
test('every package that runs code when it is installed was decided about', async () => {
  const { packages } = lockSchema.parse(await readJson('package-lock.json'));
  const { allowScripts } = manifestSchema.parse(await readJson('package.json'));
  const scripted = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([place]) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length));
  expect(scripted).toContain('node');
  expect(scripted.filter((name) => allowScripts[name] === undefined)).toEqual([]);
});

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(checkout, name), 'utf8'));
}
