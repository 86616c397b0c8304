import Database from 'better-sqlite3';
import type { CommitKind } from './statements.ts';

export type SavedCommit = {
  revision: number;
  kind: CommitKind;
  parent: number;
  head: number;
  gesture: string | null;
  label: string;
  author: string;
  committed_at_ms: number;
};
/** A commit as the schema of its file has it: the first one named the edit that was undone or redone. */
type CommitRow = Omit<SavedCommit, 'head' | 'gesture' | 'author'> &
  Partial<Pick<SavedCommit, 'head' | 'gesture' | 'author'>> & { target?: number | null };
type SavedOp = {
  seq: number;
  revision: number;
  object: string;
  register: string;
  value: string | null;
  previous: string | null;
};

type SavedVersion = { name: string; head: number; author: string; saved_at_ms: number };

/** Commits in order, each one's parent and head among them, or 0; ops in order, each one's commit among them. */
export type Journal = { commits: SavedCommit[]; ops: SavedOp[] };

export type Saved = {
  journal: Journal;
  /** The last state as it lies beside the journal, as `object\nregister` and the value's text. */
  registers: Map<string, string>;
  /** The names of states whose edits were saved. */
  versions: SavedVersion[];
  createdAtMs: string;
  /** Whether every row of the journal could be read. */
  complete: boolean;
};

/** Rows that must be missing one after the other before a table is taken to be at its end. */
const PATIENCE = 20_000;

/** Opens a database for reading although it may be damaged. */
export function openDamaged(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  // Only with this does SQLite read a file that is shorter than it should be.
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  return db;
}

/** Reads whatever can be read of a project whose database may be damaged. */
export function salvageProject(db: Database.Database): Saved {
  const commits = readRows<CommitRow>(db, 'commits', 'revision', (row) => row.revision);
  const ops = readRows<SavedOp>(db, 'ops', 'seq', (row) => row.seq);
  const sound = ops.rows.filter((op) => isJson(op.value) && isJson(op.previous));
  const journal = mended(withHeads(commits.rows), sound);
  const saved = new Set(journal.commits.map(({ revision }) => revision));
  return {
    journal,
    registers: readRegisters(db, journal),
    versions: readVersions(db).filter(({ head }) => head === 0 || saved.has(head)),
    createdAtMs:
      attempt(() => text(db, "SELECT value FROM meta WHERE key = 'created_at_ms'")) ?? '0',
    complete: commits.complete && ops.complete && sound.length === ops.rows.length,
  };
}

/** All rows in order of their number; past a damaged page, row by row. */
function readRows<Row>(
  db: Database.Database,
  table: 'commits' | 'ops',
  key: 'revision' | 'seq',
  numberOf: (row: Row) => number,
): { rows: Row[]; complete: boolean } {
  const rows: Row[] = [];
  // Not indexed: an index that is damaged must not lead the reading.
  const all = attempt(() =>
    db.prepare<[], Row>(`SELECT * FROM ${table} NOT INDEXED ORDER BY ${key}`),
  );
  const one = attempt(() =>
    db.prepare<[number], Row>(`SELECT * FROM ${table} NOT INDEXED WHERE ${key} = ?`),
  );
  if (all === undefined || one === undefined) return { rows, complete: false };
  const isWhole = attempt(() => {
    for (const row of all.iterate()) rows.push(row);
    return true;
  });
  if (isWhole) return { rows, complete: true };
  const last = rows.at(-1);
  let number = (last === undefined ? 0 : numberOf(last)) + 1;
  for (let missing = 0; missing < PATIENCE; number++) {
    const row = attempt(() => one.get(number));
    if (row === undefined) missing += 1;
    else {
      missing = 0;
      rows.push(row);
    }
  }
  return { rows, complete: false };
}

function readRegisters(db: Database.Database, journal: Journal): Map<string, string> {
  const found = new Map<string, string>();
  const note = (object: string, register: string, value: string) => {
    if (isJson(value)) found.set(`${object}\n${register}`, value);
  };
  const isWhole = attempt(() => {
    const all = db.prepare<[], { object: string; register: string; value: string }>(
      'SELECT object, register, value FROM registers',
    );
    for (const row of all.iterate()) note(row.object, row.register, row.value);
    return true;
  });
  if (isWhole) return found;
  const one = attempt(() =>
    db.prepare<[string, string], { value: string }>(
      'SELECT value FROM registers WHERE object = ? AND register = ?',
    ),
  );
  const lastValues = new Map(journal.ops.map((op) => [`${op.object}\n${op.register}`, op]));
  for (const [key, op] of lastValues) {
    if (found.has(key)) continue;
    const answer = attempt(() => ({
      row: one?.get(op.object, op.register),
      asked: one !== undefined,
    }));
    // Where the state itself is lost, the last write that is left stands for it.
    const value = answer?.asked ? answer.row?.value : op.value;
    if (value !== undefined && value !== null) note(op.object, op.register, value);
  }
  return found;
}

function readVersions(db: Database.Database): SavedVersion[] {
  const versions: SavedVersion[] = [];
  attempt(() => {
    const all = db.prepare<[], SavedVersion>(
      'SELECT name, head, author, saved_at_ms FROM versions',
    );
    for (const row of all.iterate()) versions.push(row);
  });
  return versions;
}

/** Commits of either schema in the form of the present one. */
function withHeads(rows: readonly CommitRow[]): SavedCommit[] {
  const parents = new Map(rows.map(({ revision, parent }) => [revision, parent]));
  return rows.map(({ revision, kind, parent, target, label, committed_at_ms, ...row }) => {
    const after = kind === 'undo' ? parents.get(target ?? 0) : target;
    const head = row.head ?? (kind === 'edit' ? revision : (after ?? 0));
    const { gesture = null, author = '' } = row;
    return { revision, kind, parent, head, gesture, label, author, committed_at_ms };
  });
}

/** Commits and ops such that nothing refers to what is lost. */
function mended(commits: readonly SavedCommit[], ops: readonly SavedOp[]): Journal {
  const byRevision = new Map(commits.map((commit) => [commit.revision, commit]));
  for (const { revision } of ops) {
    if (byRevision.has(revision)) continue;
    const label = 'Recovered edit';
    byRevision.set(revision, {
      revision,
      kind: 'edit',
      parent: 0,
      head: revision,
      gesture: null,
      label,
      author: '',
      committed_at_ms: 0,
    });
  }
  // Only edits are places that one can stand on, and one grows from an earlier one.
  const standing = (place: number, before: number) =>
    place < before && byRevision.get(place)?.kind === 'edit' ? place : 0;
  return {
    commits: [...byRevision.values()]
      .sort((a, b) => a.revision - b.revision)
      .map((commit) => ({
        ...commit,
        parent: standing(commit.parent, commit.revision),
        head: commit.kind === 'edit' ? commit.revision : standing(commit.head, commit.revision),
      })),
    ops: [...ops],
  };
}

function isJson(value: string | null): boolean {
  return value === null || attempt(() => [JSON.parse(value) as unknown]) !== undefined;
}

function text(db: Database.Database, query: string): string | undefined {
  return db.prepare<[], { value: string }>(query).get()?.value;
}

/** What `work` gives; undefined when damage stops it. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
