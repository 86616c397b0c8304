import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type Database from 'better-sqlite3';
import type { HistoryState } from '#core/contract/history.ts';
import type { AnyCommand } from '#core/edits/applyEdit.ts';
import type { EditOutcome } from '#core/edits/definition.ts';
import { PROJECT_OBJECT_ID } from '#core/edits/timelines/projectRename.ts';
import { type Fault, Refusal, refuse } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { Write } from '#core/model/write.ts';
import { accountName } from './accountName.ts';
import { type Backups, withNewestBackup } from './backups.ts';
import { createDatabase, removeDatabase, withFaults } from './database.ts';
import type { HistoryEntry } from './historyEntries.ts';
import { type Commit, type EditOptions, Journal } from './journal.ts';
import { createObjectHistory, type ObjectState } from './objectHistory.ts';
import { type NamedVersion, NamedVersions } from './versions.ts';
import { type AccessOptions, WriteAccess } from './writeAccess.ts';

export type { Commit };

export type ProjectOptions = AccessOptions & {
  /** Whose changes these are; the name of the account unless said otherwise. */
  author?: string;
};

/**
 * An open project file: the journal on disk and the state it gives in memory, always equal. Every method that
 * changes the project returns only when the change is durable.
 */
export class ProjectFile {
  readonly path: string;
  readonly projectId: string;
  readonly #access: WriteAccess;
  readonly #db: Database.Database;
  readonly #journal: Journal;
  readonly #versions: NamedVersions;
  readonly #objects: ReturnType<typeof createObjectHistory>;
  #backups: Backups | undefined;

  private constructor(path: string, access: WriteAccess, author = accountName()) {
    this.path = path;
    this.#access = access;
    this.#db = access.db;
    this.#journal = new Journal(this.#db, author);
    this.#versions = new NamedVersions(this.#db);
    this.#objects = createObjectHistory(this.#db);
    this.projectId =
      this.#journal.projectId ??
      refuse('project/damaged', 'The project has lost its identity. Open a backup of it.', {
        path,
      });
  }

  static create(path: string, name: string, options: ProjectOptions = {}): ProjectFile {
    const file = resolve(path);
    const db = createDatabase(file);
    const setMeta = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    setMeta.run('project_id', randomUUID());
    setMeta.run('created_at_ms', String(Date.now()));
    try {
      const access = WriteAccess.ofNew(file, db, options);
      const project = new ProjectFile(file, access, options.author);
      try {
        project.edit([{ type: 'project.rename', name }]);
        return project;
      } catch (error) {
        project.close();
        throw error;
      }
    } catch (error) {
      db.close();
      removeDatabase(file);
      throw error;
    }
  }

  static open(path: string, options: ProjectOptions = {}): ProjectFile {
    const file = resolve(path);
    const access = WriteAccess.open(file, options);
    try {
      return withFaults(file, () => new ProjectFile(file, access, options.author));
    } catch (error) {
      access.close();
      throw error;
    }
  }

  /** The present state; to be read, never applied to. */
  get project(): Project {
    return this.#journal.project;
  }

  /** The present state as it will stay, whatever is edited afterwards. */
  frozen(): Project {
    return new Project(this.project.snapshot());
  }

  get revision(): number {
    return this.#journal.revision;
  }

  /** The edit that the present state stands on; 0 is the beginning. */
  get head(): number {
    return this.#journal.head;
  }

  get name(): string {
    return this.project.find('project', PROJECT_OBJECT_ID)?.name ?? 'Untitled';
  }

  /** Why the project can only be read; null when it can be changed. */
  get readOnlyReason(): Fault | null {
    return this.#access.reason;
  }

  /** Takes the right to write, where another program had it and has left. */
  tryToWrite(): void {
    this.#access.tryAgain();
  }

  /** Takes in what another process has written since; gives its changes, oldest first. */
  refresh(): Commit[] {
    return this.#guarded(() => this.#journal.refresh());
  }

  /** Applies commands as one edit, all or nothing. A refusal leaves memory and disk as they were. */
  edit(
    commands: readonly AnyCommand[],
    options: EditOptions = {},
  ): Commit & { outcomes: EditOutcome[] } {
    return this.#write(() => this.#journal.edit(commands, options));
  }

  /** Writes what was found out about something; no step of the history. */
  note(label: string, writes: readonly Write[]): Commit {
    return this.#write(() => this.#journal.note(label, writes));
  }

