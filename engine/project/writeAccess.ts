import { hostname } from 'node:os';
import { basename } from 'node:path';
import type Database from 'better-sqlite3';
import { type Fault, Refusal, refuse, settle } from '#core/fault.ts';
import {
  allowWriting,
  type OpenedDatabase,
  openDatabase,
  type UpgradeOptions,
  withFaults,
} from './database.ts';
import { MIGRATIONS } from './schema.ts';
import { type Writer, WriterLock, writerOf } from './writerLock.ts';

export type AccessOptions = UpgradeOptions & {
  /** When the right to write is taken: on opening, or with the first change. */
  writing?: 'at-once' | 'when-needed';
  /** How long to wait for another program that has it. */
  waitMs?: number;
  /** What others are told who has it. */
  program?: string;
};

/** The connection to a project file, and the right to write through it, which one process has at a time. */
export class WriteAccess {
  readonly db: Database.Database;
  readonly #path: string;
  readonly #opened: OpenedDatabase;
  readonly #options: AccessOptions;
  #version: number;
  #lock: WriterLock | null = null;
  #reason: Fault | null = null;

  /** Opens a project file. Refuses what `openDatabase` refuses. */
  static open(path: string, options: AccessOptions): WriteAccess {
    const access = new WriteAccess(path, openDatabase(path, options.migrations), options);
    try {
      access.#begin();
      return access;
    } catch (error) {
      access.close();
      throw error;
    }
  }

  /** Takes the right to write to a project file that was just made. */
  static ofNew(path: string, db: Database.Database, options: AccessOptions): WriteAccess {
    const version = Number(db.pragma('user_version', { simple: true }));
    const opened = { db, version, isProtected: false, close: () => db.close() };
    const access = new WriteAccess(path, opened, options);
    access.take();
    return access;
  }

  private constructor(path: string, opened: OpenedDatabase, options: AccessOptions) {
    this.#path = path;
    this.#opened = opened;
    this.db = opened.db;
    this.#version = opened.version;
    this.#options = options;
  }

  get isWriter(): boolean {
    return this.#lock !== null;
  }

  /** Why the project can only be read; null while it can be written to as far as is known. */
  get reason(): Fault | null {
    return this.#reason;
  }

  /**
   * Makes sure that this process may write; true when that is new. What was opened for writing and found taken stays
   * for reading until `tryAgain`. Refuses `project/open-elsewhere`, `project/read-only` and what the system says.
   */
  need(): boolean {
    if (this.#lock !== null) return false;
    if (this.#reason !== null && this.#options.writing !== 'when-needed')
      throw new Refusal(this.#reason);
    this.take();
    return true;
  }

  /** Takes the right to write when it is free by now. */
  tryAgain(): void {
    if (this.#lock === null && this.#reason !== null) settle(() => this.take());
  }

  take(): void {
    const taken = settle(() => this.#take());
    this.#reason = taken.ok ? null : taken.error;
    if (!taken.ok) throw new Refusal(taken.error);
  }

  close(): void {
    this.#opened.close();
    this.#lock?.release();
    this.#lock = null;
  }

  #begin(): void {
    // Nothing can be read of an older schema before it is brought up to date.
    const { migrations = MIGRATIONS, writing } = this.#options;
    if (this.#version < migrations.length) this.take();
    else if (this.#opened.isProtected || writing !== 'when-needed') {
      const taken = settle(() => this.take());
      if (!taken.ok && taken.error.code === 'project/damaged') throw new Refusal(taken.error);
    }
  }

  #take(): void {
    const { program = 'Inkreel', waitMs = 0 } = this.#options;
    if (this.#opened.isProtected) {
      refuse(
        'project/read-only',
        'This project can only be read, because its file or folder is write-protected. Save a copy elsewhere to change it.',
        { path: this.#path },
      );
    }
    withFaults(this.#path, () => {
      const lock = WriterLock.take(this.#path, { program, waitMs });
      if (lock === null) refuseElsewhere(this.#path);
      try {
        allowWriting(this.db, this.#version, this.#options);
      } catch (error) {
        this.db.pragma('query_only = ON');
        lock.release();
        throw error;
      }
      this.#version = Number(this.db.pragma('user_version', { simple: true }));
      this.#lock = lock;
    });
  }
}

function refuseElsewhere(path: string): never {
  const writer = writerOf(path);
  const name = basename(path);
  const details = { path, ...(writer !== null && { writer }) };
  refuse(
    'project/open-elsewhere',
    `${whoHasIt(name, writer)} Only one program can change it at a time; here it can be read and stays as it is. Close it there, then try again.`,
    details,
  );
}

function whoHasIt(name: string, writer: Writer | null): string {
  if (writer === null) return `“${name}” is open in another program.`;
  const where = writer.host === hostname() ? '' : ` on the computer “${writer.host}”`;
  return `“${name}” is open in ${writer.program}${where} (process ${writer.pid}).`;
}
