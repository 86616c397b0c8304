import { ArrowUp } from 'lucide-react';
import { useState } from 'react';
import type { FileQuestion } from '../client/fileQuestion.ts';
import { useEngineQuery } from '../client/query.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Select } from '../ui/Select.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { TextField } from '../ui/TextField.tsx';
import { fileName, folderOf, pathIn } from '../ui/words.ts';
import { EntryList } from './EntryList.tsx';
import { type FolderEntry, shownEntries, withExtension } from './folder.ts';

type FileBrowserProps = { question: FileQuestion; onDone: (paths: string[]) => void };

const ALL_FILES = { name: 'All files', extensions: [] };

/** Folders of this computer, to choose files in them or a name for a new one. */
export function FileBrowser({ question, onDone }: FileBrowserProps) {
  const isSave = question.kind === 'save';
  const wantsFolder = question.kind === 'open' && question.choose === 'folder';
  const [folder, setFolder] = useState(() => startFolder(question));
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState(() =>
    isSave && question.defaultPath !== undefined ? fileName(question.defaultPath) : '',
  );
  const [asksFor, setAsksFor] = useState<string | null>(null);
  const filters = question.filters ?? [];
  const choices = isSave || filters.length === 0 ? filters : [...filters, ALL_FILES];
  const [filterName, setFilterName] = useState(choices[0]?.name ?? '');
  const filter = choices.find((choice) => choice.name === filterName);
  const listing = useEngineQuery('files.list', folder === undefined ? {} : { path: folder }, {
    staleTime: 0,
    keepPrevious: true,
  });
  const entries = listing.data
    ? shownEntries(listing.data.entries, filter, wantsFolder ? 'folders' : 'all')
    : [];

  function enter(path: string) {
    setFolder(path);
    setChosen([]);
    setAsksFor(null);
  }

  function saveAs(typed: string) {
    if (listing.data === undefined || typed.trim() === '') return;
    const file = withExtension(typed.trim(), filters[0]);
    const path = pathIn(listing.data.path, file);
    const exists = listing.data.entries.some((entry) => entry.path === path || entry.name === file);
    if (exists && asksFor !== path) setAsksFor(path);
    else onDone([path]);
  }

  function activate(entry: FolderEntry) {
    if (entry.kind === 'folder') enter(entry.path);
    else if (isSave) saveAs(entry.name);
    else onDone([entry.path]);
  }

  function confirm() {
    const [only] = entries.filter((entry) => chosen.includes(entry.path));
    if (isSave) saveAs(name);
    else if (wantsFolder) onDone([chosen[0] ?? listing.data?.path ?? '']);
    else if (only?.kind === 'folder') enter(only.path);
    else if (chosen.length > 0) onDone([...chosen]);
  }

  const isReady = isSave ? name.trim() !== '' : wantsFolder || chosen.length > 0;
  const verb = isSave
    ? asksFor === null
      ? 'Save'
      : 'Replace'
    : wantsFolder
      ? 'Choose folder'
      : 'Open';
  return (
    <div className="flex h-[min(32rem,calc(100dvh-9rem))] flex-col gap-3">
      <div className="flex items-center gap-1">
        <IconButton
          icon={ArrowUp}
          label="Parent folder"
          disabled={!listing.data?.parent}
          onClick={() => enter(listing.data?.parent ?? '')}
        />
        <PathField key={listing.data?.path} path={listing.data?.path ?? ''} onEnter={enter} />
      </div>
      <div className="grid min-h-0 grow grid-cols-[10rem_minmax(0,1fr)] gap-3 max-sm:grid-cols-1">
        <nav aria-label="Places" className="flex flex-col gap-0.5 overflow-y-auto max-sm:hidden">
          {listing.data?.places.map((place) => (
            <button
              key={place.path}
              type="button"
              onClick={() => enter(place.path)}
              className={classes(
                'h-7 flex-none truncate rounded-md px-2 text-left text-sm hover:bg-hover',
                place.path === listing.data.path ? 'bg-hover text-strong' : 'text-muted',
              )}
            >
              {place.name}
            </button>
          ))}
        </nav>
        <div className="flex min-h-0 flex-col overflow-hidden rounded-md bg-app">
          {listing.isPending && <Skeleton className="m-2 h-40" />}
          {listing.isError && (
            <EmptyState
              title="This folder cannot be read"
              text={listing.error.fault.message}
              actions={<Button onClick={() => setFolder(undefined)}>Go to the home folder</Button>}
            />
          )}
          {listing.data && !listing.isError && (
            <EntryList
              key={listing.data.path}
              entries={entries}
              chosen={chosen}
              multiple={question.kind === 'open' && question.choose === 'files'}
              emptyText={
                listing.data.entries.length === 0
                  ? 'This folder is empty.'
                  : 'Nothing here fits. Look in another folder, or show all files.'
              }
              onChoose={(paths) => {
                setChosen(paths);
                const file = entries.find((entry) => entry.path === paths[0]);
                if (isSave && file?.kind === 'file') setName(file.name);
              }}
              onActivate={activate}
            />
          )}
        </div>
      </div>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          confirm();
        }}
      >
        {isSave && (
          <TextField
            label="File name"
            value={name}
            onChange={(next) => {
              setName(next);
              setAsksFor(null);
            }}
            autoFocus
            className="min-w-48 grow"
          />
        )}
        {!isSave && !wantsFolder && choices.length > 1 && (
          <div className="w-56">
            <Select
              label="Show"
              value={filterName}
              options={choices.map((choice) => ({ value: choice.name, label: choice.name }))}
              onChange={setFilterName}
            />
          </div>
        )}
        <p role="alert" className="min-w-0 grow self-center text-sm text-danger">
          {asksFor !== null && `“${fileName(asksFor)}” exists already. Replace it?`}
        </p>
        <Button look="quiet" onClick={() => onDone([])}>
          Cancel
        </Button>
        <Button type="submit" look={asksFor === null ? 'primary' : 'danger'} disabled={!isReady}>
          {verb}
        </Button>
      </form>
    </div>
  );
}

/** The folder's path; another one can be typed or pasted. */
function PathField({ path, onEnter }: { path: string; onEnter: (path: string) => void }) {
  const [draft, setDraft] = useState(path);
  return (
    <form
      className="grow"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.trim() !== '') onEnter(draft.trim());
      }}
    >
      <input
        aria-label="Folder"
        value={draft}
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        className="h-8 w-full rounded-md bg-app px-2.5 text-sm text-muted focus:text-strong"
      />
    </form>
  );
}

function startFolder(question: FileQuestion): string | undefined {
  const { defaultPath } = question;
  if (defaultPath === undefined || !/[\\/]/.test(defaultPath)) return undefined;
  return question.kind === 'save' ? folderOf(defaultPath) : defaultPath;
}
