import type Database from 'better-sqlite3';
import type { Path, Span } from './historyTree.ts';
import type { Op, Statements } from './statements.ts';

type Found = [seq: number, object: string, register: string];

/**
 * What a way through the history comes to: one op for each register that ends up different. The cost is one look at
 * every op on the way, and the values of the registers that they name.
 */
export function createNetOps(db: Database.Database, statements: Statements): (path: Path) => Op[] {
  const firstSeq = db
    .prepare<[number], number>(
      'SELECT seq FROM ops WHERE revision > ? ORDER BY revision, seq LIMIT 1',
    )
    .pluck();
  const lastSeq = db
    .prepare<[number], number>(
      'SELECT seq FROM ops WHERE revision <= ? ORDER BY revision DESC, seq DESC LIMIT 1',
    )
    .pluck();
  const oldest = prepareStretch(db, 'min');
  const youngest = prepareStretch(db, 'max');
  const value = db.prepare<[number], string | null>('SELECT value FROM ops WHERE seq = ?').pluck();
  const previous = db
    .prepare<[number], string | null>('SELECT previous FROM ops WHERE seq = ?')
    .pluck();

  function found(stretch: typeof oldest, { branch, after, last }: Span): Found[] {
    const [first, end] = [firstSeq.get(after) ?? 0, lastSeq.get(last) ?? -1];
    return stretch.all(first, end, after, last, branch);
  }

  return ({ back, forth }) => {
    const net = new Map<
      string,
      { seq: number; object: string; register: string; isBack: boolean }
    >();
    const note = ([seq, object, register]: Found, isBack: boolean) =>
      net.set(`${object}\n${register}`, { seq, object, register, isBack });
    for (const span of back) for (const op of found(oldest, span)) note(op, true);
    for (const span of forth) for (const op of found(youngest, span)) note(op, false);
    return [...net.values()]
      .map(({ seq, object, register, isBack }) => ({
        object,
        register,
        value: (isBack ? previous : value).get(seq) ?? null,
        previous: statements.register(object, register),
      }))
      .filter((op) => op.value !== op.previous);
  };
}

/**
 * The oldest or youngest op of each register in a span. Ops lie in the order of their commits, so a span is one stretch
 * of the table, with what was undone and redone meanwhile in between. Values are left where they are: they may be whole
 * chapters, and all but one of each register are of no use.
 */
function prepareStretch(db: Database.Database, which: 'min' | 'max') {
  return db
    .prepare<[first: number, end: number, after: number, last: number, branch: number], Found>(
      `SELECT ${which}(seq), object, register FROM ops
       WHERE seq BETWEEN ? AND ? AND revision NOT IN (
         SELECT revision FROM commits WHERE revision > ? AND revision <= ? AND branch IS NOT ?)
       GROUP BY object, register`,
    )
    .raw();
}
