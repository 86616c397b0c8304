import { describe, expect, it } from 'vitest';
import { type History, type HistoryEntry, joinHistory } from './historyLine.ts';
import { foldWords, historyRows } from './historyRows.ts';

/** A journal as the engine keeps it, newest first. */
function journal() {
  let revision = 0;
  let head = 0;
  let entries: HistoryEntry[] = [];
  const tips = new Map<number, number>();
  const add = (part: Pick<HistoryEntry, 'kind' | 'label' | 'branch' | 'step' | 'head'>) => {
    const entry = { ...part, revision, author: 'Ada', atMs: revision, parent: head, applied: true };
    entries = [entry, ...entries];
    head = part.head;
  };
  const self = {
    edit(label: string, { sameStep = false } = {}) {
      revision += 1;
      const below = entries.find((entry) => entry.kind === 'edit' && entry.revision === head);
      const belowBranch = below?.branch ?? 0;
      const goesOn = below !== undefined && tips.get(belowBranch) === head;
      const branch = goesOn ? belowBranch : revision;
      tips.set(branch, revision);
      const step = (below?.step ?? 0) + (sameStep ? 0 : 1);
      add({ kind: 'edit', label, branch, step, head: revision });
      return revision;
    },
    travel(kind: 'undo' | 'redo' | 'jump', to: number) {
      revision += 1;
      add({ kind, label: kind, branch: null, step: null, head: to });
    },
    history: (limit = Number.POSITIVE_INFINITY): History => ({
      entries: entries.slice(0, limit),
      current: head,
      isComplete: limit >= entries.length,
    }),
  };
  return self;
}

const shown = (history: History, opened: number[] = []) =>
  historyRows(history, new Set(opened)).map((row) =>
    row.kind === 'step'
      ? `${row.label} ${row.state}`
      : row.kind === 'fold'
        ? foldWords(row)
        : `Beginning ${row.state}`,
  );

describe('the rows of a history', () => {
  it('show undone steps above the present one, and the beginning', () => {
    const one = journal();
    one.edit('Split');
    const trim = one.edit('Trim');
    one.edit('Delete');
    one.travel('undo', trim);
    expect(shown(one.history())).toEqual([
      'Delete undone',
      'Trim present',
      'Split past',
      'Beginning past',
    ]);
    one.travel('undo', 0);
    expect(shown(one.history())).toEqual([
      'Delete undone',
      'Trim undone',
      'Split undone',
      'Beginning present',
    ]);
  });

  it('fold the steps of a branch that was left, and open them again', () => {
    const one = journal();
    const split = one.edit('Split');
    one.edit('Trim');
    const last = one.edit('Delete');
    one.travel('jump', split);
    one.edit('Rename');
    expect(shown(one.history())).toEqual([
      'Rename present',
      '2 steps on another branch',
      'Split past',
      'Beginning past',
    ]);
    expect(shown(one.history(), [last])).toEqual([
      'Rename present',
      '2 steps on another branch',
      'Delete elsewhere',
      'Trim elsewhere',
      'Split past',
      'Beginning past',
    ]);
    one.travel('jump', last);
    expect(shown(one.history())).toEqual([
      '1 step on another branch',
      'Delete present',
      'Trim past',
      'Split past',
      'Beginning past',
    ]);
  });

  it('take the way that redo takes after an undo to a fork', () => {
    const one = journal();
    const split = one.edit('Split');
    one.edit('Trim');
    one.travel('jump', split);
    one.edit('Rename');
    one.travel('undo', split);
    expect(shown(one.history())).toEqual([
      'Rename undone',
      '1 step on another branch',
      'Split present',
      'Beginning past',
    ]);
  });

  it('count the branches that lie beside one another', () => {
    const one = journal();
    const split = one.edit('Split');
    one.edit('Trim');
    one.travel('jump', split);
    one.edit('Rename');
    one.travel('jump', split);
    one.edit('Delete');
    expect(shown(one.history())[1]).toBe('2 steps on 2 other branches');
  });

  it('show the edits of one gesture as one step, at its end', () => {
    const one = journal();
    one.edit('Opacity');
    const middle = one.edit('Opacity', { sameStep: true });
    const end = one.edit('Opacity', { sameStep: true });
    expect(historyRows(one.history(), new Set())[0]).toMatchObject({
      revision: end,
      state: 'present',
    });
    one.travel('jump', middle);
    expect(shown(one.history())).toEqual(['Opacity present', 'Beginning past']);
  });

  it('know the present line from the newest page alone', () => {
    const one = journal();
    for (let step = 1; step <= 50; step++) one.edit(`Step ${step}`);
    one.travel('undo', 48);
    expect(shown(one.history(6))).toEqual([
      'Step 50 undone',
      'Step 49 undone',
      'Step 48 present',
      'Step 47 past',
      'Step 46 past',
    ]);
  });

  it('stay quick with a hundred thousand steps', () => {
    const one: HistoryEntry[] = Array.from({ length: 100_000 }, (_, index) => {
      const revision = 100_000 - index;
      const place = { branch: 1, step: revision, parent: revision - 1, head: revision };
      return { ...place, revision, kind: 'edit', label: 'x', author: '', atMs: 0, applied: true };
    });
    const started = performance.now();
    const rows = historyRows({ entries: one, current: 50_000, isComplete: true }, new Set());
    expect(rows).toHaveLength(100_001);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('new changes', () => {
  it('are put before the known ones, unless some between are missing', () => {
    const one = journal();
    for (let step = 1; step <= 10; step++) one.edit(`Step ${step}`);
    const known = one.history(4);
    one.edit('Step 11');
    const joined = joinHistory(one.history(3), known);
    expect(joined?.entries.map((entry) => entry.label)).toEqual([
      'Step 11',
      'Step 10',
      'Step 9',
      'Step 8',
      'Step 7',
    ]);
    expect(joined?.current).toBe(11);
    for (let step = 12; step <= 20; step++) one.edit(`Step ${step}`);
    expect(joinHistory(one.history(3), known)).toBeNull();
  });
});
