import { FileWarning, X } from 'lucide-react';
import type { Asset } from '#core/model/entities.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { plural } from '../../ui/words.ts';
import { useFilm } from '../filmSession.ts';
import type { AssetStatus } from '../mediaStatus.ts';
import {
  acceptChanged,
  findMissing,
  locateFile,
  stopSearch,
  useMediaSearch,
} from './relinkMedia.ts';

type MediaTroubleProps = {
  assets: readonly Asset[];
  status: ReadonlyMap<string, AssetStatus>;
};

/** What is wrong with files of the library, and what can be done about it; nothing when all is well. */
export function MediaTrouble({ assets, status }: MediaTroubleProps) {
  const inState = (state: AssetStatus['state']) =>
    assets.filter((asset) => status.get(asset.id)?.state === state);
  const offline = inState('offline');
  const changed = inState('changed');
  return (
    <>
      {offline.length > 0 && <MissingFiles assets={offline} status={status} />}
      {changed.length > 0 && <ChangedFiles assets={changed} status={status} />}
    </>
  );
}

function MissingFiles({ assets, status }: MediaTroubleProps) {
  const session = useFilm();
  const { running, notFound } = useMediaSearch();
  const reasons = new Map(notFound.map(({ assetId, message }) => [assetId, message]));
  const told = assets.filter((asset) => reasons.has(asset.id) || isUnusual(status.get(asset.id)));
  const isAlone = assets.length === 1 ? assets[0] : undefined;
  return (
    <section
      aria-label="Missing files"
      className="mb-2 rounded-md bg-danger-soft p-2 pl-2.5 text-xs"
    >
      <p>
        {isAlone ? `“${isAlone.name}” is missing.` : `${assets.length} files are missing.`} The cut
        is safe.
      </p>
      {told.length > 0 && (
        <div className="mt-1.5 flex items-start gap-1">
          <ul className="flex max-h-40 min-w-0 grow flex-col gap-1 overflow-y-auto" data-selectable>
            {told.map((asset) => (
              <li key={asset.id} className="wrap-anywhere text-muted">
                {reasons.get(asset.id) ?? status.get(asset.id)?.reason?.message}
              </li>
            ))}
          </ul>
          {notFound.length > 0 && (
            <IconButton
              icon={X}
              label="Put this list away"
              size="small"
              className="-mt-1 -mr-1"
              onClick={() => useMediaSearch.setState({ notFound: [] })}
            />
          )}
        </div>
      )}
      <div className="mt-2 flex flex-wrap items-center gap-1.5">
        {running ? (
          <>
            <p role="status" className="grow text-muted tabular-nums">
              Looking… {plural(running.files, 'file')} so far
            </p>
            <Button size="small" onClick={stopSearch}>
              Stop
            </Button>
          </>
        ) : (
          <>
            <Button size="small" onClick={() => void findMissing(session)}>
              Look in a folder…
            </Button>
            {isAlone && (
              <Button size="small" look="quiet" onClick={() => void locateFile(session, isAlone)}>
                Choose the file…
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** Whether a file is missing for another reason than that it is not there. */
function isUnusual(status: AssetStatus | undefined): boolean {
  const code = status?.reason?.code;
  return code !== undefined && code !== 'file/missing';
}

function ChangedFiles({ assets, status }: MediaTroubleProps) {
  const session = useFilm();
  const readingId = useMediaSearch((state) => state.readingId);
  return (
    <section
      aria-label="Changed files"
      className="mb-2 flex max-h-72 flex-col gap-2.5 overflow-y-auto rounded-md bg-accent-soft p-2 pl-2.5 text-xs"
    >
      {assets.map((asset) => (
        <article key={asset.id} aria-label={asset.name}>
          <p className="flex items-start gap-1.5 wrap-anywhere" data-selectable>
            <Icon icon={FileWarning} size={14} className="mt-px text-accent" />
            {status.get(asset.id)?.reason?.message}
          </p>
          <div className="mt-1.5 flex flex-wrap gap-1.5">
            <Button
              size="small"
              disabled={readingId !== null}
              onClick={() => void acceptChanged(session, asset)}
            >
              {readingId === asset.id ? 'Reading the file…' : 'Use the changed file'}
            </Button>
            <Button
              size="small"
              disabled={readingId !== null}
              onClick={() => void locateFile(session, asset)}
            >
              Find the original…
            </Button>
          </div>
        </article>
      ))}
    </section>
  );
}
