import { ChevronDown, RotateCcw, Snowflake } from 'lucide-react';
import { useId } from 'react';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { itemDuration, itemEnd, itemStart } from '#core/model/items.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { FIELD_ROW } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { useFilm, useFilmState } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { common } from './clipTargets.ts';
import { Facts, Group } from './Group.tsx';
import { isReversed, percentText, speedPercent, timeWords } from './speed.ts';
import { TimeKeys } from './TimeKeys.tsx';
import { useAtPlayhead } from './useAtPlayhead.ts';

type SpeedMode = 'ripple' | 'keep-duration';

const MODES: { value: SpeedMode; label: string }[] = [
  { value: 'ripple', label: 'Moves the rest' },
  { value: 'keep-duration', label: 'Keeps length' },
];
const FREEZE_SECONDS = 2;

type SpeedGroupProps = {
  /** One of each picture with its sound. */
  clips: readonly Clip[];
  timeline: Timeline;
  /** Whether the first is of pictures, which can be frozen. */
  hasPicture: boolean;
};

/** How fast clips play and in which direction; for one clip also frozen frames and time keys. */
export function SpeedGroup({ clips, timeline, hasPicture }: SpeedGroupProps) {
  const [mode, setMode] = useRemembered<SpeedMode>('inspector.speedMode', 'ripple');
  const isLinked = useFilmState((state) => state.isLinked);
  const scope = isLinked ? 'linked' : 'alone';
  const clipIds = clips.map((clip) => clip.id);
  const [clip] = clips;
  const switchId = useId();
  const speedId = useId();
  const isChanged = clips.some((one) => one.sourceRange.retime !== undefined);
  const isFrozen = clips.every((one) => speedPercent(one.sourceRange) === 0);
  const edit = (command: EditCommand) => void projectStore.edit([command]);
  const setSpeed = (change: { speed?: string; reverse?: boolean }) =>
    edit({ type: 'clip.setSpeed', clipIds, mode, scope, ...change });
  if (clip === undefined) return null;
  return (
    <Group
      title="Speed"
      isFolded
      actions={
        isChanged && (
          <IconButton
            size="small"
            icon={RotateCcw}
            label="Play as recorded"
            onClick={() => edit({ type: 'clip.resetTime', clipIds, mode, scope })}
          />
        )
      }
    >
      <div className={FIELD_ROW}>
        <label htmlFor={speedId} className="text-xs text-muted">
          Speed
        </label>
        <NumberInput
          id={speedId}
          value={common(clips.map((one) => speedPercent(one.sourceRange)))}
          min={isFrozen ? 0 : 0.1}
          max={100_000}
          step={5}
          typedStep={0.0001}
          {...(clips.length === 1 && { mixed: 'Varies' })}
          unit="%"
          format={(value) => String(Number(value.toFixed(2)))}
          onCommit={(percent) => percent > 0 && setSpeed({ speed: percentText(percent) })}
        />
      </div>
      <div className={FIELD_ROW}>
        <label htmlFor={switchId} className="text-xs text-muted">
          Backwards
        </label>
        <Switch
          id={switchId}
          label="Backwards"
          checked={clips.every((one) => isReversed(one.sourceRange))}
          onChange={(reverse) => setSpeed({ reverse })}
        />
      </div>
      <Select label="A change" layout="row" value={mode} options={MODES} onChange={setMode} />
      {clips.length === 1 && (
        <>
          <Facts
            facts={[
              ['Plays', timeWords(clip)],
              ['Lasts', timecode(itemDuration(clip), timeline.format.frameRate)],
            ]}
          />
          {hasPicture && <FreezeMenu clip={clip} scope={scope} />}
          <TimeKeys clip={clip} timeline={timeline} scope={scope} />
        </>
      )}
    </Group>
  );
}

/** Holds the frame at the playhead. */
function FreezeMenu({ clip, scope }: { clip: Clip; scope: 'linked' | 'alone' }) {
  const { playhead } = useFilm();
  const { isInside } = useAtPlayhead(
    (time) => ({ isInside: time >= itemStart(clip) && time < itemEnd(clip) }),
    [clip],
  );
  const freeze = (mode: 'insert' | 'rest' | 'whole') =>
    void projectStore.edit([
      {
        type: 'clip.freeze',
        clipId: clip.id,
        at: playhead.time,
        mode,
        scope,
        ...(mode === 'insert' && { duration: FREEZE_SECONDS * FLICKS_PER_SECOND }),
      },
    ]);
  return (
    <Menu
      items={[
        { label: `Hold it for ${FREEZE_SECONDS} seconds, then go on`, run: () => freeze('insert') },
        { label: 'Hold it for the rest of the clip', run: () => freeze('rest') },
        { label: 'Hold it for the whole clip', run: () => freeze('whole') },
      ]}
    >
      <Button
        icon={Snowflake}
        size="small"
        disabled={!isInside}
        title={isInside ? undefined : 'Bring the playhead onto the clip first'}
        className="h-7 self-start"
      >
        Freeze the frame here
        <Icon icon={ChevronDown} size={14} className="text-faint" />
      </Button>
    </Menu>
  );
}
