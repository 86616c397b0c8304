import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../files/systemFault.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

export type ProjectDatabase = { db: Database.Database; readOnly: boolean };

export type OpenOptions = {
  /** Called with a file of an older schema before it is brought up to date; what it throws stops the opening. */
  beforeUpgrade?: (db: Database.Database, version: number) => void;
  /** The steps of the schema; those of this Inkreel unless said otherwise. */
  migrations?: readonly string[];
};

/**
 * Makes a project file with the current schema. Refuses `file/exists` and what the system says of the folder.
 */
export function createDatabase(path: string): Database.Database {
  if (existsSync(path)) {
    refuse('file/exists', `“${basename(path)}” already exists. Choose another name.`, { path });
  }
  return withFaults(path, () => {
    const db = new Database(path);
    try {
      db.pragma(`application_id = ${APPLICATION_ID}`);
      configure(db);
      migrate(db, 0, MIGRATIONS);
      return db;
    } catch (error) {
      db.close();
      for (const suffix of ['', '-wal', '-shm', '-journal'])
        rmSync(`${path}${suffix}`, { force: true });
      throw error;
    }
  });
}

/** Removes a project file that never came to be, with SQLite's companions. */
export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(`${path}${suffix}`, { force: true });
}

/**
 * Opens a project file, bringing an older schema up to date.
 * Refuses `file/missing`, `project/not-a-project`, `project/newer`, `project/damaged`, `file/no-permission`.
 */
export function openDatabase(
  path: string,
  { beforeUpgrade, migrations = MIGRATIONS }: OpenOptions = {},
): ProjectDatabase {
  return withFaults(path, () => {
    const stats = statSync(path);
    if (!stats.isFile() || !hasSqliteHeader(path)) notAProject(path);
    const readOnly = !isWritable(path);
    const db = new Database(path, { readonly: readOnly, fileMustExist: true });
    try {
      if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) notAProject(path);
      const version = Number(db.pragma('user_version', { simple: true }));
      if (version > migrations.length) {
        refuse(
          'project/newer',
          `“${basename(path)}” was made by a newer Inkreel. Update Inkreel to open it; the file is unchanged.`,
          {
            path,
            version,
            supported: migrations.length,
          },
        );
      }
      refuseDamage(db, path);
      if (!readOnly) {
        configure(db);
        if (version < migrations.length) {
          beforeUpgrade?.(db, version);
          migrate(db, version, migrations);
        }
      }
      return { db, readOnly };
    } catch (error) {
      db.close();
      throw error;
    }
  });
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
}

/** The quick check reads every page but not every index against its table, which `project.check` does. */
function refuseDamage(db: Database.Database, path: string): void {
  const problem = db.pragma('quick_check(1)', { simple: true });
  if (problem === 'ok') return;
  refuse('project/damaged', damagedMessage(path), { path, problem });
}

function damagedMessage(path: string): string {
  return `“${basename(path)}” is damaged. Keep the file; open a backup of it, or make a repaired copy with “inkreel project check --repair”.`;
}

function migrate(db: Database.Database, from: number, migrations: readonly string[]): void {
  db.transaction(() => {
    for (const step of migrations.slice(from)) db.exec(step);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

function notAProject(path: string): never {
  refuse('project/not-a-project', `“${basename(path)}” is not an Inkreel project.`, { path });
}

function hasSqliteHeader(path: string): boolean {
  const header = Buffer.alloc(16);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, 16, 0);
  } finally {
    closeSync(file);
  }
  return header.toString('latin1') === 'SQLite format 3\0';
}

function isWritable(path: string): boolean {
  try {
    closeSync(openSync(path, 'r+'));
    return true;
  } catch {
    return false;
  }
}

/** Runs database work; what SQLite or the system refuses becomes a fault with a code. */
export function withFaults<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const fault = databaseFault(error, path) ?? systemFault(error, path);
    if (fault) throw new Refusal(fault, error);
    throw error;
  }
}

function databaseFault(error: unknown, path: string) {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return null;
  const name = basename(path);
  if (code === 'SQLITE_FULL') {
    return {
      code: 'file/disk-full',
      message: `The disk is full, so the change to “${name}” was not made. Everything before it is safe. Free some space and try again.`,
      details: { path },
    };
  }
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code === 'SQLITE_PERM'
  ) {
    return {
      code: 'file/no-permission',
      message: `Inkreel may not write “${name}” or its folder. Everything in it is safe. Move it where you may write, or change the permissions.`,
      details: { path },
    };
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return {
      code: 'project/busy',
      message: `Another program is writing to “${name}”. Try again in a moment.`,
      details: { path },
    };
  }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return {
      code: 'project/damaged',
      message: damagedMessage(path),
      details: { path },
    };
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return {
      code: 'file/unreadable',
      message: `The disk reported an error at “${name}”. The change was not made; everything before it is safe.`,
      details: { path },
    };
  }
  return null;
}
