import { ArrowDown, ArrowUp, Headphones, Link, Trash2, Unlink } from 'lucide-react';
import type { ReactElement } from 'react';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Track } from '#core/model/entities.ts';
import type { ProjectReader } from '#core/model/project.ts';
import { projectStore, useOpenProject } from '../../client/project.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { lanesOf } from './keyboardOrder.ts';

const HEIGHTS = [
  { label: 'Low', height: 30 },
  { label: 'Usual height', height: null },
  { label: 'High', height: 112 },
] as const;

/** What can be done with a track, where the pointer is. */
export function TrackMenu({ track, children }: { track: Track; children: ReactElement }) {
  const { project } = useOpenProject();
  const set = (change: Omit<Extract<EditCommand, { type: 'track.set' }>, 'type' | 'trackId'>) =>
    edit({ type: 'track.set', trackId: track.id, ...change });
  const isFollowing = track.syncLocked !== false;
  const items: MenuItem[] = [
    {
      label: 'Solo',
      icon: Headphones,
      checked: track.solo === true,
      run: () => set({ solo: track.solo !== true }),
    },
    {
      label: 'Stay in step with other tracks',
      icon: isFollowing ? Link : Unlink,
      checked: isFollowing,
      run: () => set({ syncLocked: !isFollowing }),
    },
    { kind: 'line' },
    ...HEIGHTS.map(({ label, height }) => ({
      label,
      checked: height === null ? track.height === undefined : track.height === height,
      run: () => set({ height }),
    })),
    { kind: 'line' },
    ...moves(project, track),
    { kind: 'line' },
    {
      label: 'Remove the track',
      icon: Trash2,
      danger: true,
      disabled: project.itemsOn(track.id).length > 0,
      run: () => edit({ type: 'track.remove', trackId: track.id }),
    },
  ];
  return <ContextMenu items={items}>{children}</ContextMenu>;
}

/** Moving a track among those of its kind on the screen, where the first lies on top. */
function moves(project: ProjectReader, track: Track): MenuItem[] {
  const all = lanesOf(project, track.timelineId);
  const lanes = all.filter(({ trackKind }) => trackKind === track.trackKind);
  const index = lanes.findIndex(({ id }) => id === track.id);
  const [above, below] = [lanes[index - 1], lanes[index + 1]];
  const underBelow = all[all.findIndex(({ id }) => id === below?.id) + 1];
  const reorder = (aboveId: string | undefined) =>
    edit({ type: 'track.reorder', trackId: track.id, ...(aboveId !== undefined && { aboveId }) });
  return [
    {
      label: 'Move up',
      icon: ArrowUp,
      disabled: above === undefined,
      run: () => reorder(above?.id),
    },
    {
      label: 'Move down',
      icon: ArrowDown,
      disabled: below === undefined,
      run: () => reorder(underBelow?.id),
    },
  ];
}

function edit(command: EditCommand): void {
  projectStore.edit([command]);
}
