import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { OpenProjects } from './openProjects.ts';
import { ProjectFile } from './projectFile.ts';
import { repairProject } from './repairProject.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-upgrade-'));
  path = join(folder, 'film.inkreel');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/**
 * A project as the first Inkreel left it: names One, Two and Three; two steps back; Four and Five on another branch;
 * one step back; and Five again.
 */
function makeFirstVersion(): void {
  const db = new Database(path);
  db.pragma(`application_id = ${APPLICATION_ID}`);
  db.pragma('journal_mode = WAL');
  db.exec(MIGRATIONS[0] ?? '');
  db.pragma('user_version = 1');
  db.exec(
    "INSERT INTO meta (key, value) VALUES ('project_id', 'first-one'), ('created_at_ms', '1')",
  );
  const commit = db.prepare('INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?)');
  const op = db.prepare(
    "INSERT INTO ops (revision, object, register, value, previous) VALUES (?, 'project', ?, ?, ?)",
  );
  const text = (name: string | null) => (name === null ? null : JSON.stringify(name));
  let name: string | null = null;
  const add = (kind: string, parent: number, target: number | null, next: string, label = next) => {
    const revision = Number(db.prepare('SELECT count(*) FROM commits').pluck().get()) + 1;
    commit.run(revision, kind, parent, target, label, 1_000 * revision);
    if (revision === 1) op.run(revision, 'kind', text('project'), null);
    op.run(revision, 'name', text(next), text(name));
    name = next;
  };
  add('edit', 0, null, 'One');
  add('edit', 1, null, 'Two');
  add('edit', 2, null, 'Three');
  add('undo', 3, 3, 'Two', 'Three');
  add('undo', 2, 2, 'One', 'Two');
  add('edit', 1, null, 'Four');
  add('edit', 6, null, 'Five');
  add('undo', 7, 7, 'Four', 'Five');
  add('redo', 6, 7, 'Five');
  db.exec(
    `INSERT INTO registers VALUES ('project', 'kind', '"project"'), ('project', 'name', '"Five"')`,
  );
  db.exec("UPDATE meta SET value = '7' WHERE key = 'head'");
  db.close();
}

function versionOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}

function expectHistory(file: ProjectFile): void {
  expect(file.name).toBe('Five');
  expect(file.integrityProblems()).toEqual([]);
  expect(
    file.entries(20).map(({ revision, head, branch, step }) => [revision, head, branch, step]),
  ).toEqual([
    [9, 7, null, null],
    [8, 6, null, null],
    [7, 7, 6, 3],
    [6, 6, 6, 2],
    [5, 1, null, null],
    [4, 2, null, null],
    [3, 3, 1, 3],
    [2, 2, 1, 2],
    [1, 1, 1, 1],
  ]);
  expect(file.undo().undone).toEqual(['Five']);
  expect(file.history()).toEqual({ undo: 'Four', redo: 'Five' });
  file.goTo(3);
  expect(file.name).toBe('Three');
  file.goTo(9);
  expect(file.name).toBe('Five');
}

describe('a project of the first version', () => {
  it('is kept as it was, then goes on with its whole history', () => {
    makeFirstVersion();
    const projects = new OpenProjects();
    projects.keepBackups(join(folder, 'backups'));
    const file = projects.open(path);
    expectHistory(file);
    projects.closeAll();
    expect(readdirSync(folder).sort()).toEqual(['backups', 'film.inkreel']);
    expect(versionOf(path)).toBe(MIGRATIONS.length);
    const kept = join(folder, 'backups', 'first-one');
    expect(readdirSync(kept)).toContain('before-upgrade-v1.inkreel');
    expect(versionOf(join(kept, 'before-upgrade-v1.inkreel'))).toBe(1);
  });

  it('is brought up to date by a command that only reads it, too', () => {
    makeFirstVersion();
    const file = ProjectFile.open(path, { writing: 'when-needed' });
    expectHistory(file);
    file.close();
  });

  it('keeps its history in a repair', () => {
    makeFirstVersion();
    const target = join(folder, 'repaired.inkreel');
    expect(repairProject(path, target)).toMatchObject({ complete: true, revision: 9 });
    expect(versionOf(path)).toBe(1);
    const file = ProjectFile.open(target);
    expectHistory(file);
    file.close();
  });
});

it('a project of a newer Inkreel is refused in words, and left as it is', () => {
  ProjectFile.create(path, 'Film').close();
  const db = new Database(path);
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
  db.close();
  const result = settle(() => ProjectFile.open(path));
  expect(result).toMatchObject({
    ok: false,
    error: {
      code: 'project/newer',
      message:
        '“film.inkreel” was made by a newer Inkreel. Update Inkreel to open it; the file is unchanged.',
      details: { version: MIGRATIONS.length + 1, supported: MIGRATIONS.length },
    },
  });
  expect(versionOf(path)).toBe(MIGRATIONS.length + 1);
  expect(readdirSync(folder)).toEqual(expect.not.arrayContaining(['film.inkreel-lock']));
});
