import { Bookmark, Lock, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { CallOutput } from '#core/contract/contract.ts';
import { engine } from '../client/engineClient.ts';
import { flushEdits } from '../client/flush.ts';
import { notify } from '../client/notices.ts';
import { projectStore, useOpenProject } from '../client/project.ts';
import { callOrNotify, refresh, useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FaultMessage } from '../ui/FaultMessage.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import { TextField } from '../ui/TextField.tsx';
import { whenText } from '../ui/words.ts';
import { exactTime } from './exactTime.ts';
import { suggestedVersionName } from './versionName.ts';

type Version = CallOutput<'project.versions'>['versions'][number];

/** The states of the project that have names: saving one, bringing one back. */
export function VersionList() {
  const { projectId, revision, readOnlyReason } = useOpenProject();
  const answer = useEngineQuery(
    'project.versions',
    { projectId },
    { of: revision, keepPrevious: true },
  );
  const versions = answer.data?.versions;
  return (
    <>
      {readOnlyReason !== null ? (
        <p className="flex flex-none gap-2 px-3 pb-3 text-xs text-muted">
          <Icon icon={Lock} size={14} className="mt-px flex-none" />
          <span>You can look at the versions, but not change them. {readOnlyReason.message}</span>
        </p>
      ) : (
        versions !== undefined && (
          <SaveForm key={versions.length} taken={versions.map((version) => version.name)} />
        )
      )}
      <div className="flex min-h-0 grow flex-col overflow-y-auto bg-panel">
        {answer.error && (
          <div className="p-3">
            <FaultMessage fault={answer.error.fault} />
          </div>
        )}
        {versions?.length === 0 && (
          <EmptyState
            icon={Bookmark}
            title="No versions yet"
            text="Save one before you try something bold: “Rough cut”, “Sent to Ada”. You can come back to it at any time."
          />
        )}
        {versions !== undefined && versions.length > 0 && (
          <ul aria-label="Versions, the one saved last first">
            {versions.map((version) => (
              <VersionRow
                key={version.name}
                version={version}
                isReadOnly={readOnlyReason !== null}
              />
            ))}
          </ul>
        )}
      </div>
      <p className="flex-none px-3 pt-2 pb-3 text-xs text-muted">
        Restoring a version is a step like any other: undo takes it back. Deleting a name deletes
        nothing of your work.
      </p>
    </>
  );
}

function SaveForm({ taken }: { taken: readonly string[] }) {
  const { projectId } = useOpenProject();
  const [name, setName] = useState(() => suggestedVersionName(Date.now(), taken));
  const [error, setError] = useState<string | undefined>(undefined);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    flushEdits();
    // A version is what is in the file, so that must have everything first.
    await projectStore.settled();
    const answer = await engine.call('project.saveVersion', { projectId, name });
    if (!answer.ok) {
      setError(answer.error.message);
      return;
    }
    refresh('project.versions');
    notify({
      tone: 'done',
      topic: 'version',
      text: `“${answer.value.version.name}” is saved as a version.`,
    });
  };
  return (
    <form
      onSubmit={(event) => void save(event)}
      className="flex flex-none items-start gap-2 px-3 pb-3"
    >
      <TextField
        label="Name of the version"
        value={name}
        maxLength={200}
        error={error}
        className="min-w-0 grow"
        onFocus={(event) => event.currentTarget.select()}
        onChange={(next) => {
          setName(next);
          setError(undefined);
        }}
      />
      <Button type="submit" look="primary" className="mt-5" disabled={name.trim() === ''}>
        Save version
      </Button>
    </form>
  );
}

function VersionRow({ version, isReadOnly }: { version: Version; isReadOnly: boolean }) {
  const { projectId } = useOpenProject();
  const [isRenaming, setRenaming] = useState(false);
  const { name } = version;
  if (isRenaming) return <RenameRow name={name} onEnd={() => setRenaming(false)} />;
  const remove = async () => {
    const done = await callOrNotify('project.deleteVersion', { projectId, name });
    if (done === null) return;
    refresh('project.versions');
    notify({
      topic: 'version',
      text: `The name “${name}” is gone. Its state is still among the steps.`,
    });
  };
  return (
    <li className="flex min-h-11 items-center gap-1 py-1 pr-2 pl-3 hover:bg-hover">
      <div className="min-w-0 grow">
        <p className="truncate text-sm text-strong" title={name}>
          {name}
        </p>
        <p className="truncate text-xs text-faint" title={exactTime(version.savedAtMs)}>
          Saved {whenText(version.savedAtMs)}
          {version.author !== '' && ` by ${version.author}`}
        </p>
      </div>
      <Button
        size="small"
        className="flex-none"
        aria-label={`Restore “${name}”`}
        disabled={isReadOnly}
        onClick={() => void restore(name)}
      >
        Restore
      </Button>
      <Menu
        align="end"
        items={[
          { label: 'Rename', icon: Pencil, run: () => setRenaming(true) },
          { label: 'Delete the name', icon: Trash2, danger: true, run: () => void remove() },
        ]}
      >
        <IconButton
          icon={MoreHorizontal}
          size="small"
          label={`More for “${name}”`}
          disabled={isReadOnly}
        />
      </Menu>
    </li>
  );
}

async function restore(name: string): Promise<void> {
  flushEdits();
  const before = projectStore.store.getState().open?.revision;
  if (!(await projectStore.restoreVersion(name))) return;
  if (projectStore.store.getState().open?.revision === before)
    notify({ topic: 'version', text: `The project is already as in “${name}”.` });
  else
    notify({
      tone: 'done',
      topic: 'version',
      text: `The project is as in “${name}” again.`,
      action: { label: 'Undo', run: () => void projectStore.undo() },
    });
}

function RenameRow({ name, onEnd }: { name: string; onEnd: () => void }) {
  const { projectId } = useOpenProject();
  const [draft, setDraft] = useState(name);
  const [error, setError] = useState<string | undefined>(undefined);
  const rename = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await engine.call('project.renameVersion', { projectId, name, newName: draft });
    if (!answer.ok) {
      setError(answer.error.message);
      return;
    }
    refresh('project.versions');
    onEnd();
  };
  return (
    <li className="px-3 py-2">
      <form onSubmit={(event) => void rename(event)} className="flex items-start gap-2">
        <TextField
          label="New name"
          value={draft}
          maxLength={200}
          error={error}
          className="min-w-0 grow"
          // It stands where the menu was that asked for it, so the keyboard belongs in it.
          ref={focusOnce}
          onChange={(next) => {
            setDraft(next);
            setError(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // Escape gives up the name, not the whole panel.
            event.stopPropagation();
            onEnd();
          }}
        />
        <Button type="submit" className="mt-5" disabled={draft.trim() === ''}>
          Rename
        </Button>
        <Button look="quiet" className="mt-5" onClick={onEnd}>
          Cancel
        </Button>
      </form>
    </li>
  );
}

function focusOnce(field: HTMLInputElement | null): void {
  if (field === null) return;
  // The menu that is just closing gives the focus back to its button first.
  requestAnimationFrame(() => {
    field.focus();
    field.select();
  });
}
