import { useEffect, useMemo } from 'react';
import type { EditCommand } from '#core/edits/registry.ts';
import { projectStore } from '../../client/project.ts';
import { newSeed } from '../../client/seed.ts';

/** More than this many edits on the way to the engine, and a drag waits before it makes another. */
const MOST_ON_THE_WAY = 3;

/**
 * Edits of a value that is dragged: the film follows at each frame of the screen, and undo takes the whole drag back.
 * `commit` alone is an edit like any other.
 */
export function useLiveEdit() {
  const live = useMemo(createLiveEdit, []);
  useEffect(() => live.stop, [live]);
  return live;
}

function createLiveEdit() {
  let gesture: string | null = null;
  let waiting: readonly EditCommand[] | null = null;
  let frame = 0;

  function send(): void {
    frame = 0;
    if (waiting === null || gesture === null) return;
    const { open } = projectStore.store.getState();
    if (open === null) return;
    if (open.unsaved > MOST_ON_THE_WAY) {
      frame = requestAnimationFrame(send);
      return;
    }
    projectStore.edit(waiting, { gesture });
    waiting = null;
  }

  function stop(): void {
    cancelAnimationFrame(frame);
    frame = 0;
    waiting = null;
    gesture = null;
  }

  return {
    change(commands: readonly EditCommand[]): void {
      gesture ??= newSeed();
      waiting = commands;
      if (frame === 0) frame = requestAnimationFrame(send);
    },
    commit(commands: readonly EditCommand[]): void {
      const ended = gesture ?? undefined;
      stop();
      projectStore.edit(commands, { gesture: ended });
    },
    stop,
  };
}
