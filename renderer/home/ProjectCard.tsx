import { FileQuestion, FolderOpen, ListX } from 'lucide-react';
import { flicks, secondsFromFlicks } from '#core/time/flicks.ts';
import { openProjectAt } from '../app/openings.ts';
import { notify } from '../client/notices.ts';
import { useProjectState } from '../client/project.ts';
import { callOrNotify, refresh } from '../client/query.ts';
import { isDesktop, showInFolder } from '../client/shell.ts';
import { ContextMenu } from '../ui/ContextMenu.tsx';
import { Icon } from '../ui/Icon.tsx';
import { durationText, plural, whenText } from '../ui/words.ts';
import { ProjectCover } from './ProjectCover.tsx';
import type { RecentProject } from './recentProject.ts';

/** A project as its cover or poster, with what it is and when it was open. */
export function ProjectCard({ project }: { project: RecentProject }) {
  const isOpen = useProjectState((state) => state.open?.path === project.path);
  const { path, name, missing } = project;
  const remove = () => void forget(path);
  const open = () => {
    if (!missing) {
      void openProjectAt(path);
      return;
    }
    notify({
      topic: path,
      text: `“${name}” is no longer at ${path}. If it was moved, open it from its new place.`,
      action: { label: 'Remove from list', run: remove },
    });
  };
  return (
    <ContextMenu
      items={[
        { label: 'Open', icon: FolderOpen, disabled: missing, run: open },
        ...(isDesktop && !missing
          ? [{ label: 'Show in folder', icon: FileQuestion, run: () => showInFolder(path) }]
          : []),
        { kind: 'line' },
        { label: 'Remove from list', icon: ListX, run: remove },
      ]}
    >
      <button
        type="button"
        title={path}
        onClick={open}
        className="group block w-full rounded-md text-left"
      >
        <span
          className={`block overflow-hidden rounded-md bg-raised ${missing ? 'opacity-50' : 'transition-[filter] duration-120 group-hover:brightness-110'}`}
        >
          <ProjectCover project={project} />
        </span>
        <span className="mt-2 flex items-baseline gap-2 px-0.5">
          <span className="grow truncate text-sm font-medium">{name}</span>
          {isOpen && <span className="flex-none text-xs text-accent">Open</span>}
        </span>
        <span className="block truncate px-0.5 text-xs text-faint">
          {missing ? (
            <span className="inline-flex items-center gap-1 text-danger">
              <Icon icon={FileQuestion} size={14} />
              File not found
            </span>
          ) : (
            [...extentOf(project), whenText(project.openedAtMs)].join(' · ')
          )}
        </span>
      </button>
    </ContextMenu>
  );
}

/** How long and how many words, where there are any. */
function extentOf({ durationFlicks, words }: RecentProject): string[] {
  const length = secondsFromFlicks(flicks(durationFlicks)) * 1000;
  return [
    ...(length > 0 ? [durationText(length)] : []),
    ...(words > 0 ? [plural(words, 'word')] : []),
  ];
}

async function forget(path: string): Promise<void> {
  if ((await callOrNotify('project.forget', { path })) !== null) refresh('project.recent');
}
