import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { inWorkFolder, removeAbandonedWork, WorkFolderLost } from './workFolder.ts';

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'inkreel-work-folder-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

it('a work folder goes with its work, well ended or not', async () => {
  await inWorkFolder(cache, async (folder) => writeFileSync(join(folder, 'piece'), ''));
  const failing = inWorkFolder(cache, () => Promise.reject(new Error('No luck')));
  await expect(failing).rejects.toThrow('No luck');
  expect(readdirSync(join(cache, 'work'))).toEqual([]);
});

it('work that fails because its folder was removed says so, though somebody has made it again', async () => {
  const work = inWorkFolder(cache, (folder) => {
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    return Promise.reject(new Error('No such file'));
  });
  await expect(work).rejects.toThrow(WorkFolderLost);
});

it('a folder that cannot be made is refused', async () => {
  writeFileSync(join(cache, 'work'), 'in the way');
  const result = await settleAsync(() => inWorkFolder(cache, () => Promise.resolve()));
  expect(result).toMatchObject({ ok: false, error: { code: 'export/no-work-folder' } });
});

it('folders of processes that are gone are removed, others stay', async () => {
  const [gone, own] = ['999999999-a', `${process.pid}-a`].map((name) => join(cache, 'work', name));
  for (const folder of [gone, own]) mkdirSync(folder ?? '', { recursive: true });
  await removeAbandonedWork(cache);
  expect([existsSync(gone ?? ''), existsSync(own ?? '')]).toEqual([false, true]);
});
