import { useMemo, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Project } from '#core/model/project.ts';
import { onReturn } from './connection.ts';
import { engine } from './engineClient.ts';
import { flushEdits, flushWhenLeaving } from './flush.ts';
import { notifyFault } from './notices.ts';
import { createProjectStore, type OpenState, type ProjectState } from './projectStore.ts';
import { newSeed } from './seed.ts';

/** The open project of this window. Edit with `projectStore.edit([{ type: 'clip.split', … }])`. */
export const projectStore = createProjectStore({
  client: engine,
  newSeed,
  onFault: notifyFault,
  beforeClose: flushEdits,
});

/** Starts listening to the engine; once, before the first render. */
export function followProject(): void {
  engine.listen(projectStore.receive);
  onReturn(projectStore.resume);
  flushWhenLeaving();
}

/** Whether a project is open, and everything about it apart from its objects. */
export function useProjectState<T>(select: (state: ProjectState) => T): T {
  return useStore(projectStore.store, select);
}

/** The open project, for components that are only shown while there is one. */
export function useOpenProject(): OpenState {
  const open = useProjectState((state) => state.open);
  if (open === null) throw new Error('No project is open.');
  return open;
}

const NOTHING = Symbol('nothing');

/**
 * Reads the open project and renders again when what was read changes:
 * `useProject((project) => project.tracksOf(timelineId))`. Entities and lists of entities are compared by their
 * members; any other object counts as changed with every edit. Give `deps` when `read` closes over values.
 */
export function useProject<T>(read: (project: Project) => T, deps: readonly unknown[] = []): T {
  const snapshot = useMemo(
    () => snapshots(read),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller's list stands for `read`, as with useMemo
    deps,
  );
  return useSyncExternalStore(projectStore.store.subscribe, snapshot);
}

function snapshots<T>(read: (project: Project) => T): () => T {
  let seen: { open: OpenState; value: T } | typeof NOTHING = NOTHING;
  return () => {
    const { open } = projectStore.store.getState();
    if (open === null) {
      // While a project is being closed its components are asked once more before they go.
      if (seen !== NOTHING) return seen.value;
      throw new Error('No project is open.');
    }
    if (
      seen !== NOTHING &&
      seen.open.version === open.version &&
      seen.open.project === open.project
    )
      return seen.value;
    const fresh = copied(read(open.project));
    const value = seen !== NOTHING && sameMembers(seen.value, fresh) ? seen.value : fresh;
    seen = { open, value };
    return value;
  };
}

/** A list may be the project's own, which changes in place. */
function copied<T>(value: T): T {
  return Array.isArray(value) ? (value.slice() as T) : value;
}

function sameMembers(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b)) return false;
  return a.length === b.length && a.every((member, index) => Object.is(member, b[index]));
}
