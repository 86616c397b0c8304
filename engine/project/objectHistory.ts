import type Database from 'better-sqlite3';
import type { Json, Write } from '#core/model/write.ts';

/** A state that an object was in, and what led to it. */
export type ObjectState = { revision: number; label: string; author: string; atMs: number };

type Row = ObjectState & { gesture: string | null; register: string };

/** The past of single objects, read from the journal: every register is what was last written to it. */
export function createObjectHistory(db: Database.Database) {
  const changes = db.prepare<[string], Row>(
    `SELECT ops.revision, ops.register, commits.label, commits.author, commits.gesture,
       commits.committed_at_ms AS atMs
     FROM ops JOIN commits ON commits.revision = ops.revision
     WHERE ops.object = ? ORDER BY ops.revision DESC`,
  );
  const registers = db.prepare<[string, number], { register: string; value: string | null }>(
    `SELECT register, value FROM ops WHERE seq IN
       (SELECT max(seq) FROM ops WHERE object = ? AND revision <= ? GROUP BY register)`,
  );
  return {
    /** States after changes of certain registers, newest first; the edits of one gesture are one state. */
    statesOf(object: string, counts: (register: string) => boolean, limit: number): ObjectState[] {
      const states: ObjectState[] = [];
      let last: Row | undefined;
      for (const row of changes.iterate(object)) {
        if (!counts(row.register)) continue;
        const isSame =
          last !== undefined &&
          (row.revision === last.revision ||
            (row.gesture !== null && row.gesture === last.gesture));
        last = row;
        if (isSame) continue;
        if (states.length === limit) break;
        const { revision, label, author, atMs } = row;
        states.push({ revision, label, author, atMs });
      }
      return states;
    },
    /** The registers of an object as they were after a revision, as writes. */
    registersAt(object: string, revision: number): Write[] {
      return registers
        .all(object, revision)
        .flatMap(({ register, value }) =>
          value === null ? [] : [{ object, register, value: JSON.parse(value) as Json }],
        );
    },
  };
}
