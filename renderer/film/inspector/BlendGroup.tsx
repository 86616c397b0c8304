import { BLENDS, type Clip, type Timeline } from '#core/model/entities.ts';
import { type Flicks, ZERO } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { Select } from '../../ui/Select.tsx';
import { useFilmState } from '../filmSession.ts';
import { common } from './clipTargets.ts';
import { Group } from './Group.tsx';
import { TimeRow } from './TimeRow.tsx';

const BLEND_OPTIONS = BLENDS.map((value) => ({
  value,
  label: `${value[0]?.toUpperCase()}${value.slice(1).replace('-', ' ')}`,
}));

/** How pictures are laid over what is below them. */
export function BlendGroup({ pictures }: { pictures: readonly Clip[] }) {
  return (
    <Group title="Blend" isFolded>
      <Select
        label="Mode"
        layout="row"
        value={common(pictures.map((clip) => clip.blend ?? 'normal'))}
        options={BLEND_OPTIONS}
        onChange={(blend) =>
          void projectStore.edit([
            { type: 'clip.setBlend', clipIds: pictures.map((clip) => clip.id), blend },
          ])
        }
      />
    </Group>
  );
}

/** Fading in and out of clips, with what is linked to them. */
export function FadesGroup({ clips, timeline }: { clips: readonly Clip[]; timeline: Timeline }) {
  const isLinked = useFilmState((state) => state.isLinked);
  const scope = isLinked ? 'linked' : 'alone';
  const clipIds = clips.map((clip) => clip.id);
  const set = (fades: { in?: Flicks; out?: Flicks }) =>
    void projectStore.edit([{ type: 'clip.setFades', clipIds, ...fades, scope }]);
  return (
    <Group title="Fades" isFolded>
      <TimeRow
        label="Fade in"
        time={common(clips.map((clip) => clip.fades?.in ?? ZERO))}
        frameRate={timeline.format.frameRate}
        onCommit={(time) => set({ in: time })}
        onReset={() => set({ in: ZERO })}
        isDefault={clips.every((clip) => (clip.fades?.in ?? 0) === 0)}
      />
      <TimeRow
        label="Fade out"
        time={common(clips.map((clip) => clip.fades?.out ?? ZERO))}
        frameRate={timeline.format.frameRate}
        onCommit={(time) => set({ out: time })}
        onReset={() => set({ out: ZERO })}
        isDefault={clips.every((clip) => (clip.fades?.out ?? 0) === 0)}
      />
    </Group>
  );
}
