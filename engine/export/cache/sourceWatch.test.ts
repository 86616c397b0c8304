import { chmodSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { watchSources } from './sourceWatch.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-source-watch-'));
  path = join(folder, 'harbour.mp4');
  writeFileSync(path, 'a film');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function codeAfter(change: () => void): Promise<string | null> {
  const watch = await watchSources([path]);
  change();
  const result = await settleAsync(() => watch.check([path]));
  if (!result.ok) expect(result.error.message).toContain('harbour.mp4');
  return result.ok ? null : result.error.code;
}

describe('a file that is watched', () => {
  it('is the same untouched, and with other rights', async () => {
    expect(await codeAfter(() => undefined)).toBeNull();
    expect(await codeAfter(() => chmodSync(path, 0o600))).toBeNull();
  });

  it('is another one with other bytes, though size and time be the same', async () => {
    const { atime, mtime } = statSync(path);
    const code = await codeAfter(() => {
      writeFileSync(path, 'A film');
      utimesSync(path, atime, mtime);
    });
    expect(code).toBe('export/source-changed');
  });

  it('is another one when it was written to at another time', async () => {
    expect(await codeAfter(() => utimesSync(path, 1e9, 1e9))).toBe('export/source-changed');
  });

  it('is missed', async () => {
    expect(await codeAfter(() => rmSync(path))).toBe('export/source-missing');
  });

  it('is named by its content', async () => {
    const content = async () => (await watchSources([])).contentOf(path);
    const before = await content();
    expect(await content()).toBe(before);
    writeFileSync(path, 'A film');
    utimesSync(path, 1e9, 1e9);
    expect(await content()).not.toBe(before);
  });
});
