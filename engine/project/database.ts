import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import Database from 'better-sqlite3';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../files/systemFault.ts';
import { copyAside } from './copyAside.ts';
import { APPLICATION_ID, MIGRATIONS } from './schema.ts';

/** A project file that was found sound. Nothing can be written through `db` until `allowWriting`. */
export type OpenedDatabase = {
  db: Database.Database;
  /** Version of its schema; those of protected files are brought up to date in a copy. */
  version: number;
  /** Whether the system lets nobody write to the file. */
  isProtected: boolean;
  close: () => void;
};

export type UpgradeOptions = {
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
      removeDatabase(path);
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
 * Opens a project file for reading. Refuses `file/missing`, `project/not-a-project`, `project/newer`,
 * `project/damaged`, `file/no-permission`.
 */
export function openDatabase(
  path: string,
  migrations: readonly string[] = MIGRATIONS,
): OpenedDatabase {
  return withFaults(path, () => {
    refuseEmpty(path);
    // Only reads at first: closing a connection that may write would fold the log into a file that may be damaged.
    const probe = openProbe(path);
    let version: number;
    try {
      version = inspect(probe.db, path, migrations.length);
    } catch (error) {
      probe.close();
      throw error;
    }
    const isProtected = probe.isCopy || !isWritable(path);
    if (isProtected && version === migrations.length) return { ...probe, version, isProtected };
    probe.close();
    if (isProtected) return openUpgradedCopy(path, version, migrations);
    const db = new Database(path, { fileMustExist: true });
    db.pragma('query_only = ON');
    return { db, version, isProtected, close: () => db.close() };
  });
}

/** From now on `db` writes; a file of an older schema is brought up to date first. */
export function allowWriting(
  db: Database.Database,
  version: number,
  { beforeUpgrade, migrations = MIGRATIONS }: UpgradeOptions,
): void {
  db.pragma('query_only = OFF');
  configure(db);
  if (version === migrations.length) return;
  beforeUpgrade?.(db, version);
  migrate(db, version, migrations);
}

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
}

type Probe = { db: Database.Database; isCopy: boolean; close: () => void };

/** A connection that changes nothing. Where the folder is protected SQLite cannot read, and a copy is read. */
function openProbe(path: string): Probe {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    db.pragma('schema_version');
    return { db, isCopy: false, close: () => db.close() };
  } catch (error) {
    db.close();
    const code = String((error as { code?: unknown }).code);
    if (code === 'SQLITE_NOTADB') refuseForeign(path);
    if (!code.startsWith('SQLITE_CANTOPEN') && !code.startsWith('SQLITE_READONLY')) throw error;
    const copy = copyAside(path);
    return { ...openCopy(copy), isCopy: true };
  }
}

function openCopy({ path, remove }: ReturnType<typeof copyAside>) {
  const db = new Database(path);
  const close = () => {
    db.close();
    remove();
  };
  return { db, close };
}

function openUpgradedCopy(
  path: string,
  version: number,
  migrations: readonly string[],
): OpenedDatabase {
  const copy = openCopy(copyAside(path));
  try {
    migrate(copy.db, version, migrations);
    return { ...copy, version: migrations.length, isProtected: true };
  } catch (error) {
    copy.close();
    throw error;
  }
}

/** The version of a sound project's schema. The quick check does not hold indexes against tables; `project.check` does. */
function inspect(db: Database.Database, path: string, supported: number): number {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) notAProject(path);
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > supported) {
    refuse(
      'project/newer',
      `“${basename(path)}” was made by a newer Inkreel. Update Inkreel to open it; the file is unchanged.`,
      { path, version, supported },
    );
  }
  const problem = db.pragma('quick_check(1)', { simple: true });
  if (problem !== 'ok')
    refuse('project/damaged', damagedMessage(path), { path, problem: String(problem) });
  return version;
}

function damagedMessage(path: string): string {
  return `“${basename(path)}” is damaged. Keep the file; open a backup of it, or make a repaired copy with “inkreel project check --repair”.`;
}

function migrate(db: Database.Database, from: number, migrations: readonly string[]): void {
  // A step may replace a table that others refer to.
  db.pragma('foreign_keys = OFF');
  db.transaction(() => {
    for (const step of migrations.slice(from)) db.exec(step);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
  db.pragma('foreign_keys = ON');
}

/** SQLite takes an empty file for a new database and throws away the log beside it. */
function refuseEmpty(path: string): void {
  const stats = statSync(path);
  if (!stats.isFile()) notAProject(path);
  if (stats.size > 0) return;
  if (hasLog(path)) refuse('project/damaged', damagedMessage(path), { path });
  notAProject(path);
}

/** What SQLite does not take for a database: a damaged one, or something else altogether. */
function refuseForeign(path: string): never {
  if (hasSqliteHeader(path) || hasLog(path))
    refuse('project/damaged', damagedMessage(path), { path });
  notAProject(path);
}

function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
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

/** Asked without opening the file: closing it again would end the locks that this process has on it. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
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
