import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { testFolder } from '../support/folder.ts';
import { machine, newLibrary, type OpenLibrary, openLibrary, writeTone } from './mediaFixture.ts';

const root = testFolder('media-relink');
const here = await machine(join(root, 'here'));
let count = 0;
let folder: string;
let project: string;
let library: OpenLibrary;

/** `card/day/a.wav`, `card/day/b.wav` and `card/night/c.wav` beside the project. */
beforeEach(async () => {
  folder = join(root, `case-${++count}`);
  project = join(folder, 'film', 'film.inkreel');
  mkdirSync(join(folder, 'film'), { recursive: true });
  const media = [
    writeTone(join(folder, 'card', 'day', 'a.wav'), 300),
    writeTone(join(folder, 'card', 'day', 'b.wav'), 400),
    writeTone(join(folder, 'card', 'night', 'c.wav'), 500),
  ];
  library = await newLibrary(here, project, media);
});

const relink = (...folders: string[]) =>
  here.call('media.relink', { projectId: library.projectId, folders });

describe('looking for media in a folder', () => {
  it('finds files that were moved and renamed, as one step to undo', async () => {
    mkdirSync(join(folder, 'archive', 'deep'), { recursive: true });
    renameSync(join(folder, 'card', 'day', 'a.wav'), join(folder, 'archive', 'deep', 'take 1.wav'));
    renameSync(join(folder, 'card', 'day', 'b.wav'), join(folder, 'archive', 'b.wav'));
    expect(await library.status('a.wav')).toMatchObject({
      state: 'offline',
      reason: { code: 'file/missing' },
    });

    const { found, missing, files } = await relink(join(folder, 'archive'));
    expect(found.map(({ path }) => path).sort()).toEqual([
      join(folder, 'archive', 'b.wav'),
      join(folder, 'archive', 'deep', 'take 1.wav'),
    ]);
    expect(missing).toEqual([]);
    expect(files).toBe(2);
    expect(await library.status('a.wav')).toMatchObject({ state: 'online', reason: null });

    await here.call('project.undo', { projectId: library.projectId });
    for (const name of ['a.wav', 'b.wav'])
      expect(await library.status(name)).toMatchObject({ state: 'offline' });
    await here.call('project.redo', { projectId: library.projectId });
    for (const name of ['a.wav', 'b.wav'])
      expect(await library.status(name)).toMatchObject({ state: 'online' });
  });

  it('tells of a file that only has the name, and leaves it', async () => {
    rmSync(join(folder, 'card', 'day', 'a.wav'));
    const namesake = writeTone(join(folder, 'other', 'A.WAV'), 999, 2);
    const { relinked, notFound } = await relink(join(folder, 'other'));
    expect(relinked).toEqual([]);
    expect(notFound).toMatchObject([{ sameName: namesake, reason: { code: 'media/only-name' } }]);
    expect(await library.status('a.wav')).toMatchObject({ state: 'offline' });
  });

  it('takes one of several exact copies, the one whose folder is called the same', async () => {
    const original = join(folder, 'card', 'day', 'a.wav');
    for (const name of ['backup', 'day']) {
      mkdirSync(join(folder, 'copies', name), { recursive: true });
      copyFileSync(original, join(folder, 'copies', name, 'a.wav'));
    }
    rmSync(original);
    const { found } = await relink(join(folder, 'copies'));
    expect(found.map(({ path }) => path)).toEqual([join(folder, 'copies', 'day', 'a.wav')]);
  });

  it('tells files apart that differ only where they are not sampled', async () => {
    // Six MiB; the first, middle and last MiB are sampled, so a byte at 1.5 MiB is not.
    const big = writeTone(join(folder, 'card', 'big.wav'), 440, 393);
    await here.call('media.import', { projectId: library.projectId, paths: [big] });
    const twin = join(folder, 'found', '1-twin.wav');
    mkdirSync(join(folder, 'found'));
    const bytes = Buffer.alloc(2, 7);
    copyFileSync(big, twin);
    const file = openSync(twin, 'r+');
    writeSync(file, bytes, 0, 2, 1.5 * 2 ** 20);
    closeSync(file);
    renameSync(big, join(folder, 'found', '2-real.wav'));
    const { found, ambiguous } = await relink(join(folder, 'found'));
    expect(ambiguous).toEqual([]);
    expect(found.map(({ path }) => path)).toEqual([join(folder, 'found', '2-real.wav')]);
  });

  it('follows links once, however they lead round, and says what it could not look at', async () => {
    const found = join(folder, 'found');
    mkdirSync(found);
    renameSync(join(folder, 'card', 'day', 'a.wav'), join(found, 'a.wav'));
    symlinkSync(found, join(found, 'round'));
    symlinkSync(join(folder, 'nowhere'), join(found, 'dangling.wav'));
    const { relinked, skipped, files } = await relink(found);
    expect(relinked).toHaveLength(1);
    expect(files).toBe(1);
    expect(skipped).toMatchObject([{ code: 'media/broken-link' }]);
  });

  it('is refused for a folder that is not there, and for a file', async () => {
    rmSync(join(folder, 'card', 'day', 'a.wav'));
    const { projectId } = library;
    expect(
      await here.refusal('media.relink', { projectId, folders: [join(folder, 'gone')] }),
    ).toMatchObject({ code: 'file/missing' });
    expect(await here.refusal('media.relink', { projectId, folders: [project] })).toMatchObject({
      code: 'file/not-a-folder',
    });
  });

  it('changes nothing when it is stopped', async () => {
    rmSync(join(folder, 'card', 'day', 'a.wav'));
    const { projectId } = library;
    const many = join(folder, 'many');
    mkdirSync(many);
    for (let index = 0; index < 2_000; index += 1) writeFileSync(join(many, `${index}.txt`), 'x');
    const before = await here.call('project.history', { projectId });
    const search = here.refusal('media.relink', { projectId, folders: [many], searchId: 'one' });
    let running = await here.call('media.search', { searchId: 'one' });
    while ((running.progress?.files ?? 0) === 0) {
      await setImmediate();
      running = await here.call('media.search', { searchId: 'one' });
    }
    await here.call('media.cancelSearch', { searchId: 'one' });
    expect(await search).toMatchObject({ code: 'media/search-cancelled' });
    expect(running.progress?.files).toBeLessThan(2_000);
    expect(await here.call('media.search', { searchId: 'one' })).toEqual({ progress: null });
    expect(await here.call('project.history', { projectId })).toEqual(before);
  });
});

