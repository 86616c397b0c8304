import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { HistoryState } from '#core/contract/history.ts';
import { type AnyCommand, applyEdit } from '#core/edits/applyEdit.ts';
import type { EditOutcome } from '#core/edits/definition.ts';
import { idsFrom } from '#core/edits/ids.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { Project } from '#core/model/project.ts';
import type { Json, Write } from '#core/model/write.ts';
import { createHistoryEntries, type HistoryEntry } from './historyEntries.ts';
import { HistoryTree } from './historyTree.ts';
import { createNetOps } from './netOps.ts';
import {
  type CommitKind,
  type Op,
  type Place,
  prepareStatements,
  type Statements,
} from './statements.ts';

/** A change of a project: what it wrote, and the revision it has. */
export type Commit = { revision: number; writes: Write[] };

export type EditOptions = {
  /** Beginning of the ids of new objects. */
  idSeed?: string;
  /** Edits of one gesture in a row are taken back as one. */
  gesture?: string;
};

/** What a commit is made of, apart from what follows from the present state. */
type Change = {
  kind: CommitKind;
  head: number;
  place: Place | null;
  gesture: string | null;
  label: string;
  ops: Op[];
  tip: number;
};

/** From so many writes on a project is sooner made anew, since each write keeps its lists in order. */
const ANEW_FROM = 1_000;

/** A data version that SQLite never gives: memory must be read from the file again. */
const UNREAD = -1;

/**
 * The journal of a project and the state it gives in memory. What changes it runs inside a transaction of the
 * caller's, who calls `distrust` when that fails.
 */
export class Journal {
  readonly author: string;
  readonly #db: Database.Database;
  readonly #statements: Statements;
  readonly #tree: HistoryTree;
  readonly #netOps: ReturnType<typeof createNetOps>;
  readonly #entries: ReturnType<typeof createHistoryEntries>;
  #project = new Project();
  #revision = 0;
  #head = 0;
  #tip = 0;
  #dataVersion = UNREAD;

  constructor(db: Database.Database, author: string) {
    this.author = author;
    this.#db = db;
    this.#statements = prepareStatements(db);
    this.#tree = new HistoryTree(db);
    this.#netOps = createNetOps(db, this.#statements);
    this.#entries = createHistoryEntries(db, this.#tree);
    this.#load();
  }

  /** The identity of the project; undefined when it is lost. */
  get projectId(): string | undefined {
    return this.#statements.meta('project_id');
  }

