import type { KeyboardEvent } from 'react';
import { isTyping } from '../app/commands.ts';
import { flushEdits } from '../client/flush.ts';
import { projectStore, useOpenProject } from '../client/project.ts';
import { matchesKeys } from '../ui/keys.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { useHistoryPanel } from './historyPanelState.ts';
import { StepList } from './StepList.tsx';
import { VersionList } from './VersionList.tsx';

/** What was done to the project, step by step, and the states of it that have names. */
export function HistoryPanel() {
  const { projectId } = useOpenProject();
  const side = useHistoryPanel((panel) => panel.side);
  return (
    <div
      key={projectId}
      className="flex h-[min(34rem,calc(100dvh-5rem))] w-[min(24rem,calc(100dvw-1rem))] flex-col"
      onKeyDown={onPanelKey}
    >
      <div className="flex flex-none items-center gap-3 px-3 pt-3 pb-2">
        <h2 className="grow text-base font-semibold">History</h2>
        <Segmented
          label="What is shown"
          size="small"
          value={side}
          options={[
            { value: 'steps', label: 'Steps' },
            { value: 'versions', label: 'Versions' },
          ]}
          onChange={(next) => useHistoryPanel.setState({ side: next })}
        />
      </div>
      {side === 'steps' ? <StepList /> : <VersionList />}
    </div>
  );
}

/** Undo and redo work here too, where the shortcuts of the room do not reach. */
function onPanelKey(event: KeyboardEvent): void {
  if (isTyping(event.target)) return;
  const isUndo = matchesKeys(event.nativeEvent, 'Mod+Z');
  const isRedo =
    matchesKeys(event.nativeEvent, 'Mod+Shift+Z') || matchesKeys(event.nativeEvent, 'Mod+Y');
  if (!isUndo && !isRedo) return;
  event.preventDefault();
  flushEdits();
  void (isUndo ? projectStore.undo() : projectStore.redo());
}
