import type Database from 'better-sqlite3';

export type HistoryEntry = {
  revision: number;
  kind: 'edit' | 'undo' | 'redo';
  label: string;
  atMs: number;
};

type Op = { object: string; register: string; value: string | null; previous: string | null };
type CommitRow = { revision: number; parent: number; label: string };

/** A change to append: its commit row, its ops, and the edit that the state stands on afterwards. */
export type Append = {
  revision: number;
  kind: HistoryEntry['kind'];
  parent: number;
  target: number | null;
  label: string;
  committedAtMs: number;
  ops: readonly Op[];
  head: number;
};

export type Statements = ReturnType<typeof prepareStatements>;

/** The queries of a project file, prepared once. */
export function prepareStatements(db: Database.Database) {
  const meta = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const setMeta = db.prepare('UPDATE meta SET value = ? WHERE key = ?');
  const registers = db.prepare<[], { object: string; register: string; value: string }>(
    'SELECT object, register, value FROM registers',
  );
  const revision = db.prepare<[], { revision: number | null }>(
    'SELECT max(revision) AS revision FROM commits',
  );
  const commit = db.prepare<[number], CommitRow>(
    'SELECT revision, parent, label FROM commits WHERE revision = ?',
  );
  const youngestChild = db.prepare<[number], CommitRow>(
    "SELECT revision, parent, label FROM commits WHERE parent = ? AND kind = 'edit' ORDER BY revision DESC LIMIT 1",
  );
  const ancestors = db.prepare<[number], { revision: number }>(`
    WITH RECURSIVE line (revision, parent) AS (
      SELECT revision, parent FROM commits WHERE revision = ?
      UNION ALL
      SELECT commits.revision, commits.parent FROM commits JOIN line ON commits.revision = line.parent
    )
    SELECT revision FROM line`);
  const latest = db.prepare<[number], HistoryEntry>(
    'SELECT revision, kind, label, committed_at_ms AS atMs FROM commits ORDER BY revision DESC LIMIT ?',
  );
  const ops = db.prepare<[number], Op>(
    'SELECT object, register, value, previous FROM ops WHERE revision = ? ORDER BY seq',
  );
  const allOps = db.prepare<[], Op>(
    'SELECT object, register, value, previous FROM ops ORDER BY seq',
  );
  const addCommit = db.prepare(
    'INSERT INTO commits (revision, kind, parent, target, label, committed_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const addOp = db.prepare(
    'INSERT INTO ops (revision, object, register, value, previous) VALUES (?, ?, ?, ?, ?)',
  );
  const setRegister = db.prepare(
    'INSERT INTO registers (object, register, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  );
  const clearRegister = db.prepare('DELETE FROM registers WHERE object = ? AND register = ?');
  return {
    meta: (key: string) => meta.get(key)?.value,
    registers: () => registers.all(),
    revision: () => revision.get()?.revision ?? 0,
    commit(id: number): CommitRow {
      const row = commit.get(id);
      if (row === undefined) throw new Error(`The journal has no revision ${id}`);
      return row;
    },
    youngestChild: (parent: number) => youngestChild.get(parent),
    ancestors: (head: number) => ancestors.all(head).map((row) => row.revision),
    latest: (limit: number) => latest.all(limit),
    ops: (revisionId: number) => ops.all(revisionId),
    allOps: () => allOps.all(),
    append(change: Append): void {
      addCommit.run(
        change.revision,
        change.kind,
        change.parent,
        change.target,
        change.label,
        change.committedAtMs,
      );
      for (const op of change.ops) {
        addOp.run(change.revision, op.object, op.register, op.value, op.previous);
        if (op.value === null) clearRegister.run(op.object, op.register);
        else setRegister.run(op.object, op.register, op.value);
      }
      setMeta.run(String(change.head), 'head');
    },
  };
}
