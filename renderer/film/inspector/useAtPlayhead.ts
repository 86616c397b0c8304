import { useMemo, useSyncExternalStore } from 'react';
import type { Flicks } from '#core/time/flicks.ts';
import { useFilm } from '../filmSession.ts';

/**
 * Reads something at the time of the playhead and renders again only when what was read changes, so that most of the
 * inspector stands still while the film plays. Objects are compared by their members. Give `deps` for what `read`
 * closes over.
 */
export function useAtPlayhead<T extends object>(
  read: (time: Flicks) => T,
  deps: readonly unknown[],
): T {
  const { playhead } = useFilm();
  const snapshot = useMemo(
    () => {
      let seen: T | null = null;
      return () => {
        const fresh = read(playhead.time);
        if (seen === null || !sameMembers(seen, fresh)) seen = fresh;
        return seen;
      };
    },
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller's list stands for `read`, as with useMemo
    [playhead, ...deps],
  );
  return useSyncExternalStore(playhead.subscribe, snapshot);
}

function sameMembers(a: object, b: object): boolean {
  const [before, after] = [Object.entries(a), Object.entries(b)];
  return (
    before.length === after.length &&
    before.every(([name, value], index) => {
      const other = after[index];
      return other !== undefined && other[0] === name && Object.is(other[1], value);
    })
  );
}
