import type Database from 'better-sqlite3';
import type { Place } from './statements.ts';

/** Edits of one branch that follow one another: those after `after`, up to and with `last`. */
export type Span = { branch: number; after: number; last: number };

/** How to come from one edit to another: what to take back, latest first, then what to do again, earliest first. */
export type Path = { back: Span[]; forth: Span[] };

type EditRow = Place & { revision: number; parent: number; gesture: string | null; label: string };
type Member = { revision: number; step: number };

/**
 * The tree of edits. Each edit is known by its revision; 0 is the beginning, before the first one. Edits that
 * followed one another without a fork are a branch, so that ways through the tree are a few spans however long they
 * are.
 */
export class HistoryTree {
  readonly #edit;
  readonly #headAfter;
  readonly #lastOf;
  readonly #atOrBefore;
  readonly #after;
  readonly #fork;
  readonly #eldestFork;
  readonly #steps;

  constructor(db: Database.Database) {
    this.#edit = db.prepare<[number], EditRow>(
      "SELECT revision, parent, branch, step, gesture, label FROM commits WHERE revision = ? AND kind = 'edit'",
    );
    this.#headAfter = db
      .prepare<[number], number>('SELECT head FROM commits WHERE revision = ?')
      .pluck();
    this.#lastOf = db
      .prepare<[number], number>('SELECT max(revision) FROM commits WHERE branch = ?')
      .pluck();
    this.#atOrBefore = db.prepare<[number, number], Member>(
      'SELECT revision, step FROM commits WHERE branch = ? AND revision <= ? ORDER BY revision DESC LIMIT 1',
    );
    this.#after = db.prepare<[number, number], Member>(
      'SELECT revision, step FROM commits WHERE branch = ? AND revision > ? ORDER BY revision LIMIT 1',
    );
    this.#fork = db
      .prepare<[number], number | null>(
        'SELECT max(revision) FROM commits WHERE branch = revision AND parent = ?',
      )
      .pluck();
    this.#eldestFork = db
      .prepare<[number, number], number>(
        `SELECT fork.parent FROM commits AS fork JOIN commits AS at ON at.revision = fork.parent
         WHERE fork.branch = fork.revision AND fork.parent >= ? AND at.branch = ?
         ORDER BY fork.parent LIMIT 1`,
      )
      .pluck();
    // As text in one piece: a hundred thousand rows would take longer to hand over than to find.
    this.#steps = db
      .prepare<[number, number, number], [steps: string, labels: string]>(
        `SELECT json_group_array(step), json_group_array(label) FROM (
           SELECT step, label FROM commits
           WHERE revision > ? AND revision <= ? AND +branch = ? ORDER BY revision DESC)`,
      )
      .raw();
  }

  /** The edit of that revision; undefined when it is of another kind, or there is none. */
  find(revision: number): EditRow | undefined {
    return this.#edit.get(revision);
  }

  /** The edit on which the state stood after that revision; undefined when there is none. */
  headAfter(revision: number): number | undefined {
    return this.#headAfter.get(revision);
  }

  /** Where an edit on top of `head` will stand. */
  placeOn(head: number, revision: number, gesture: string | null): Place {
    if (head === 0) return { branch: revision, step: 1 };
    const below = this.#need(head);
    const isSameStep = gesture !== null && below.gesture === gesture;
    return {
      branch: this.#lastOf.get(below.branch) === head ? below.branch : revision,
      step: below.step + (isSameStep ? 0 : 1),
    };
  }

  path(from: number, to: number): Path {
    const path: Path = { back: [], forth: [] };
    let [a, b] = [from, to];
    while (a !== b) {
      const placeA = a === 0 ? null : this.#need(a);
      const placeB = b === 0 ? null : this.#need(b);
      if (placeA !== null && placeA.branch === placeB?.branch) {
        if (a > b) path.back.push({ branch: placeA.branch, after: b, last: a });
        else path.forth.unshift({ branch: placeA.branch, after: a, last: b });
        break;
      }
      // A branch is younger than the one it grew from, so the younger one is never on the other's way.
      if (placeB === null || (placeA !== null && placeA.branch > placeB.branch)) {
        const branch = placeA?.branch ?? 0;
        path.back.push({ branch, after: branch - 1, last: a });
        a = this.#need(branch).parent;
      } else {
        path.forth.unshift({ branch: placeB.branch, after: placeB.branch - 1, last: b });
        b = this.#need(placeB.branch).parent;
      }
    }
    return path;
  }

  /** The edit on which the state stands after so many steps of undo. */
  back(from: number, steps: number): number {
    let at = from === 0 ? undefined : this.#need(from);
    const wanted = (at?.step ?? 0) - steps;
    while (at !== undefined && at.step > wanted) {
      const first = this.#need(at.branch);
      if (first.step <= wanted) return this.#lastUpTo(first, at.revision, wanted);
      at = first.parent === 0 ? undefined : this.#need(first.parent);
    }
    return at?.revision ?? 0;
  }

  /** The edit on which the state stands after so many steps of redo on the way to `tip`. */
  forth(from: number, tip: number, steps: number): number {
    const spans = this.path(from, tip).forth;
    const next = spans[0] && this.#after.get(spans[0].branch, spans[0].after);
    if (next === undefined) return from;
    const wanted = next.step + steps - 1;
    for (const span of spans.reverse()) {
      const first = this.#after.get(span.branch, span.after);
      if (first && first.step <= wanted)
        return this.#lastUpTo({ ...span, ...first }, span.last, wanted);
    }
    return from;
  }

  /** The end of the youngest branch above an edit. */
  youngestTip(from: number): number {
    let at = from;
    for (;;) {
      if (at !== 0) {
        const { branch } = this.#need(at);
        const fork = this.#eldestFork.get(at, branch);
        if (fork === undefined) return this.#lastOf.get(branch) ?? at;
        at = fork;
      }
      const child = this.#fork.get(at) ?? null;
      if (child === null) return at;
      at = child;
    }
  }

  /** The labels of the steps along spans that lead back, latest first. */
  labels(back: readonly Span[]): string[] {
    const labels: string[] = [];
    let seen = -1;
    for (const { after, last, branch } of back) {
      const [steps = '[]', words = '[]'] = this.#steps.get(after, last, branch) ?? [];
      const labelsHere = JSON.parse(words) as string[];
      for (const [index, step] of (JSON.parse(steps) as number[]).entries()) {
        if (step !== seen) labels.push(labelsHere[index] ?? '');
        seen = step;
      }
    }
    return labels;
  }

  /** The last edit of a branch up to `last` whose step is at most `wanted`; that of `first` is. */
  #lastUpTo(first: Place & { revision: number }, last: number, wanted: number): number {
    let found = first.revision;
    let [low, high] = [first.revision, last];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const member = this.#atOrBefore.get(first.branch, middle);
      if (member !== undefined && member.step > wanted) high = member.revision - 1;
      else {
        found = member?.revision ?? found;
        low = middle + 1;
      }
    }
    return found;
  }

  #need(revision: number): EditRow {
    const row = this.#edit.get(revision);
    if (row === undefined) throw new Error(`The journal has no edit ${revision}`);
    return row;
  }
}