describe('locating one file by hand', () => {
  it('finds the rest where the same move puts it, as one step', async () => {
    renameSync(join(folder, 'card'), join(folder, 'shoot 12'));
    const { projectId } = library;
    const { relinked } = await here.call('media.locate', {
      projectId,
      assetId: await library.idOf('a.wav'),
      path: join(folder, 'shoot 12', 'day', 'a.wav'),
    });
    expect(relinked).toHaveLength(3);
    expect(await library.status('c.wav')).toMatchObject({
      state: 'online',
      path: join(folder, 'shoot 12', 'night', 'c.wav'),
    });
    await here.call('project.undo', { projectId });
    for (const name of ['a.wav', 'b.wav', 'c.wav'])
      expect(await library.status(name)).toMatchObject({ state: 'offline' });
  });

  it('does not take along what only has the name', async () => {
    renameSync(join(folder, 'card'), join(folder, 'moved'));
    writeTone(join(folder, 'moved', 'night', 'c.wav'), 501);
    await here.call('media.locate', {
      projectId: library.projectId,
      assetId: await library.idOf('a.wav'),
      path: join(folder, 'moved', 'day', 'a.wav'),
    });
    expect(await library.status('b.wav')).toMatchObject({ state: 'online' });
    expect(await library.status('c.wav')).toMatchObject({ state: 'offline' });
  });

  it('refuses another file unless it is to be used', async () => {
    const other = writeTone(join(folder, 'other.wav'), 700);
    rmSync(join(folder, 'card', 'day', 'a.wav'));
    const input = {
      projectId: library.projectId,
      assetId: await library.idOf('a.wav'),
      path: other,
    };
    expect(await here.refusal('media.locate', input)).toMatchObject({ code: 'media/different' });
    await here.call('media.locate', { ...input, ifDifferent: 'use' });
    expect(await library.status('a.wav')).toMatchObject({ state: 'online', path: other });
  });
});

describe('a project on another computer', () => {
  it('finds its media when everything was copied as it lay, and not the files of the old place', async () => {
    const there = await machine(join(root, `there-${count}`));
    await here.call('project.close', { projectId: library.projectId });
    renameSync(folder, `${folder} copied`);
    // In the old place lies something else by now.
    const old = writeTone(join(folder, 'card', 'day', 'a.wav'), 12, 3);
    const opened = await openLibrary(there, join(`${folder} copied`, 'film', 'film.inkreel'));
    const status = await opened.status('a.wav');
    expect(status).toMatchObject({
      state: 'online',
      path: join(`${folder} copied`, 'card', 'day', 'a.wav'),
    });
    expect(status.path).not.toBe(old);
  });

  it('finds its media where it was when only the project was moved', async () => {
    await here.call('project.close', { projectId: library.projectId });
    const moved = join(folder, 'elsewhere', 'deep', 'film.inkreel');
    mkdirSync(join(folder, 'elsewhere', 'deep'), { recursive: true });
    renameSync(project, moved);
    const opened = await openLibrary(here, moved);
    expect(await opened.status('c.wav')).toMatchObject({
      state: 'online',
      path: join(folder, 'card', 'night', 'c.wav'),
    });
  });

  it('takes the file of the old place when another one is beside the project', async () => {
    await here.call('project.close', { projectId: library.projectId });
    const moved = join(folder, 'elsewhere', 'film', 'film.inkreel');
    mkdirSync(join(folder, 'elsewhere', 'film'), { recursive: true });
    renameSync(project, moved);
    // The same size at the same relative place, but another sound.
    writeTone(join(folder, 'elsewhere', 'card', 'day', 'a.wav'), 301);
    const opened = await openLibrary(here, moved);
    expect(await opened.status('a.wav')).toMatchObject({
      state: 'online',
      path: join(folder, 'card', 'day', 'a.wav'),
    });
  });

  it('carries the hash of the whole file, so that another computer can tell twins apart', async () => {
    const asset = (await library.project()).all('asset').find(({ name }) => name === 'a.wav');
    expect(asset?.contentHash).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it('says what is missing when the media stayed behind, and finds it in one pass once it is there', async () => {
    const there = await machine(join(root, `there-${count}`));
    await here.call('project.close', { projectId: library.projectId });
    renameSync(join(folder, 'card'), join(folder, 'usb stick'));
    appendFileSync(join(folder, 'usb stick', 'day', 'b.wav'), 'more');
    const opened = await openLibrary(there, project);
    const { projectId } = opened;
    const report = await there.call('media.relink', {
      projectId,
      folders: [join(folder, 'usb stick')],
    });
    expect(report.relinked).toHaveLength(2);
    expect(report.notFound).toMatchObject([
      { assetId: await opened.idOf('b.wav'), reason: { code: 'media/only-name' } },
    ]);
  });
});
