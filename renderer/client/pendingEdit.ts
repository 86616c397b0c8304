import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Project } from '#core/model/project.ts';
import type { Write } from '#core/model/write.ts';

/** An edit that is shown already and not yet confirmed by the engine. */
export type PendingEdit = {
  seed: string;
  gesture: string | undefined;
  commands: readonly EditCommand[];
  writes: Write[];
  inverse: Write[];
  /** Whether it was sent and its answer lost. */
  wasSent: boolean;
  /** Told once whether the engine wrote it. */
  onEnd: (isWritten: boolean) => void;
};

/** Applies a pending edit again on changed ground. What no longer fits is left to the engine to refuse. */
export function applyPending(project: Project, edit: PendingEdit): void {
  const applied = applyEdit(project, edit.commands, idsFrom(edit.seed));
  edit.writes = applied.ok ? applied.value.writes : [];
  edit.inverse = applied.ok ? applied.value.inverse : [];
}

/** Whether a project shows everything an edit would write. */
export function alreadyHolds(project: Project, edit: PendingEdit): boolean {
  const wanted = new Map(edit.writes.map((write) => [key(write), JSON.stringify(write.value)]));
  for (const write of project.snapshot()) {
    if (wanted.get(key(write)) === JSON.stringify(write.value)) wanted.delete(key(write));
  }
  for (const [name, value] of wanted) if (value === 'null') wanted.delete(name);
  return wanted.size === 0;
}

/** Whether two lists of writes leave the same behind. */
export function sameWrites(ours: readonly Write[], theirs: readonly Write[]): boolean {
  if (ours.length !== theirs.length) return false;
  const values = new Map(ours.map((write) => [key(write), write.value]));
  return theirs.every((write) => {
    const value = values.get(key(write));
    return value === write.value || JSON.stringify(value) === JSON.stringify(write.value);
  });
}

function key(write: Write): string {
  return `${write.object}\n${write.register}`;
}
