import {
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { rate } from '#core/time/rate.ts';
import { ProjectFile } from './projectFile.ts';
import { projectIdOfFile } from './projectIdOf.ts';
import { repairProject } from './repairProject.ts';

const PAGE = 4096;
const EDITS = 600;

let folder: string;
let path: string;
let target: string;
let whole: ReturnType<ProjectFile['project']['snapshot']>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-repair-'));
  path = join(folder, 'film.inkreel');
  target = join(folder, 'repaired.inkreel');
  const file = ProjectFile.create(path, 'Film');
  const format = {
    frameRate: rate(30),
    width: 1280,
    height: 720,
    sampleRateHz: 48_000,
  };
  file.edit([{ type: 'timeline.create', name: 'Main', format }], { idSeed: 'seed-zero' });
  for (let index = 0; index < EDITS; index++) {
    const track = { type: 'track.add', timelineId: 'seed-zero-1', trackKind: 'video' };
    file.edit([{ ...track, name: `Track ${index}` }], { idSeed: `seed-${index}-abc` });
  }
  file.undo(2);
  whole = file.project.snapshot();
  file.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Opens the repaired file, which must be sound, and can be edited and undone. */
function reopened() {
  const file = ProjectFile.open(target);
  try {
    expect(file.integrityProblems()).toEqual([]);
    const state = file.project.snapshot();
    file.edit([{ type: 'project.rename', name: 'Goes on' }]);
    file.undo();
    expect(file.project.snapshot()).toEqual(state);
    return { state, history: file.history(), projectId: file.projectId };
  } finally {
    file.close();
  }
}

function change(sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

/** Page numbers of a table or an index, in the order of its rows. */
function pagesOf(name: string): number[] {
  const db = new Database(path, { readonly: true });
  try {
    return db
      .prepare<[string], { pageno: number }>(
        "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path",
      )
      .all(name)
      .map((row) => row.pageno);
  } finally {
    db.close();
  }
}

function destroyPage(page: number | undefined): void {
  expect(page).toBeGreaterThan(1);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE, 0xa5), 0, PAGE, ((page ?? 1) - 1) * PAGE);
  closeSync(file);
}

function repaired() {
  const before = readFileSync(path);
  const repair = repairProject(path, target);
  expect(readFileSync(path).equals(before)).toBe(true);
  return repair;
}

const openCode = () => {
  const result = settle(() => ProjectFile.open(path).close());
  return result.ok ? null : result.error.code;
};

describe('a repair', () => {
  it('makes a state that differs from the journal anew', () => {
    change("UPDATE registers SET value = '\"Wrong\"' WHERE object = 'seed-7-abc-1'");
    expect(openCode()).toBeNull();
    expect(repaired()).toMatchObject({ complete: true, revision: EDITS + 3 });
    const { state, history } = reopened();
    expect(state).toEqual(whole);
    expect(history).toEqual({ undo: 'Add track', redo: 'Rename project' });
  });

  it('saves everything when only the kept state is damaged', () => {
    destroyPage(pagesOf('registers')[3]);
    expect(openCode()).toBe('project/damaged');
    expect(repaired().complete).toBe(true);
    expect(reopened().state).toEqual(whole);
  });

  it('saves the last state when part of the journal is lost', () => {
    const pages = pagesOf('ops');
    destroyPage(pages[Math.floor(pages.length / 2)]);
    expect(openCode()).toBe('project/damaged');
    const repair = repaired();
    expect(repair.complete).toBe(false);
    expect(repair.commits).toBe(EDITS + 3);
    expect(reopened().state).toEqual(whole);
  });

  it('saves the last state when commits are lost', () => {
    destroyPage(pagesOf('commits')[1]);
    expect(openCode()).toBe('project/damaged');
    expect(repaired().complete).toBe(false);
    expect(reopened().state).toEqual(whole);
  });

  it('saves what it can of a file that ends too early', () => {
    truncateSync(path, Math.floor(statSync(path).size / 2 / PAGE) * PAGE);
    expect(openCode()).toBe('project/damaged');
    expect(repaired().registers).toBeGreaterThan(100);
    expect(reopened().state.length).toBeGreaterThan(100);
  });

  it('takes in what lies only in the log, and leaves both files as they were', () => {
    const copy = join(folder, 'copy.inkreel');
    const file = ProjectFile.open(path);
    for (let index = 0; index < 30; index++)
      file.edit([{ type: 'project.rename', name: `Only in the log ${index}` }]);
    whole = file.project.snapshot();
    for (const suffix of ['', '-wal']) copyFileSync(`${path}${suffix}`, `${copy}${suffix}`);
    file.close();
    path = copy;
    const pages = pagesOf('ops');
    destroyPage(pages[Math.floor(pages.length / 2)]);
    const log = readFileSync(`${copy}-wal`);
    expect(log.length).toBeGreaterThan(30 * PAGE);
    expect(openCode()).toBe('project/damaged');
    expect(repaired()).toMatchObject({ complete: false, commits: EDITS + 33 });
    expect(reopened().state).toEqual(whole);
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
  });

  it('makes everything anew from the log when the file itself is empty', () => {
    const fresh = ProjectFile.create(join(folder, 'fresh.inkreel'), 'Fresh');
    fresh.edit([{ type: 'project.rename', name: 'Only in the log' }]);
    whole = fresh.project.snapshot();
    path = join(folder, 'empty.inkreel');
    writeFileSync(path, '');
    copyFileSync(`${fresh.path}-wal`, `${path}-wal`);
    fresh.close();
    expect(openCode()).toBe('project/damaged');
    expect(projectIdOfFile(path)).toBeUndefined();
    expect(repaired()).toMatchObject({ complete: true, commits: 2 });
    expect(reopened().state).toEqual(whole);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(PAGE);
  });

  it('keeps the named versions', () => {
    const file = ProjectFile.open(path);
    file.saveVersion('Before the damage');
    file.close();
    destroyPage(pagesOf('registers')[3]);
    repaired();
    const again = ProjectFile.open(target);
    expect(again.versions().map(({ name }) => name)).toEqual(['Before the damage']);
    again.close();
  });

  it('gives the copy an identity of its own', () => {
    const original = ProjectFile.open(path);
    const { projectId } = original;
    original.close();
    repaired();
    expect(reopened().projectId).not.toBe(projectId);
  });

  it('says so when nothing can be saved', () => {
    writeFileSync(path, Buffer.concat([readFileSync(path).subarray(0, 16), Buffer.alloc(8000, 1)]));
    const result = settle(() => repairProject(path, target));
    expect(result.ok ? null : result.error.code).toMatch(/^project\/(beyond-repair|damaged)$/);
  });
});
