import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { refuse } from '#core/fault.ts';
import { copyAside } from './copyAside.ts';
import { createDatabase, withFaults } from './database.ts';
import {
  type Journal,
  openDamaged,
  type Saved,
  type SavedCommit,
  salvageProject,
} from './salvage.ts';
import type { Place } from './statements.ts';

/** What a repair saved: commits and registers in the repaired file, and whether the whole journal could be read. */
export type Repair = { revision: number; commits: number; registers: number; complete: boolean };

/**
 * Writes to `target`, where nothing may be yet, a sound project of what can be read in a damaged one, which is only
 * read. With the whole journal the state is made anew from it. Where parts of it are lost, the last state is taken
 * from what was kept beside it, and one more commit leads there. It gets an identity of its own.
 * Refuses `project/beyond-repair`.
 */
export function repairProject(path: string, target: string): Repair {
  return withFaults(path, () => {
    const saved = salvaged(path);
    if (saved.journal.commits.length === 0 && saved.registers.size === 0) {
      refuse(
        'project/beyond-repair',
        'Nothing in this file can be read any more. Open a backup of the project.',
        { path },
      );
    }
    return write(target, saved);
  });
}

/** Reads the file with its log, neither of which changes. */
function salvaged(path: string): Saved {
  const copy = statSync(path).size === 0 ? copyAside(path) : null;
  try {
    const source = openDamaged(copy?.path ?? path);
    try {
      return salvageProject(source);
    } finally {
      source.close();
    }
  } finally {
    copy?.remove();
  }
}

function write(target: string, saved: Saved): Repair {
  const { journal, registers, versions, createdAtMs, complete } = saved;
  const replayed = replay(journal);
  const state = complete ? replayed : registers;
  const ops = complete ? [] : difference(replayed, state);
  const head = journal.commits.at(-1)?.head ?? 0;
  const revision = journal.commits.at(-1)?.revision ?? 0;
  const db = createDatabase(target);
  try {
    db.transaction(() => {
      const setMeta = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
      setMeta.run('project_id', randomUUID());
      setMeta.run('created_at_ms', createdAtMs);
      const addCommit = db.prepare(`
        INSERT INTO commits (revision, kind, parent, head, branch, step, gesture, label, author, committed_at_ms)
        VALUES (@revision, @kind, @parent, @head, @branch, @step, @gesture, @label, @author, @committed_at_ms)`);
      const addOp = db.prepare(
        'INSERT INTO ops (revision, object, register, value, previous) VALUES (@revision, @object, @register, @value, @previous)',
      );
      const commits = ops.length > 0 ? [...journal.commits, repairing(journal)] : journal.commits;
      for (const commit of placed(commits)) addCommit.run(commit);
      for (const op of journal.ops) addOp.run(op);
      for (const op of ops) addOp.run({ ...op, revision: revision + 1 });
      const addVersion = db.prepare(
        'INSERT INTO versions (name, head, author, saved_at_ms) VALUES (@name, @head, @author, @saved_at_ms)',
      );
      for (const version of versions) addVersion.run(version);
      setMeta.run('head', String(ops.length > 0 ? revision + 1 : head));
      const setRegister = db.prepare(
        'INSERT INTO registers (object, register, value) VALUES (?, ?, ?)',
      );
      for (const [key, value] of state) setRegister.run(...partsOf(key), value);
    }).immediate();
    return {
      revision: ops.length > 0 ? revision + 1 : revision,
      commits: journal.commits.length,
      registers: state.size,
      complete,
    };
  } finally {
    db.close();
  }
}

/** The state that a journal gives, as `object\nregister` and the value's text. */
function replay({ ops }: Journal): Map<string, string> {
  const state = new Map<string, string>();
  for (const { object, register, value } of ops) {
    const key = `${object}\n${register}`;
    if (value === null) state.delete(key);
    else state.set(key, value);
  }
  return state;
}

function difference(from: Map<string, string>, to: Map<string, string>) {
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((key) => {
      const [object, register] = partsOf(key);
      return { object, register, value: to.get(key) ?? null, previous: from.get(key) ?? null };
    })
    .filter((op) => op.value !== op.previous);
}

function partsOf(key: string): [object: string, register: string] {
  const cut = key.indexOf('\n');
  return [key.slice(0, cut), key.slice(cut + 1)];
}

/** The commit that leads from what the journal comes to, to the last state. */
function repairing({ commits }: Journal): SavedCommit {
  const last = commits.at(-1);
  const revision = (last?.revision ?? 0) + 1;
  return {
    revision,
    kind: 'edit',
    parent: last?.head ?? 0,
    head: revision,
    gesture: null,
    label: 'Repair project',
    author: '',
    committed_at_ms: last?.committed_at_ms ?? 0,
  };
}

/** Commits with their places in the tree, which follow from their parents. */
function placed(commits: readonly SavedCommit[]) {
  const edits = new Map<number, Place & { gesture: string | null }>();
  const continued = new Set([0]);
  return commits.map((commit) => {
    if (commit.kind !== 'edit') return { ...commit, branch: null, step: null };
    const below = edits.get(commit.parent);
    const isSameStep = commit.gesture !== null && commit.gesture === below?.gesture;
    const place = {
      branch: below === undefined || continued.has(commit.parent) ? commit.revision : below.branch,
      step: (below?.step ?? 0) + (isSameStep ? 0 : 1),
    };
    continued.add(commit.parent);
    edits.set(commit.revision, { ...place, gesture: commit.gesture });
    return { ...commit, ...place };
  });
}
