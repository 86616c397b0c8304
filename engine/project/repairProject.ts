import { randomUUID } from 'node:crypto';
import { refuse } from '#core/fault.ts';
import { createDatabase, withFaults } from './database.ts';
import { type Journal, openDamaged, type Saved, salvageProject } from './salvage.ts';

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
    const source = openDamaged(path);
    let saved: Saved;
    try {
      saved = salvageProject(source);
    } finally {
      source.close();
    }
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

function write(target: string, { journal, registers, createdAtMs, complete }: Saved): Repair {
  const replayed = replay(journal);
  const state = complete ? replayed : registers;
  const ops = complete ? [] : difference(replayed, state);
  const head = headOf(journal);
  const revision = journal.commits.at(-1)?.revision ?? 0;
  const db = createDatabase(target);
  try {
    db.transaction(() => {
      const setMeta = db.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
      setMeta.run('project_id', randomUUID());
      setMeta.run('created_at_ms', createdAtMs);
      const addCommit = db.prepare(
        'INSERT INTO commits (revision, kind, parent, target, label, committed_at_ms) VALUES (@revision, @kind, @parent, @target, @label, @committed_at_ms)',
      );
      const addOp = db.prepare(
        'INSERT INTO ops (revision, object, register, value, previous) VALUES (@revision, @object, @register, @value, @previous)',
      );
      for (const commit of journal.commits) addCommit.run(commit);
      for (const op of journal.ops) addOp.run(op);
      if (ops.length > 0) {
        const committedAtMs = journal.commits.at(-1)?.committed_at_ms ?? 0;
        addCommit.run({
          revision: revision + 1,
          kind: 'edit',
          parent: head,
          target: null,
          label: 'Repair project',
          committed_at_ms: committedAtMs,
        });
        for (const op of ops) addOp.run({ ...op, revision: revision + 1 });
      }
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

/** The edit that the state after the last commit stands on. */
function headOf({ commits }: Journal): number {
  const last = commits.at(-1);
  if (last === undefined) return 0;
  if (last.kind === 'edit') return last.revision;
  if (last.kind === 'redo') return last.target ?? 0;
  return commits.find((commit) => commit.revision === last.target)?.parent ?? 0;
}
