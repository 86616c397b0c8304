import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type Database from 'better-sqlite3';
import type { HistoryState } from '#core/contract/projects.ts';
import { type AnyCommand, applyEdit } from '#core/edits/applyEdit.ts';
import type { EditOutcome } from '#core/edits/definition.ts';
import { idsFrom } from '#core/edits/ids.ts';
import { PROJECT_OBJECT_ID } from '#core/edits/projectRename.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { Json, Write } from '#core/model/write.ts';
import type { Backups } from './backups.ts';
import {
  createDatabase,
  openDatabase,
  type OpenOptions,
  removeDatabase,
  withFaults,
} from './database.ts';
import { type HistoryEntry, prepareStatements, type Statements } from './statements.ts';

/** A change that is on disk. */
export type Commit = { revision: number; writes: Write[] };

/** A data version that SQLite never gives: memory must be read from the file again. */
const UNREAD = -1;

type Op = { object: string; register: string; value: string | null; previous: string | null };

/**
 * An open project file: the journal on disk and the state it gives in memory, always equal. Every method that
 * changes the project returns only when the change is durable.
 */
export class ProjectFile {
  readonly path: string;
  readonly readOnly: boolean;
  readonly projectId: string;
  readonly #db: Database.Database;
  readonly #statements: Statements;
  #project = new Project();
  #revision = 0;
  #head = 0;
  #dataVersion = 0;
  #backups: Backups | undefined;

  private constructor(path: string, db: Database.Database, readOnly: boolean) {
    this.path = path;
    this.readOnly = readOnly;
    this.#db = db;
    this.#statements = prepareStatements(db);
    this.projectId =
      this.#statements.meta('project_id') ??
      refuse('project/damaged', 'The project has lost its identity. Open a backup of it.', {
        path,
      });
    this.#load();
  }

  static create(path: string, name: string): ProjectFile {
    const file = resolve(path);
    const db = createDatabase(file);
    const setMeta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    setMeta.run('project_id', randomUUID());
    setMeta.run('created_at_ms', String(Date.now()));
    const project = new ProjectFile(file, db, false);
    try {
      project.edit([{ type: 'project.rename', name }]);
      return project;
    } catch (error) {
      project.close();
      removeDatabase(file);
      throw error;
    }
  }

  static open(path: string, options?: OpenOptions): ProjectFile {
    const file = resolve(path);
    const { db, readOnly } = openDatabase(file, options);
    try {
      return withFaults(file, () => new ProjectFile(file, db, readOnly));
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** The present state; to be read, never applied to. */
  get project(): Project {
    return this.#project;
  }

  /** The present state as it will stay, whatever is edited afterwards. */
  frozen(): Project {
    return new Project(this.#project.snapshot());
  }

  get revision(): number {
    return this.#revision;
  }

  get name(): string {
    return this.#project.find('project', PROJECT_OBJECT_ID)?.name ?? 'Untitled';
  }

  /** Takes in what another process has written since; true when there was something. */
  refresh(): boolean {
    return withFaults(this.path, () => {
      if (this.#db.pragma('data_version', { simple: true }) === this.#dataVersion) return false;
      this.#load();
      return true;
    });
  }

  /** Applies commands as one edit, all or nothing. A refusal leaves memory and disk as they were. */
  edit(
    commands: readonly AnyCommand[],
    idSeed: string = randomUUID(),
  ): Commit & { outcomes: EditOutcome[] } {
    return this.#write(() => {
      const result = applyEdit(this.#project, commands, idsFrom(idSeed));
      if (!result.ok) throw new Refusal(result.error);
      const { writes, inverse, label, outcomes } = result.value;
      if (writes.length === 0) return { writes, outcomes, revision: this.#revision };
      const previous = new Map(inverse.map((write) => [key(write), write.value]));
      const ops = writes.map((write) => ({
        object: write.object,
        register: write.register,
        value: text(write.value),
        previous: text(previous.get(key(write)) ?? null),
      }));
      const revision = this.#commit({ kind: 'edit', target: null, label, ops });
      return { writes, outcomes, revision };
    });
  }

  /** Takes back up to `steps` edits; gives their labels, latest first. */
  undo(steps = 1): Commit & { undone: string[] } {
    const { labels, ...commit } = this.#travel(steps, () => {
      if (this.#head === 0) return null;
      const edit = this.#statements.commit(this.#head);
      const ops = this.#statements
        .ops(this.#head)
        .map((op) => ({ ...op, value: op.previous, previous: op.value }));
      return {
        kind: 'undo' as const,
        target: this.#head,
        head: edit.parent,
        label: edit.label,
        ops,
      };
    });
    return { ...commit, undone: labels };
  }

  /** Does up to `steps` undone edits again: on a branched history, those of the youngest branch. */
  redo(steps = 1): Commit & { redone: string[] } {
    const { labels, ...commit } = this.#travel(steps, () => {
      const edit = this.#statements.youngestChild(this.#head);
      if (edit === undefined) return null;
      const ops = this.#statements.ops(edit.revision);
      return {
        kind: 'redo' as const,
        target: edit.revision,
        head: edit.revision,
        label: edit.label,
        ops,
      };
    });
    return { ...commit, redone: labels };
  }

  /** Words for the next undo and redo. */
  history(): HistoryState {
    return {
      undo: this.#head === 0 ? null : this.#statements.commit(this.#head).label,
      redo: this.#statements.youngestChild(this.#head)?.label ?? null,
    };
  }

  /** The latest commits, newest first; an edit is `applied` when the present state stands on it. */
  entries(limit: number): (HistoryEntry & { applied: boolean })[] {
    const applied = new Set(this.#statements.ancestors(this.#head));
    return this.#statements.latest(limit).map((entry) => ({
      ...entry,
      applied: entry.kind !== 'edit' || applied.has(entry.revision),
    }));
  }

