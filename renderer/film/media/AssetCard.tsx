import { AudioLines, Film, Image, type LucideIcon } from 'lucide-react';
import { memo } from 'react';
import type { ThumbnailStrip } from '#core/contract/media.ts';
import type { Asset } from '#core/model/entities.ts';
import { audioStreamOf } from '#core/media/facts.ts';
import { useJobs } from '../../client/jobsStore.ts';
import { projectStore } from '../../client/project.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { Icon } from '../../ui/Icon.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { Progress } from '../../ui/Progress.tsx';
import { isRangeMarked, placeAsset, placeInRange } from '../filmActions.ts';
import { type FilmSession, useFilm } from '../filmSession.ts';
import type { AssetStatus } from '../mediaStatus.ts';
import { shortLength } from '../words.ts';
import { acceptChanged, findMissing, locateFile } from './relinkMedia.ts';

const KIND_ICONS: Record<Asset['facts']['mediaKind'], LucideIcon> = {
  video: Film,
  audio: AudioLines,
  image: Image,
};
const KIND_WORDS: Record<Asset['facts']['mediaKind'], string> = {
  video: 'film',
  audio: 'sound',
  image: 'picture',
};

/** What is said of an asset whose file is not the one that was imported. */
const TROUBLE: Record<AssetStatus['state'], { word: string; look: string } | null> = {
  online: null,
  changed: { word: 'Changed', look: 'text-accent' },
  offline: { word: 'Missing', look: 'text-danger' },
};

type AssetCardProps = {
  asset: Asset;
  look: 'grid' | 'list';
  status: AssetStatus | undefined;
};

/** A file of the library: drag it to the timeline, or press Enter to put it at the end. */
export const AssetCard = memo(function AssetCard({ asset, look, status }: AssetCardProps) {
  const session = useFilm();
  const trouble = TROUBLE[status?.state ?? 'online'];
  const kind = asset.facts.mediaKind;
  const length = kind === 'image' ? '' : shortLength(asset.facts.duration);
  const said = [KIND_WORDS[kind], length].filter((part) => part !== '').join(', ');
  const poster = (
    <div
      className={`relative flex flex-none items-center justify-center overflow-hidden rounded-sm bg-app text-faint ${
        look === 'grid' ? 'aspect-video w-full' : 'h-7 w-12'
      }`}
    >
      {status?.thumbnails ? (
        <Poster strip={status.thumbnails} />
      ) : (
        <Icon icon={KIND_ICONS[kind]} size={look === 'grid' ? 20 : 14} />
      )}
      {look === 'grid' && length !== '' && (
        <span
          aria-hidden="true"
          className="absolute right-1 bottom-1 rounded-sm bg-black/70 px-1 font-mono text-[0.6875rem] leading-4 text-white"
        >
          {length}
        </span>
      )}
    </div>
  );
  return (
    <li className="min-w-0 [contain-intrinsic-size:auto_7rem] [content-visibility:auto]">
      <ContextMenu items={menuOf(session, asset, status?.state)}>
        <button
          type="button"
          draggable
          data-asset
          title={status?.reason?.message ?? asset.name}
          onDragStart={(event) => {
            event.dataTransfer.effectAllowed = 'copy';
            event.dataTransfer.setData('text/plain', asset.name);
            session.state.setState({ dragged: { kind: 'asset', assetId: asset.id } });
          }}
          onDragEnd={() => session.state.setState({ dragged: null, gesture: null })}
          onDoubleClick={() => placeAsset(session, asset.id, 'append')}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            placeAsset(session, asset.id, 'append');
          }}
          className={`w-full rounded-md text-left hover:bg-hover focus:bg-pressed ${
            look === 'grid' ? 'flex flex-col gap-1 p-1' : 'flex h-9 items-center gap-2 px-1'
          }`}
        >
          {poster}
          <span className="flex w-full min-w-0 items-center gap-1.5 px-0.5">
            <Icon icon={KIND_ICONS[kind]} size={12} className="text-faint" />
            <span className="min-w-0 grow truncate text-xs">{asset.name}</span>
            <span className="sr-only">, {said}</span>
            {trouble && (
              <span className={`flex-none text-xs font-medium ${trouble.look}`}>
                {trouble.word}
              </span>
            )}
            {look === 'list' && !trouble && (
              <span aria-hidden="true" className="font-mono text-[0.6875rem] text-faint">
                {length}
              </span>
            )}
          </span>
          <DerivedProgress assetId={asset.id} />
        </button>
      </ContextMenu>
    </li>
  );
});

