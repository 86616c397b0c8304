import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Item, Track } from '#core/model/entities.ts';
import { projectStore, useProject, useProjectState } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { FixedContext } from './fixed.ts';

type OfItems = { items: readonly Item[] };

/** Settings of items, which can only be looked at while a track of theirs is locked or the project is read only. */
export function Changeable({ items, children }: OfItems & { children: ReactNode }) {
  const isReadOnly = useProjectState((state) => state.open?.readOnly === true);
  const isLocked = useLockedTracks(items).length > 0;
  return <FixedContext value={isReadOnly || isLocked}>{children}</FixedContext>;
}

/** Says which tracks of items are locked, and unlocks them. A project that is read only has a banner of its own. */
export function LockNote({ items }: OfItems) {
  const isReadOnly = useProjectState((state) => state.open?.readOnly === true);
  const locked = useLockedTracks(items);
  if (isReadOnly || locked.length === 0) return null;
  const names = locked.map((track) => track.name).join(', ');
  return (
    <div className="flex items-center gap-2 px-3 py-2 text-xs text-muted">
      <Icon icon={Lock} size={14} className="text-faint" />
      <p className="min-w-0 grow">
        {locked.length === 1 ? `${names} is locked.` : `${names} are locked.`}
      </p>
      <Button
        size="small"
        onClick={() =>
          void projectStore.edit(
            locked.map((track) => ({ type: 'track.set', trackId: track.id, locked: false })),
          )
        }
      >
        Unlock
      </Button>
    </div>
  );
}

function useLockedTracks(items: readonly Item[]): Track[] {
  return useProject(
    (project) =>
      [...new Set(items.map((item) => item.placement.trackId))]
        .flatMap((id) => project.find('track', id) ?? [])
        .filter((track) => track.locked === true),
    [items],
  );
}
