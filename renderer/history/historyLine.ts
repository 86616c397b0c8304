import type { CallOutput } from '#core/contract/contract.ts';

/** A change of the project, as `project.history` lists it. */
export type HistoryEntry = CallOutput<'project.history'>['entries'][number];

/** What is known of a history: its newest changes, newest first, and the edit that the present state stands on. */
export type History = {
  entries: readonly HistoryEntry[];
  current: number;
  /** Whether the oldest change is among the entries. */
  isComplete: boolean;
};

/** The edits that the present state stands on, and those that redo would bring back, as far as they are known. */
export type HistoryLine = { past: ReadonlySet<number>; undone: ReadonlySet<number> };

/**
 * Finds the line through the tree of edits on which the present state lies. Edits are known by their revisions, parents
 * are older than their children, and redo follows the way that was taken back, or else the youngest branch: as the
 * engine does it.
 */
export function historyLine({ entries, current }: History): HistoryLine {
  const parents = new Map<number, number>();
  const youngest = new Map<number, number>();
  for (const entry of entries) {
    if (entry.kind !== 'edit') continue;
    parents.set(entry.revision, entry.parent);
    if (!youngest.has(entry.parent)) youngest.set(entry.parent, entry.revision);
  }
  const way = (tip: number) => {
    const edits = new Set<number>();
    for (let at: number | undefined = tip; at !== undefined && !edits.has(at); at = parents.get(at))
      edits.add(at);
    return edits;
  };
  const oldest = entries.at(-1)?.revision ?? 0;
  const ahead = way(tipOf(entries, { current, youngest, way, oldest }));
  const isAhead = ahead.has(current) || current < oldest;
  return {
    past: way(current),
    undone: new Set(isAhead ? [...ahead].filter((revision) => revision > current) : []),
  };
}

type Tree = {
  current: number;
  youngest: ReadonlyMap<number, number>;
  way: (tip: number) => Set<number>;
  oldest: number;
};

/** The end of the way that redo takes: the last edit that was made, unless the state has left its way since. */
function tipOf(entries: readonly HistoryEntry[], { current, youngest, way, oldest }: Tree): number {
  const lastEdit = entries.findIndex((entry) => entry.kind === 'edit');
  let tip = entries[lastEdit]?.revision ?? current;
  let onWay = way(tip);
  for (const { head } of entries.slice(0, Math.max(0, lastEdit)).reverse()) {
    if (head < oldest || onWay.has(head)) continue;
    tip = head;
    for (let next = youngest.get(tip); next !== undefined; next = youngest.get(tip)) tip = next;
    onWay = way(tip);
  }
  return tip;
}

/** New changes in front of known ones; null where some between them are missing. */
export function joinHistory(fresh: History, known: History): History | null {
  const [newest] = known.entries;
  const oldest = fresh.entries.at(-1);
  if (newest === undefined || oldest === undefined) return fresh.isComplete ? fresh : null;
  if (oldest.revision > newest.revision + 1) return null;
  return {
    entries: [
      ...fresh.entries.filter((entry) => entry.revision > newest.revision),
      ...known.entries,
    ],
    current: fresh.current,
    isComplete: known.isComplete,
  };
}
