import { randomUUID } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';

/** Who writes to a project. */
export type Writer = { pid: number; host: string; program: string; sinceMs: number };

/** Attempts while the lock file itself is being made or removed by others. */
const ATTEMPTS = 5;
/** How long a glance of another process at the lock file may hold this one up. */
const GLANCE_MS = 1_000;

/**
 * The right to write to a project. It is a lock of the operating system on a small database beside the project, held
 * by an open transaction, so it ends with its process however that ends; a file that is left behind means nothing.
 * The row in it says who has the lock, for others to read.
 */
export class WriterLock {
  readonly #path: string;
  readonly #db: Database.Database;

  private constructor(path: string, db: Database.Database) {
    this.#path = path;
    this.#db = db;
  }

  /** Takes the lock of a project; null when another has it for longer than `waitMs`. Throws what the system says. */
  static take(
    projectPath: string,
    { program, waitMs }: { program: string; waitMs: number },
  ): WriterLock | null {
    const path = lockPathOf(projectPath);
    const until = Date.now() + waitMs;
    for (let attempt = 0; attempt < ATTEMPTS || Date.now() < until; attempt++) {
      const db = new Database(path);
      const outcome = tryToHold(db, path, program, until);
      if (outcome === 'held') return new WriterLock(path, db);
      db.close();
      if (outcome === 'busy') return null;
      if (outcome === 'broken') rmSync(path, { force: true });
    }
    return null;
  }

  /** Lets another write, and clears the file away. */
  release(): void {
    // Removed while it is still held: afterwards it may be another's. Who waits for this one looks again.
    const isRemoved = tryToRemove(this.#path);
    this.#db.close();
    if (!isRemoved) tryToRemove(this.#path);
  }
}

/** Who has the lock of a project, or had it last; null when nobody can say. */
export function writerOf(projectPath: string): Writer | null {
  return holderAt(lockPathOf(projectPath))?.writer ?? null;
}

function lockPathOf(projectPath: string): string {
  return `${realpathSync(projectPath)}-lock`;
}

function tryToHold(
  db: Database.Database,
  path: string,
  program: string,
  until: number,
): 'held' | 'busy' | 'again' | 'broken' {
  const token = randomUUID();
  const begin = () => {
    db.pragma(`busy_timeout = ${Math.max(0, until - Date.now())}`);
    db.exec('BEGIN IMMEDIATE');
  };
  try {
    // A killed process leaves its journal; only a power cut could harm the file, and then it is made anew.
    db.pragma('synchronous = OFF');
    begin();
    db.exec(
      'CREATE TABLE IF NOT EXISTS holder (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT, pid INTEGER, host TEXT, program TEXT, since_ms INTEGER)',
    );
    db.prepare('INSERT OR REPLACE INTO holder VALUES (1, ?, ?, ?, ?, ?)').run(
      token,
      process.pid,
      hostname(),
      program,
      Date.now(),
    );
    db.pragma(`busy_timeout = ${GLANCE_MS}`);
    db.exec('COMMIT');
    begin();
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code.startsWith('SQLITE_BUSY')) return 'busy';
    if (code === 'SQLITE_READONLY_DBMOVED') return 'again';
    if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return 'broken';
    db.close();
    throw error;
  }
  // Between the two transactions another may have come and gone, and the file with it.
  return holderAt(path)?.token === token ? 'held' : 'again';
}

function holderAt(path: string): { token: string; writer: Writer } | null {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true, timeout: GLANCE_MS });
    try {
      const row = db
        .prepare<[], Writer & { token: string }>(
          'SELECT token, pid, host, program, since_ms AS sinceMs FROM holder',
        )
        .get();
      if (row === undefined) return null;
      const { token, ...writer } = row;
      return { token, writer };
    } finally {
      db.close();
    }
  } catch {
    // It was removed meanwhile, or nobody has written to it yet.
    return null;
  }
}

function tryToRemove(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}