/** How far thumbnails and peaks are. */
function DerivedProgress({ assetId }: { assetId: string }) {
  const job = useJobs((state) =>
    state.jobs.find(
      (one) => one.assetId === assetId && (one.state === 'running' || one.state === 'queued'),
    ),
  );
  if (job === undefined) return null;
  const words = job.kind === 'peaks' ? 'Reading sound' : 'Making pictures';
  return (
    <Progress
      label={words}
      value={job.state === 'queued' ? null : job.progress}
      className="w-full"
    />
  );
}

/** One picture of the strip, from a tenth into the film, where most have begun. */
function Poster({ strip }: { strip: ThumbnailStrip }) {
  const tile = Math.min(strip.count - 1, Math.floor(strip.count / 10));
  const rows = Math.ceil(strip.count / strip.columns);
  const column = tile % strip.columns;
  const row = Math.floor(tile / strip.columns);
  const share = (index: number, count: number) => (count <= 1 ? 0 : (index / (count - 1)) * 100);
  return (
    <span
      aria-hidden="true"
      className="h-full max-w-full"
      style={{
        aspectRatio: `${strip.tileWidth} / ${strip.tileHeight}`,
        backgroundImage: `url("${strip.path}")`,
        backgroundSize: `${strip.columns * 100}% ${rows * 100}%`,
        backgroundPosition: `${share(column, strip.columns)}% ${share(row, rows)}%`,
      }}
    />
  );
}

function menuOf(
  session: FilmSession,
  asset: Asset,
  state: AssetStatus['state'] | undefined,
): MenuItem[] {
  const place = (where: 'append' | 'insert' | 'overwrite') => () =>
    placeAsset(session, asset.id, where);
  const sound =
    asset.facts.mediaKind === 'video' && audioStreamOf(asset.facts) !== undefined
      ? [
          {
            label: 'Append the sound alone',
            run: () => {
              const { timelineId } = session;
              projectStore.edit([
                { type: 'clip.append', timelineId, assetId: asset.id, use: 'sound' },
              ]);
            },
          },
        ]
      : [];
  const range = isRangeMarked(session)
    ? [
        { label: 'Fill the marked range', run: () => placeInRange(session, asset, 'part') },
        { label: 'Fit all of it to the range', run: () => placeInRange(session, asset, 'all') },
      ]
    : [];
  return [
    { label: 'Append to the timeline', keys: 'Enter', run: place('append') },
    { label: 'Insert at the playhead', run: place('insert') },
    { label: 'Overwrite at the playhead', run: place('overwrite') },
    ...range,
    ...sound,
    { kind: 'line' },
    ...troubleItems(session, asset, state),
    {
      label: 'Remove from the library',
      danger: true,
      run: () => void projectStore.edit([{ type: 'asset.remove', assetId: asset.id }]),
    },
  ];
}

function troubleItems(
  session: FilmSession,
  asset: Asset,
  state: AssetStatus['state'] | undefined,
): MenuItem[] {
  const locate = () => void locateFile(session, asset);
  const find = () => void findMissing(session);
  if (state === 'changed') {
    return [
      { label: 'Use the changed file', run: () => void acceptChanged(session, asset) },
      { label: 'Find the original…', run: locate },
      { kind: 'line' },
    ];
  }
  if (state !== 'offline') return [];
  return [
    { label: 'Choose the file…', run: locate },
    { label: 'Look in a folder…', run: find },
    { kind: 'line' },
  ];
}
