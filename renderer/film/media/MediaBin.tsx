import {
  ChevronDown,
  FolderInput,
  Images,
  LayoutGrid,
  List,
  Search,
  SearchX,
  X,
} from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Asset } from '#core/model/entities.ts';
import { useProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FIELD_LOOK } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { Segmented } from '../../ui/Segmented.tsx';
import { fileName, plural } from '../../ui/words.ts';
import { useMediaStatus } from '../mediaStatus.ts';
import { AssetCard } from './AssetCard.tsx';
import { chooseMedia, importDropped, useImports } from './importMedia.ts';
import { chooseNumbered } from './importNumbered.ts';
import { MediaTrouble } from './MediaTrouble.tsx';

type Look = 'grid' | 'list';

/** The library of the project. */
export function MediaBin() {
  const assets = useProject((project) => project.all('asset'));
  const status = useMediaStatus();
  const [search, setSearch] = useState('');
  const [look, setLook] = useRemembered<Look>('film.mediaLook', 'grid');
  const isImporting = useImports((state) => state.isImporting);
  const wanted = useDeferredValue(search.trim().toLocaleLowerCase());
  const shown = assets
    .filter((asset) => asset.name.toLocaleLowerCase().includes(wanted))
    .sort(byName);
  return (
    <div
      className="flex min-h-full flex-col px-2 pb-2"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        void importDropped([...event.dataTransfer.files]);
      }}
    >
      <div className="sticky top-0 z-10 flex items-center gap-1.5 bg-panel pb-2">
        <div className={`flex h-7 min-w-0 grow items-center gap-1.5 px-2 ${FIELD_LOOK}`}>
          <Icon icon={Search} size={14} className="text-faint" />
          <input
            type="search"
            aria-label="Search media"
            placeholder="Search"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="min-w-0 grow bg-transparent outline-none"
          />
        </div>
        <Segmented
          label="Look of the media list"
          size="small"
          show="icons"
          value={look}
          options={[
            { value: 'grid', label: 'Pictures', icon: LayoutGrid },
            { value: 'list', label: 'List', icon: List },
          ]}
          onChange={setLook}
        />
        <Button
          size="small"
          icon={FolderInput}
          look={assets.length === 0 ? 'quiet' : 'plain'}
          className="h-7"
          disabled={isImporting}
          onClick={() => void chooseMedia()}
        >
          {isImporting ? 'Importing…' : 'Import'}
        </Button>
        <Menu
          align="end"
          items={[
            {
              label: 'Import numbered pictures…',
              icon: Images,
              run: () => void chooseNumbered(),
            },
          ]}
        >
          <IconButton
            icon={ChevronDown}
            label="More ways to import"
            size="small"
            className="-mx-1"
          />
        </Menu>
      </div>
      <Failures />
      <MediaTrouble assets={assets} status={status} />
      {assets.length === 0 ? (
        <EmptyState
          icon={FolderInput}
          title="No media yet"
          text="Import films, sound and pictures, or drop them here. Inkreel reads them where they are and never changes them."
          actions={
            <>
              <Button
                look="primary"
                icon={FolderInput}
                disabled={isImporting}
                onClick={() => void chooseMedia()}
              >
                Import media
              </Button>
              <Button icon={Images} onClick={() => void chooseNumbered()}>
                Import numbered pictures…
              </Button>
            </>
          }
        />
      ) : shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title="Nothing found"
          text={`No file has “${search.trim()}” in its name.`}
          actions={<Button onClick={() => setSearch('')}>Show all</Button>}
        />
      ) : (
        <ul
          aria-label={`${plural(shown.length, 'file')}. Enter puts one at the end of the timeline.`}
          className={
            look === 'grid'
              ? 'grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-2'
              : 'flex flex-col gap-px'
          }
        >
          {shown.map((asset) => (
            <AssetCard key={asset.id} asset={asset} look={look} status={status.get(asset.id)} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** Files that could not be imported, each with the reason. */
function Failures() {
  const failures = useImports((state) => state.failures);
  if (failures.length === 0) return null;
  return (
    <div role="status" className="mb-2 rounded-md bg-danger-soft p-2 pl-2.5 text-xs">
      <div className="flex items-start gap-2">
        <p className="grow font-medium">{plural(failures.length, 'file')} could not be imported</p>
        <IconButton
          icon={X}
          label="Put this list away"
          size="small"
          className="-mt-1 -mr-1"
          onClick={() => useImports.setState({ failures: [] })}
        />
      </div>
      <ul className="mt-1 flex max-h-40 flex-col gap-1.5 overflow-y-auto" data-selectable>
        {failures.map((failure) => (
          <li key={failure.path}>
            <span className="block truncate font-medium" title={failure.path}>
              {fileName(failure.path)}
            </span>
            <span className="text-muted">{failure.message}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function byName(a: Asset, b: Asset): number {
  return a.name.localeCompare(b.name, undefined, { numeric: true });
}