  /** What SQLite finds wrong with the file, and whether the state equals the journal; empty when all is well. */
  integrityProblems(): string[] {
    return withFaults(this.path, () => {
      const rows = this.#db.pragma('integrity_check') as { integrity_check: string }[];
      const problems = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
      const journal = this.#statements.allOps();
      const replayed = new Project(journal.map((op) => ({ ...op, value: json(op.value) })));
      if (JSON.stringify(replayed.snapshot()) !== JSON.stringify(this.#project.snapshot())) {
        problems.push('The state differs from the journal.');
      }
      return problems;
    });
  }

  /** From now on a backup is made after changes, at most every ten minutes, and on closing. */
  keepBackups(backups: Backups): void {
    if (!this.readOnly) this.#backups = backups;
  }

  /** Makes a backup now, unless the newest one holds the same. */
  backUp(): void {
    this.#backups?.make(this.#db);
  }

  /** Why the last backup could not be made; null when it could. */
  get backupProblem(): string | null {
    return this.#backups?.problem ?? null;
  }

  close(): void {
    if (this.#db.open) this.backUp();
    this.#db.close();
  }

  #load(): void {
    this.#dataVersion = Number(this.#db.pragma('data_version', { simple: true }));
    this.#project = new Project(
      this.#statements.registers().map((row) => ({ ...row, value: json(row.value) })),
    );
    this.#revision = this.#statements.revision();
    this.#head = Number(this.#statements.meta('head') ?? '0');
  }

  #write<T>(work: () => T): T {
    if (this.readOnly) {
      refuse(
        'project/read-only',
        'This project can only be read, because its file or folder is write-protected. Save a copy elsewhere to change it.',
        { path: this.path },
      );
    }
    return withFaults(this.path, () => {
      const transaction = this.#db.transaction(() => {
        this.refresh();
        return work();
      });
      try {
        const result = transaction.immediate();
        this.#backups?.makeWhenDue(this.#db);
        return result;
      } catch (error) {
        // A refused edit has put memory back itself. After any other failure the file is the truth, read again
        // before the next change; not now, because the disk may still be failing.
        if (!(error instanceof Refusal)) this.#dataVersion = UNREAD;
        throw error;
      }
    });
  }

  #travel(
    steps: number,
    next: () => {
      kind: 'undo' | 'redo';
      target: number;
      head: number;
      label: string;
      ops: Op[];
    } | null,
  ): Commit & { labels: string[] } {
    return this.#write(() => {
      const labels: string[] = [];
      const net = new Map<string, Op>();
      for (let step = 0; step < steps; step++) {
        const move = next();
        if (move === null) break;
        for (const op of move.ops) net.set(key(op), op);
        this.#commit(move);
        labels.push(move.label);
      }
      // The state between two steps is seen by nobody, so memory takes only what they come to.
      const writes = [...net.values()].map(({ object, register, value }) => ({
        object,
        register,
        value: json(value),
      }));
      this.#project.apply(writes);
      return { labels, writes, revision: this.#revision };
    });
  }

  #commit(change: {
    kind: HistoryEntry['kind'];
    target: number | null;
    head?: number;
    label: string;
    ops: Op[];
  }): number {
    const revision = this.#revision + 1;
    this.#statements.append({
      revision,
      kind: change.kind,
      parent: this.#head,
      target: change.target,
      label: change.label,
      committedAtMs: Date.now(),
      ops: change.ops,
      head: change.head ?? revision,
    });
    this.#revision = revision;
    this.#head = change.head ?? revision;
    return revision;
  }
}

function key(write: { object: string; register: string }): string {
  return `${write.object}\n${write.register}`;
}

function text(value: Json): string | null {
  return value === null ? null : JSON.stringify(value);
}

function json(value: string | null): Json {
  return value === null ? null : (JSON.parse(value) as Json);
}
