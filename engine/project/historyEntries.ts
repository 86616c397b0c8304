import type Database from 'better-sqlite3';
import type { HistoryTree } from './historyTree.ts';
import type { CommitKind } from './statements.ts';

/** One change of a project, as its history lists it. */
export type HistoryEntry = {
  revision: number;
  kind: Exclude<CommitKind, 'note'>;
  label: string;
  author: string;
  atMs: number;
  /** The edit that the state stood on before, and the one it stands on afterwards; 0 is the beginning. */
  parent: number;
  head: number;
  /** For edits: the branch, named after its first edit, and the step of undo that the edit belongs to. */
  branch: number | null;
  step: number | null;
};

type Window = { head: number; limit: number; before: number };

/** Gives the latest changes before a revision, newest first; an edit is `applied` when the state at `head` stands on it. */
export function createHistoryEntries(db: Database.Database, tree: HistoryTree) {
  const latest = db.prepare<[number, number], HistoryEntry>(
    `SELECT revision, kind, label, author, committed_at_ms AS atMs, parent, head, branch, step
     FROM commits WHERE revision < ? AND kind <> 'note' ORDER BY revision DESC LIMIT ?`,
  );
  return ({ head, limit, before }: Window): (HistoryEntry & { applied: boolean })[] => {
    const spans = new Map(tree.path(head, 0).back.map((span) => [span.branch, span]));
    return latest.all(before, limit).map((entry) => {
      const span = entry.branch === null ? undefined : spans.get(entry.branch);
      const isOnWay = span !== undefined && entry.revision <= span.last;
      return { ...entry, applied: entry.kind !== 'edit' || isOnWay };
    });
  };
}
