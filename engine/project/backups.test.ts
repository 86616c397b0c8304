import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { Backups } from './backups.ts';
import { checkProject } from './checkProject.ts';
import { ProjectFile } from './projectFile.ts';
import { MIGRATIONS } from './schema.ts';

const MINUTE = 60_000;

let folder: string;
let root: string;
let now: number;
let file: ProjectFile;
const clock = () => now;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkreel-backups-'));
  root = join(folder, 'backups');
  now = Date.UTC(2026, 10, 20, 12, 5);
  file = ProjectFile.create(join(folder, 'film.inkreel'), 'Film');
});
afterEach(() => {
  file.close();
  rmSync(folder, { recursive: true, force: true });
});

function keep(options: { mostBytes?: number } = {}): Backups {
  const backups = new Backups(root, file.projectId, { now: clock, ...options });
  file.keepBackups(backups);
  return backups;
}

function rename(name: string): void {
  file.edit([{ type: 'project.rename', name }]);
}

describe('the backups of a project', () => {
  it('are whole projects, named after their time, and made only after a change', () => {
    const backups = keep();
    file.backUp();
    now += 1000;
    file.backUp();
    expect(backups.list().map((backup) => backup.name)).toEqual([
      '2026-11-20T12-05-00.000Z.inkreel',
    ]);
    rename('Changed');
    file.backUp();
    const [newest, oldest] = backups.list();
    expect(newest?.atMs).toBe(now);
    expect([nameIn(newest?.path), nameIn(oldest?.path)]).toEqual(['Changed', 'Film']);
    expect(readdirSync(backups.folder)).toHaveLength(2);
  });

  it('are made every ten minutes of edits, and on closing', () => {
    const backups = keep();
    rename('One');
    now += 9 * MINUTE;
    rename('Two');
    expect(backups.list()).toEqual([]);
    now += MINUTE;
    rename('Three');
    expect(backups.list().map(({ path }) => nameIn(path))).toEqual(['Three']);
    now += MINUTE;
    rename('Four');
    file.close();
    expect(backups.list().map(({ path }) => nameIn(path))).toEqual(['Four', 'Three']);
  });

  it('thin out with time, and never take more room than they may', () => {
    const backups = keep();
    for (let index = 0; index < 40; index++) {
      rename(`Name ${index}`);
      file.backUp();
      now += 10 * MINUTE;
    }
    expect(backups.list().length).toBeLessThan(20);
    expect(backups.list().length).toBeGreaterThan(10);
    const sizeBytes = backups.list()[0]?.sizeBytes ?? 0;
    const capped = keep({ mostBytes: sizeBytes * 3.5 });
    rename('Last');
    file.backUp();
    expect(capped.list().length).toBe(3);
    expect(nameIn(capped.list()[0]?.path)).toBe('Last');
  });

  it('that cannot be made stop no edit, and the check says so', () => {
    writeFileSync(root, 'A file where the folder should be');
    keep();
    now += 20 * MINUTE;
    rename('Changed');
    expect(file.name).toBe('Changed');
    const report = checkProject(file);
    expect(report.ok).toBe(true);
    expect(report.problems.map((problem) => problem.code)).toEqual(['check/no-backup']);
    rmSync(root);
    file.backUp();
    expect(checkProject(file).problems).toEqual([]);
  });

  it('are cleared of what a killed process left half made', () => {
    const backups = keep();
    mkdirSync(backups.folder, { recursive: true });
    // No process has this id: it is above every system's limit.
    writeFileSync(join(backups.folder, '.unfinished-99999999'), 'half');
    file.backUp();
    expect(readdirSync(backups.folder)).toEqual([backups.list()[0]?.name]);
  });

  it('stay in their folder whatever a project calls itself', () => {
    const backups = new Backups(root, '../../elsewhere');
    expect(backups.folder.startsWith(join(root, ''))).toBe(true);
    expect(backups.folder).not.toContain('..');
  });
});

describe('a project of an older schema', () => {
  const migrations = [...MIGRATIONS, "INSERT INTO meta (key, value) VALUES ('colour', 'red')"];

  it('is kept as it was before it is brought up to date', () => {
    const { path } = file;
    file.close();
    const backups = new Backups(root, 'older');
    const beforeUpgrade = (db: Database.Database, version: number) =>
      backups.makeBeforeUpgrade(db, version);
    const upgraded = ProjectFile.open(path, { migrations, beforeUpgrade });
    expect(upgraded.name).toBe('Film');
    expect(upgraded.integrityProblems()).toEqual([]);
    upgraded.close();
    const copy = join(backups.folder, `before-upgrade-v${MIGRATIONS.length}.inkreel`);
    expect(versionOf(copy)).toBe(MIGRATIONS.length);
    expect(nameIn(copy)).toBe('Film');
    expect(versionOf(path)).toBe(migrations.length);
    expect(settle(() => ProjectFile.open(path))).toMatchObject({
      ok: false,
      error: { code: 'project/newer' },
    });
  });

  it('is not changed when it cannot be kept first, nor by a step that fails', () => {
    const { path } = file;
    file.close();
    writeFileSync(root, 'A file where the folder should be');
    const beforeUpgrade = (db: Database.Database, version: number) =>
      new Backups(root, 'older').makeBeforeUpgrade(db, version);
    expect(() => ProjectFile.open(path, { migrations, beforeUpgrade })).toThrow();
    expect(versionOf(path)).toBe(MIGRATIONS.length);
    const failing = [...migrations, 'INSERT INTO nowhere VALUES (1)'];
    expect(() => ProjectFile.open(path, { migrations: failing })).toThrow();
    expect(versionOf(path)).toBe(MIGRATIONS.length);
    expect(nameIn(path)).toBe('Film');
  });
});

function nameIn(path: string | undefined): string {
  const opened = ProjectFile.open(path ?? '');
  try {
    return opened.name;
  } finally {
    opened.close();
  }
}

function versionOf(path: string): unknown {
  const db = new Database(path, { readonly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}
