import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '#core/fault.ts';
import { isProcessAlive } from '../files/processAlive.ts';
import { backupsToKeep } from './backupsToKeep.ts';

export type Backup = { name: string; path: string; atMs: number; sizeBytes: number };

/** The last commit of a project and its names for versions: two files with the same hold the same. */
type LastCommit = { revision: number; atMs: number; versions: string | null };

const INTERVAL_MS = 10 * 60_000;
const MOST_BYTES = 2_000_000_000;
const NAME = /^(\d{4}-\d{2}-\d{2})T(\d{2})-(\d{2})-(\d{2}\.\d{3}Z)\.inkreel$/;

/**
 * The rotating backups of one project, in a folder of their own: `2026-11-20T12-05-00.000Z.inkreel`. A backup that
 * cannot be made never stands in the way of work; `problem` says why.
 */
export class Backups {
  readonly folder: string;
  readonly #now: () => number;
  readonly #mostBytes: number;
  /** Why the last backup could not be made; null when it could. */
  problem: string | null = null;
  #lastTryMs: number;

  constructor(
    root: string,
    projectId: string,
    { now = Date.now, mostBytes = MOST_BYTES }: { now?: () => number; mostBytes?: number } = {},
  ) {
    // An identity comes out of a file that anybody may have made, and must not lead out of the folder.
    const isPlain = /^[\w-]{1,64}$/.test(projectId);
    const name = isPlain ? projectId : createHash('sha256').update(projectId).digest('hex');
    this.folder = join(root, name);
    this.#now = now;
    this.#mostBytes = mostBytes;
    this.#lastTryMs = now();
  }

  /** The backups there are, newest first. */
  list(): Backup[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .flatMap((name) => {
        const match = NAME.exec(name);
        if (match === null) return [];
        const [, date = '', hours = '', minutes = '', seconds = ''] = match;
        const path = join(this.folder, name);
        // Another process may have thinned the list in between.
        const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size;
        if (sizeBytes === undefined) return [];
        return [
          { name, path, atMs: Date.parse(`${date}T${hours}:${minutes}:${seconds}`), sizeBytes },
        ];
      })
      .sort((a, b) => b.atMs - a.atMs);
  }

  /** Makes a backup unless the newest one holds the same. */
  make(db: Database.Database): void {
    this.#lastTryMs = this.#now();
    try {
      const newest = this.list()[0];
      if (newest && isSame(lastCommit(db), lastCommitOf(newest.path))) {
        this.problem = null;
        return;
      }
      const time = new Date(this.#now()).toISOString().replaceAll(':', '-');
      this.#copy(db, `${time}.inkreel`);
      this.#thin();
      this.problem = null;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }

  /** Makes a backup when the last one is ten minutes old; called after each commit. */
  makeWhenDue(db: Database.Database): void {
    if (this.#now() - this.#lastTryMs >= INTERVAL_MS) this.make(db);
  }

  /** Keeps the file as it is before its schema changes; throws when that cannot be done. Such a copy is never thinned out. */
  makeBeforeUpgrade(db: Database.Database, version: number): void {
    this.#copy(db, `before-upgrade-v${version}.inkreel`);
  }

  /**
   * `VACUUM INTO` reads one consistent state and writes it compact, about 3 ms for each megabyte; SQLite's backup
   * interface is no faster, and cannot finish while its connection is closing.
   */
  #copy(db: Database.Database, name: string): void {
    mkdirSync(this.folder, { recursive: true });
    this.#removeAbandoned();
    const temporary = join(this.folder, `.unfinished-${process.pid}`);
    try {
      db.prepare('VACUUM INTO ?').run(temporary);
      const file = openSync(temporary, 'r+');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(temporary, join(this.folder, name));
    } finally {
      rmSync(temporary, { force: true });
    }
  }

  /** What killed processes left half made; and this one, which makes one at a time. */
  #removeAbandoned(): void {
    for (const name of readdirSync(this.folder)) {
      const pid = Number(/^\.unfinished-(\d+)/.exec(name)?.[1] ?? Number.NaN);
      if (pid === process.pid || (pid > 0 && !isProcessAlive(pid)))
        rmSync(join(this.folder, name), { force: true });
    }
  }

  #thin(): void {
    const kept = new Set(
      backupsToKeep(
        this.list().map((backup) => backup.atMs),
        this.#now(),
      ),
    );
    let bytes = 0;
    for (const [index, backup] of this.list().entries()) {
      bytes += backup.sizeBytes;
      const fits = index === 0 || bytes <= this.#mostBytes;
      if (!fits || !kept.has(backup.atMs)) {
        rmSync(backup.path, { force: true });
        bytes -= backup.sizeBytes;
      }
    }
  }
}

/** A refusal of damage with the backup to open instead; anything else as it is. */
export function withNewestBackup(
  error: unknown,
  projectId: string,
  backups: Backups | undefined,
): unknown {
  if (!(error instanceof Refusal) || error.fault.code !== 'project/damaged') return error;
  const backup = backups?.list()[0]?.path;
  if (backup === undefined) return error;
  return new Refusal(
    { ...error.fault, details: { ...error.fault.details, projectId, backup } },
    error,
  );
}

function lastCommit(db: Database.Database): LastCommit | undefined {
  return db
    .prepare<[], LastCommit>(
      `SELECT revision, committed_at_ms AS atMs,
         (SELECT group_concat(name || ' ' || saved_at_ms, char(10)) FROM versions) AS versions
       FROM commits ORDER BY revision DESC LIMIT 1`,
    )
    .get();
}

/** The last commit of a file; undefined when the file cannot be read. */
function lastCommitOf(path: string): LastCommit | undefined {
  try {
    const db = new Database(path, { readonly: true });
    try {
      return lastCommit(db);
    } finally {
      db.close();
    }
  } catch {
    return undefined;
  }
}

function isSame(a: LastCommit | undefined, b: LastCommit | undefined): boolean {
  return (
    a !== undefined && a.revision === b?.revision && a.atMs === b.atMs && a.versions === b.versions
  );
}
