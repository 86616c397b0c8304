import {
  ChevronDown,
  ChevronRight,
  Eye,
  EyeOff,
  Headphones,
  Link2,
  Link2Off,
  Lock,
  LockOpen,
  Volume2,
  VolumeX,
} from 'lucide-react';
import { useId, useState } from 'react';
import type { Timeline, Track } from '#core/model/entities.ts';
import { projectStore, useProject, useProjectState } from '../../client/project.ts';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { plural } from '../../ui/words.ts';
import { TRACK_KIND_WORDS } from '../words.ts';
import { FixedContext } from './fixed.ts';
import { Group } from './Group.tsx';
import { LanguageField } from './LanguageField.tsx';
import { NameField } from './NameField.tsx';

/** The tracks of a timeline from the top: what they are, and all that can be set about each. */
export function TracksGroup({ timeline }: { timeline: Timeline }) {
  const tracks = useProject((project) => project.tracksOf(timeline.id).reverse(), [timeline.id]);
  const isReadOnly = useProjectState((state) => state.open?.readOnly === true);
  return (
    <FixedContext value={isReadOnly}>
      <Group title="Tracks">
        {tracks.length === 0 ? (
          <p className="text-xs text-faint">This timeline has no tracks yet.</p>
        ) : (
          <ul className="-mx-1 flex flex-col gap-px">
            {tracks.map((track) => (
              <TrackRow key={track.id} track={track} />
            ))}
          </ul>
        )}
      </Group>
    </FixedContext>
  );
}

type Change = Pick<Track, 'muted' | 'solo' | 'locked' | 'syncLocked'>;

function TrackRow({ track }: { track: Track }) {
  const count = useProject((project) => project.itemsOn(track.id).length, [track.id]);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const set = (change: Change) =>
    void projectStore.edit([{ type: 'track.set', trackId: track.id, ...change }]);
  const { name, muted = false, solo = false, locked = false, syncLocked = true } = track;
  const isSound = track.trackKind === 'audio';
  return (
    <li className={isOpen ? 'flex flex-col gap-2 rounded-md bg-raised pb-2' : 'flex flex-col'}>
      <div className="flex items-center">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          title={`${TRACK_KIND_WORDS[track.trackKind]}, ${plural(count, 'item')}`}
          onClick={() => setOpen(!isOpen)}
          className="flex h-7 min-w-0 grow items-center gap-1 rounded-md px-1 text-left text-xs hover:bg-hover"
        >
          <Icon icon={isOpen ? ChevronDown : ChevronRight} size={14} className="text-faint" />
          <span className="truncate text-strong">{name}</span>
        </button>
        <IconButton
          size="small"
          icon={isSound ? (muted ? VolumeX : Volume2) : muted ? EyeOff : Eye}
          label={muteWords(track)}
          pressed={muted}
          onClick={() => set({ muted: !muted })}
        />
        <IconButton
          size="small"
          icon={Headphones}
          label={`Solo ${name}`}
          pressed={solo}
          onClick={() => set({ solo: !solo })}
        />
        <IconButton
          size="small"
          icon={locked ? Lock : LockOpen}
          label={locked ? `Unlock ${name}` : `Lock ${name}`}
          pressed={locked}
          onClick={() => set({ locked: !locked })}
        />
        <IconButton
          size="small"
          icon={syncLocked ? Link2 : Link2Off}
          label={
            syncLocked
              ? `Leave ${name} in place when other tracks move`
              : `Move ${name} along with other tracks`
          }
          pressed={!syncLocked}
          onClick={() => set({ syncLocked: !syncLocked })}
        />
      </div>
      {isOpen && (
        <div id={id} className="flex flex-col gap-2 px-1">
          <NameField
            name={name}
            onRename={(next) =>
              void projectStore.edit([{ type: 'track.set', trackId: track.id, name: next }])
            }
          />
          {track.trackKind === 'caption' && <LanguageField track={track} />}
          <p className="text-xs text-faint">
            {TRACK_KIND_WORDS[track.trackKind]}, {plural(count, 'item')}
          </p>
        </div>
      )}
    </li>
  );
}

function muteWords({ name, muted, trackKind }: Track): string {
  if (trackKind === 'audio') return muted ? `Let ${name} sound` : `Mute ${name}`;
  return muted ? `Show ${name}` : `Hide ${name}`;
}