  /** Takes back up to `steps` steps as one change; gives their labels, latest first. */
  undo(steps = 1): Commit & { undone: string[] } {
    return this.#write(() => this.#journal.undo(steps));
  }

  /** Does up to `steps` undone steps again, on the way that was taken back or else along the youngest branch. */
  redo(steps = 1): Commit & { redone: string[] } {
    return this.#write(() => this.#journal.redo(steps));
  }

  /** Goes to the state after a revision, on whatever branch; 0 is the beginning. Refuses `project/no-such-step`. */
  goTo(revision: number): Commit {
    return this.#write(() => this.#journal.goTo(revision));
  }

  /** Words for the next undo and redo. */
  history(): HistoryState {
    return this.#journal.history();
  }

  /** The latest changes before a revision, newest first; an edit is `applied` when the present state stands on it. */
  entries(limit: number, before?: number): (HistoryEntry & { applied: boolean })[] {
    return this.#guarded(() => this.#journal.entries(limit, before));
  }

  /** The states that an object was in, newest first, as far as the registers matter that `counts` tells. */
  statesOf(object: string, counts: (register: string) => boolean, limit: number): ObjectState[] {
    return this.#guarded(() => this.#objects.statesOf(object, counts, limit));
  }

  /** The registers of an object as they were after a revision, as writes. */
  registersAt(object: string, revision: number): Write[] {
    return this.#guarded(() => this.#objects.registersAt(object, revision));
  }

  /** The states that have names, the one that was saved last first. */
  versions(): NamedVersion[] {
    return this.#guarded(() => this.#versions.list());
  }

  /** Gives the present state a name. Refuses `project/version-exists` and `project/bad-version-name`. */
  saveVersion(name: string): NamedVersion {
    return this.#write(() =>
      this.#versions.save({
        name,
        revision: this.head,
        author: this.#journal.author,
        savedAtMs: Date.now(),
      }),
    );
  }

  renameVersion(from: string, to: string): NamedVersion {
    return this.#write(() => this.#versions.rename(from, to));
  }

  deleteVersion(name: string): void {
    this.#write(() => this.#versions.delete(name));
  }

  /** Brings back the state that has that name, as a step that undo takes back. Refuses `project/no-such-version`. */
  restoreVersion(name: string): Commit {
    return this.#write(() => {
      const version = this.#versions.need(name);
      return this.#journal.restore(version.revision, `Restore “${version.name}”`);
    });
  }

  /** What SQLite finds wrong with the file, and whether the state equals the journal; empty when all is well. */
  integrityProblems(): string[] {
    return this.#guarded(() => {
      const rows = this.#db.pragma('integrity_check') as { integrity_check: string }[];
      const problems = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
      const replayed = this.#journal.replayed();
      if (JSON.stringify(replayed.snapshot()) !== JSON.stringify(this.project.snapshot())) {
        problems.push('The state differs from the journal.');
      }
      return problems;
    });
  }

  /** From now on the one who writes makes a backup after changes, at most every ten minutes, and on closing. */
  keepBackups(backups: Backups): void {
    this.#backups = backups;
  }

  /** Makes a backup now, unless the newest one holds the same, or another process is the one that writes. */
  backUp(): void {
    if (this.#access.isWriter) this.#backups?.make(this.#db);
  }

  /** Why the last backup could not be made; null when it could. */
  get backupProblem(): string | null {
    return this.#backups?.problem ?? null;
  }

  close(): void {
    if (this.#db.open) this.backUp();
    this.#access.close();
  }

  /** Runs work on the file; what fails becomes a fault with a code, and damage names the newest backup. */
  #guarded<T>(work: () => T): T {
    try {
      return withFaults(this.path, work);
    } catch (error) {
      throw withNewestBackup(error, this.projectId, this.#backups);
    }
  }

  #write<T>(work: () => T): T {
    return this.#guarded(() => {
      if (this.#access.need()) this.backUp();
      const transaction = this.#db.transaction(() => {
        this.#journal.refresh();
        return work();
      });
      try {
        const result = transaction.immediate();
        this.#backups?.makeWhenDue(this.#db);
        return result;
      } catch (error) {
        // A refused edit has put memory back itself. After any other failure the file is the truth, read again
        // before the next change; not now, because the disk may still be failing.
        if (!(error instanceof Refusal)) this.#journal.distrust();
        throw error;
      }
    });
  }
}