  /** The present state; to be read, never applied to. */
  get project(): Project {
    return this.#project;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The edit that the present state stands on; 0 is the beginning. */
  get head(): number {
    return this.#head;
  }

  /** Takes in what was written elsewhere since; gives those changes, oldest first. */
  refresh(): Commit[] {
    const version = Number(this.#db.pragma('data_version', { simple: true }));
    if (version === this.#dataVersion) return [];
    if (this.#dataVersion === UNREAD || this.#statements.revision() < this.#revision) {
      this.#load();
      return [];
    }
    const commits = this.#catchUp();
    this.#dataVersion = version;
    return commits;
  }

  /** From now on memory may differ from the file, which is read again by the next `refresh`. */
  distrust(): void {
    this.#dataVersion = UNREAD;
  }

  /** Applies commands as one edit, all or nothing. A refusal leaves memory and disk as they were. */
  edit(
    commands: readonly AnyCommand[],
    { idSeed = randomUUID(), gesture }: EditOptions = {},
  ): Commit & { outcomes: EditOutcome[] } {
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
    const revision = this.#append(this.#asEdit(label, ops, gesture ?? null));
    return { writes, outcomes, revision };
  }

  /**
   * Writes what was found out about something, such as the hash of a file: durable like an edit, but no step of the
   * history, so that undo neither takes it back nor forgets what could be done again.
   */
  note(label: string, writes: readonly Write[]): Commit {
    const inverse = this.#project.apply(writes);
    const previous = new Map(inverse.map((write) => [key(write), write.value]));
    const ops = writes.map((write) => ({
      object: write.object,
      register: write.register,
      value: text(write.value),
      previous: text(previous.get(key(write)) ?? null),
    }));
    const { head, tip } = { head: this.#head, tip: this.#tip };
    const revision = this.#append({
      kind: 'note',
      head,
      place: null,
      gesture: null,
      label,
      ops,
      tip,
    });
    return { revision, writes: [...writes] };
  }

  /** Takes back up to `steps` steps as one change; gives their labels, latest first. */
  undo(steps = 1): Commit & { undone: string[] } {
    const target = this.#tree.back(this.#head, steps);
    const undone = this.#tree.labels(this.#tree.path(this.#head, target).back);
    return { ...this.#travel('undo', target, several(undone)), undone };
  }

  /** Does up to `steps` undone steps again, on the way that was taken back or else along the youngest branch. */
  redo(steps = 1): Commit & { redone: string[] } {
    const target = this.#tree.forth(this.#head, this.#tip, steps);
    const redone = this.#tree.labels(this.#tree.path(target, this.#head).back).reverse();
    return { ...this.#travel('redo', target, several(redone)), redone };
  }

  /**
   * Goes to the state as it was after a revision, on whatever branch; 0 is the beginning. Refuses
   * `project/no-such-step`.
   */
  goTo(revision: number): Commit {
    const target = revision === 0 ? 0 : this.#tree.headAfter(revision);
    if (target === undefined) {
      refuse(
        'project/no-such-step',
        `The history of this project has no step ${revision}; its last one is ${this.#revision}.`,
        { revision, last: this.#revision },
      );
    }
    return this.#travel('jump', target, this.#tree.find(target)?.label ?? 'Beginning');
  }

  /** Brings a state of the past back as a step of its own, which undo takes back. */
  restore(head: number, label: string): Commit {
    const ops = this.#netOps(this.#tree.path(this.#head, head));
    if (ops.length === 0) return { revision: this.#revision, writes: [] };
    const revision = this.#append(this.#asEdit(label, ops, null));
    return { revision, writes: this.#applied(ops) };
  }

  /** Words for the next undo and redo. */
  history(): HistoryState {
    const next = this.#tree.forth(this.#head, this.#tip, 1);
    return {
      undo: this.#tree.find(this.#head)?.label ?? null,
      redo: next === this.#head ? null : (this.#tree.find(next)?.label ?? null),
    };
  }

  /** The latest changes before a revision, newest first; an edit is `applied` when the present state stands on it. */
  entries(limit: number, before = this.#revision + 1): (HistoryEntry & { applied: boolean })[] {
    return this.#entries({ head: this.#head, limit, before });
  }

  /** What every op there ever was comes to; always equal to the present state. */
  replayed(): Project {
    return new Project(writesOf(this.#statements.allOps()));
  }

  #load(): void {
    this.#db.transaction(() => {
      this.#dataVersion = Number(this.#db.pragma('data_version', { simple: true }));
      this.#project = new Project(
        this.#statements.registers().map((row) => ({ ...row, value: json(row.value) })),
      );
      this.#revision = this.#statements.revision();
      this.#locate();
    })();
  }

  #catchUp(): Commit[] {
    return this.#db.transaction(() => {
      const commits = new Map<number, Op[]>();
      for (const op of this.#statements.opsSince(this.#revision)) {
        const ops = commits.get(op.revision);
        if (ops === undefined) commits.set(op.revision, [op]);
        else ops.push(op);
      }
      this.#revision = this.#statements.revision();
      this.#locate();
      return [...commits].map(([revision, ops]) => ({ revision, writes: this.#applied(ops) }));
    })();
  }

  #locate(): void {
    this.#head = Number(this.#statements.meta('head') ?? '0');
    const tip = this.#statements.meta('tip') ?? '';
    this.#tip = tip === '' ? this.#tree.youngestTip(this.#head) : Number(tip);
  }

  #asEdit(label: string, ops: Op[], gesture: string | null): Change {
    const head = this.#revision + 1;
    const place = this.#tree.placeOn(this.#head, head, gesture);
    return { kind: 'edit', head, place, gesture, label, ops, tip: head };
  }

  /** Goes to an edit, however far away, as one commit. */
  #travel(kind: 'undo' | 'redo' | 'jump', target: number, label: string): Commit {
    if (target === this.#head) return { revision: this.#revision, writes: [] };
    const ops = this.#netOps(this.#tree.path(this.#head, target));
    const isOnWay = this.#tree.path(this.#tip, target).forth.length === 0;
    const tip = isOnWay ? this.#tip : this.#tree.youngestTip(target);
    const revision = this.#append({
      kind,
      head: target,
      place: null,
      gesture: null,
      label,
      ops,
      tip,
    });
    return { revision, writes: this.#applied(ops) };
  }

  #append(change: Change): number {
    const revision = this.#revision + 1;
    this.#statements.append({
      ...change,
      revision,
      parent: this.#head,
      author: this.author,
      committedAtMs: Date.now(),
    });
    this.#revision = revision;
    this.#head = change.head;
    this.#tip = change.tip;
    return revision;
  }

  #applied(ops: readonly Op[]): Write[] {
    const writes = writesOf(ops);
    if (writes.length < ANEW_FROM) this.#project.apply(writes);
    else this.#project = new Project([...this.#project.snapshot(), ...writes]);
    return writes;
  }
}

function several(labels: readonly string[]): string {
  const [first = ''] = labels;
  return labels.length > 1 ? `${first} and ${labels.length - 1} more` : first;
}

function writesOf(ops: readonly Op[]): Write[] {
  return ops.map(({ object, register, value }) => ({ object, register, value: json(value) }));
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
