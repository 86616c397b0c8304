import {
  AudioLines,
  Captions,
  Eye,
  EyeOff,
  Film,
  Headphones,
  Lock,
  LockOpen,
  type LucideIcon,
  Type,
  Unlink,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { memo, useState } from 'react';
import type { Track, TrackKind } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TRACK_KIND_WORDS } from '../words.ts';
import { TrackMenu } from './TrackMenu.tsx';

export const TRACK_ICONS: Record<TrackKind, LucideIcon> = {
  video: Film,
  audio: AudioLines,
  graphics: Type,
  caption: Captions,
};

/** Name and switches of a track, beside its lane. */
export const TrackHeader = memo(function TrackHeader(props: {
  track: Track;
  top: number;
  height: number;
}) {
  const { track } = props;
  const isSound = track.trackKind === 'audio';
  const set = (change: {
    muted?: boolean;
    locked?: boolean;
    solo?: boolean;
    syncLocked?: boolean;
  }) => projectStore.edit([{ type: 'track.set', trackId: track.id, ...change }]);
  const muteWords = isSound
    ? track.muted
      ? `Let ${track.name} sound`
      : `Mute ${track.name}`
    : track.muted
      ? `Show ${track.name}`
      : `Hide ${track.name}`;
  return (
    <TrackMenu track={track}>
      <div
        onMouseDown={(event) => {
          if (event.target instanceof Element && event.target.closest('input') === null)
            event.preventDefault();
        }}
        className="absolute inset-x-0 flex items-center gap-1.5 bg-raised pr-1 pl-2.5"
        style={{ top: props.top, height: props.height }}
      >
        <span title={TRACK_KIND_WORDS[track.trackKind]} className="flex text-faint">
          <Icon icon={TRACK_ICONS[track.trackKind]} size={14} />
        </span>
        <TrackName track={track} />
        {track.syncLocked === false && (
          <IconButton
            size="small"
            icon={Unlink}
            label={`${track.name} stays where it is. Keep it in step again`}
            side="right"
            onClick={() => set({ syncLocked: true })}
          />
        )}
        {track.solo === true && (
          <IconButton
            size="small"
            icon={Headphones}
            label={`End solo of ${track.name}`}
            pressed
            side="right"
            onClick={() => set({ solo: false })}
          />
        )}
        <IconButton
          size="small"
          icon={isSound ? (track.muted ? VolumeX : Volume2) : track.muted ? EyeOff : Eye}
          label={muteWords}
          pressed={track.muted === true}
          side="right"
          onClick={() => set({ muted: track.muted !== true })}
        />
        <IconButton
          size="small"
          icon={track.locked ? Lock : LockOpen}
          label={track.locked ? `Unlock ${track.name}` : `Lock ${track.name}`}
          pressed={track.locked === true}
          side="right"
          onClick={() => set({ locked: track.locked !== true })}
        />
      </div>
    </TrackMenu>
  );
});

/** The name; pressing it makes it a field. */
function TrackName({ track }: { track: Track }) {
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <button
        type="button"
        aria-label={`Rename track ${track.name}`}
        title="Rename"
        onClick={() => setDraft(track.name)}
        className={classes(
          'min-h-6 min-w-0 grow truncate rounded-sm px-1 text-left text-xs font-medium hover:bg-hover',
          track.muted && 'text-faint line-through',
        )}
      >
        {track.name}
      </button>
    );
  }
  const finish = (name: string) => {
    setDraft(null);
    if (name !== '' && name !== track.name)
      projectStore.edit([{ type: 'track.set', trackId: track.id, name }]);
  };
  return (
    <input
      aria-label="Name of the track"
      autoFocus
      value={draft}
      maxLength={500}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(draft.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish(draft.trim());
        if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      className="h-6 min-w-0 grow rounded-sm bg-field px-1 text-xs"
    />
  );
}
