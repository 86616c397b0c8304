import type Database from 'better-sqlite3';

export type CommitKind = 'edit' | 'undo' | 'redo' | 'jump' | 'note';

/** A register write as the journal keeps it: values as JSON text, null where there is none. */
export type Op = {
  object: string;
  register: string;
  value: string | null;
  previous: string | null;
};

/** Where an edit stands in the tree of edits. */
export type Place = { branch: number; step: number };

/** A change to append: its commit row, its ops, and where redo leads afterwards. */
export type Append = {
  revision: number;
  kind: CommitKind;
  parent: number;
  head: number;
  place: Place | null;
  gesture: string | null;
  label: string;
  author: string;
  committedAtMs: number;
  ops: readonly Op[];
  tip: number;
};

export type Statements = ReturnType<typeof prepareStatements>;

/** The queries that keep journal and state, prepared once. */
export function prepareStatements(db: Database.Database) {
  const meta = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const setMeta = db.prepare('UPDATE meta SET value = ? WHERE key = ?');
  const registers = db.prepare<[], { object: string; register: string; value: string }>(
    'SELECT object, register, value FROM registers',
  );
  const register = db
    .prepare<[string, string], string>(
      'SELECT value FROM registers WHERE object = ? AND register = ?',
    )
    .pluck();
  const revision = db.prepare<[], number | null>('SELECT max(revision) FROM commits').pluck();
  const opsSince = db.prepare<[number], Op & { revision: number }>(
    'SELECT revision, object, register, value, previous FROM ops WHERE revision > ? ORDER BY revision, seq',
  );
  const allOps = db.prepare<[], Op>(
    'SELECT object, register, value, previous FROM ops ORDER BY seq',
  );
  const addCommit = db.prepare(`
    INSERT INTO commits (revision, kind, parent, head, branch, step, gesture, label, author, committed_at_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
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
    /** The present value of a register; null when it is absent. */
    register: (object: string, name: string) => register.get(object, name) ?? null,
    revision: () => revision.get() ?? 0,
    opsSince: (known: number) => opsSince.all(known),
    allOps: () => allOps.all(),
    append(change: Append): void {
      addCommit.run(
        change.revision,
        change.kind,
        change.parent,
        change.head,
        change.place?.branch ?? null,
        change.place?.step ?? null,
        change.gesture,
        change.label,
        change.author,
        change.committedAtMs,
      );
      for (const op of change.ops) {
        addOp.run(change.revision, op.object, op.register, op.value, op.previous);
        if (op.value === null) clearRegister.run(op.object, op.register);
        else setRegister.run(op.object, op.register, op.value);
      }
      setMeta.run(String(change.head), 'head');
      setMeta.run(String(change.tip), 'tip');
    },
  };
}
