import {
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheLimit, PieceStore } from './pieceStore.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-piece-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const NAMES = ['first', 'second', 'third'];
const keyOf = (name: string) => Buffer.from(name.padEnd(20)).toString('hex');
const at = (name: string) => join(folder, name);
const kept = () =>
  readdirSync(at('pieces')).map((entry) => NAMES.find((name) => entry.startsWith(keyOf(name))));
const entryOf = (name: string) =>
  join(at('pieces'), readdirSync(at('pieces')).find((one) => one.startsWith(keyOf(name))) ?? '');
const open = (limit = 1e9) => PieceStore.open(folder, limit);

/** Keeps a piece of 100 bytes for each name, the first the longest ago. */
async function keepAll(): Promise<void> {
  const store = await open();
  for (const [index, name] of NAMES.entries()) {
    writeFileSync(at(name), name.padEnd(100));
    await store.keep(keyOf(name), at(name));
    rmSync(at(name));
    utimesSync(entryOf(name), 1e6 + index, 1e6 + index);
  }
}

describe('the store of pieces', () => {
  it('gives what was kept, and nothing for another key', async () => {
    await keepAll();
    const store = await open();
    expect(await store.take(keyOf('second'), at('taken'))).toBe(true);
    expect(readFileSync(at('taken'), 'utf8')).toBe('second'.padEnd(100));
    expect(await store.take(keyOf('other'), at('none'))).toBe(false);
  });

  it.each([
    ['shortened', 'second'.padEnd(99)],
    ['another of the same length', 'seconD'.padEnd(100)],
    ['empty', ''],
  ])('gives nothing that is %s, and forgets it', async (_what, text) => {
    await keepAll();
    writeFileSync(entryOf('second'), text);
    expect(await (await open()).take(keyOf('second'), at('taken'))).toBe(false);
    expect(kept()).toEqual(['first', 'third']);
    expect(readdirSync(folder)).toEqual(['pieces']);
  });

  it('stays below its size: what was not used for longest goes first', async () => {
    await keepAll();
    const store = await open(250);
    expect(await store.take(keyOf('first'), at('taken'))).toBe(true);
    rmSync(at('taken'));
    await store.trim();
    expect(new Set(kept())).toEqual(new Set(['first', 'third']));
  });

  it('removes nothing that an export has in use', async () => {
    await keepAll();
    linkSync(entryOf('second'), at('in-use'));
    await (await open(1)).trim();
    expect(kept()).toEqual(['second']);
  });

  it('makes room on demand, no more than is asked for where it can', async () => {
    await keepAll();
    const store = await open();
    expect(await store.free(150)).toBe(200);
    expect(kept()).toEqual(['third']);
    expect(await store.free(150)).toBe(100);
    expect(await store.free(150)).toBe(0);
  });

  it('removes what a killed process left half-way, and nothing that is not its own', async () => {
    await keepAll();
    // No process has an id as large as that.
    writeFileSync(join(at('pieces'), '.999999999-0a1b'), 'half');
    writeFileSync(join(at('pieces'), `.${process.pid}-0a1b`), 'half');
    writeFileSync(join(at('pieces'), 'notes.txt'), 'of somebody else');
    await (await open()).trim();
    expect(
      readdirSync(at('pieces'))
        .filter((name) => !name.endsWith('.piece'))
        .toSorted(),
    ).toEqual([`.${process.pid}-0a1b`, 'notes.txt']);
  });

  it('keeps nothing where it may not, and fails nothing', async () => {
    writeFileSync(at('pieces'), 'in the way');
    writeFileSync(at('made'), 'a piece');
    const store = await open();
    await store.keep(keyOf('first'), at('made'));
    await store.trim();
    expect(await store.take(keyOf('first'), at('taken'))).toBe(false);
    expect(readFileSync(at('pieces'), 'utf8')).toBe('in the way');
  });
});

it('its size is what the environment says, or 10 GB', () => {
  expect(cacheLimit({})).toBe(10e9);
  expect(cacheLimit({ INKREEL_EXPORT_CACHE_GB: '2.5' })).toBe(2.5e9);
  expect(cacheLimit({ INKREEL_EXPORT_CACHE_GB: '0' })).toBe(0);
  for (const wrong of ['', 'much', '-1'])
    expect(cacheLimit({ INKREEL_EXPORT_CACHE_GB: wrong })).toBe(10e9);
});
