import { ChevronDown, ChevronRight, Copy, Pencil, Plus, Trash2 } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { useCommandKeys } from '../../app/commands.ts';
import { useOpenProject, useProject } from '../../client/project.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Menu } from '../../ui/Menu.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { Tooltip } from '../../ui/Tooltip.tsx';
import { enterTimeline, openTimeline, useTimelinePath } from './openTimelines.ts';
import { RenameTimelineDialog } from './RenameTimelineDialog.tsx';
import { duplicateTimeline, newTimeline, removeTimeline } from './timelineActions.ts';
import { distinctNames } from './timelinePath.ts';

const CRUMB_LOOK =
  'inline-flex h-7 min-w-0 max-w-44 items-center gap-1 rounded-md px-1.5 text-sm transition-colors duration-120 hover:bg-hover hover:text-strong';

/** Which timeline is shown, with the way into a nested one, and the others to go to. */
export function TimelineSwitcher() {
  const { projectId, project, readOnly } = useOpenProject();
  const path = useTimelinePath();
  const all = useProject((project) => project.all('timeline'));
  const backKeys = useCommandKeys('timeline.leaveNested');
  const [renamed, setRenamed] = useState<Timeline | null>(null);
  const shown = path.at(-1);
  if (shown === undefined) return null;
  const outer = path.slice(0, -1);
  const labels = distinctNames(all.map((timeline) => timeline.name));
  const items: MenuItem[] = [
    ...all.map((timeline, index) => ({
      label: labels[index] ?? timeline.name,
      checked: timeline.id === shown.id,
      run: () => openTimeline(projectId, timeline.id),
    })),
    { kind: 'line' },
    { label: 'New timeline', icon: Plus, disabled: readOnly, run: () => newTimeline(shown) },
    {
      label: 'Rename this timeline',
      icon: Pencil,
      disabled: readOnly,
      run: () => setRenamed(shown),
    },
    {
      label: 'Duplicate this timeline',
      icon: Copy,
      disabled: readOnly,
      run: () => duplicateTimeline(shown),
    },
    { kind: 'line' },
    {
      label: 'Delete this timeline',
      icon: Trash2,
      danger: true,
      disabled: readOnly,
      run: () => removeTimeline(shown),
    },
  ];
  return (
    <nav aria-label="Timelines" className="flex min-w-0 flex-none items-center">
      {outer.map((timeline, index) => (
        <Fragment key={timeline.id}>
          <Tooltip
            text={`Back to “${timeline.name}”`}
            keys={index === outer.length - 1 ? backKeys : undefined}
          >
            <button
              type="button"
              className={`${CRUMB_LOOK} text-muted`}
              onClick={() => enterTimeline(projectId, project, timeline.id)}
            >
              <span className="truncate">{timeline.name}</span>
            </button>
          </Tooltip>
          <Icon icon={ChevronRight} size={14} className="flex-none text-faint" />
        </Fragment>
      ))}
      <Menu items={items}>
        <button
          type="button"
          aria-label={`Timeline “${shown.name}”`}
          className={`${CRUMB_LOOK} text-strong data-[state=open]:bg-pressed`}
        >
          <span className="truncate">{shown.name}</span>
          <Icon icon={ChevronDown} size={14} className="flex-none text-muted" />
        </button>
      </Menu>
      {renamed !== null && (
        <RenameTimelineDialog timeline={renamed} onClose={() => setRenamed(null)} />
      )}
    </nav>
  );
}
