import { useState } from 'react';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { itemDuration, itemStart } from '#core/model/items.ts';
import { addFlicks } from '#core/time/flicks.ts';
import { projectStore, useProject } from '../../client/project.ts';
import { NumberField } from '../../ui/NumberField.tsx';
import { Slider } from '../../ui/Slider.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useFilmState } from '../filmSession.ts';
import { timecode } from '../words.ts';
import { assetFacts } from './facts.ts';
import { Facts, Group } from './Group.tsx';
import { TimeRow } from './TimeRow.tsx';

/** Quieter than this is silence; louder than this is distortion in most sources. */
const SLIDER_MIN_DB = -48;
const SLIDER_MAX_DB = 12;

/** A clip: its name, its times, its volume, the file behind it. */
export function ClipInspector({ clip, timeline }: { clip: Clip; timeline: Timeline }) {
  const asset = useProject((project) => project.find('asset', clip.assetId), [clip.assetId]);
  const isLinked = useFilmState((state) => state.isLinked);
  const { frameRate } = timeline.format;
  const scope = isLinked ? 'linked' : 'alone';
  return (
    <>
      <Group title="Clip">
        <NameField clip={clip} />
        <TimeRow
          label="Start"
          time={itemStart(clip)}
          frameRate={frameRate}
          onCommit={(to) =>
            void projectStore.edit([{ type: 'clip.move', clipId: clip.id, to, scope }])
          }
        />
        <TimeRow
          label="Duration"
          time={itemDuration(clip)}
          frameRate={frameRate}
          onCommit={(duration) =>
            void projectStore.edit([
              {
                type: 'clip.trim',
                clipId: clip.id,
                edge: 'tail',
                to: addFlicks(itemStart(clip), duration),
                scope,
              },
            ])
          }
        />
        <Facts
          facts={[
            ['From', timecode(clip.sourceRange.in, frameRate)],
            ['To', timecode(clip.sourceRange.out, frameRate)],
          ]}
        />
      </Group>
      <Volume clip={clip} />
      {asset !== undefined && (
        <Group title="Source">
          <Facts facts={assetFacts(asset)} />
        </Group>
      )}
    </>
  );
}

function NameField({ clip }: { clip: Clip }) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const name = draft?.trim() ?? '';
    setDraft(null);
    if (name !== '' && name !== clip.name)
      projectStore.edit([{ type: 'clip.rename', clipId: clip.id, name }]);
  };
  return (
    <TextField
      label="Name"
      layout="row"
      value={draft ?? clip.name}
      maxLength={500}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      className="[&_input]:h-7"
    />
  );
}

/** Volume of the sound that belongs to a clip; nothing where there is none. */
function Volume({ clip }: { clip: Clip }) {
  const sound = useProject(
    (project) =>
      project
        .linkedWith(clip)
        .find(
          (item): item is Clip =>
            item.kind === 'clip' &&
            project.find('track', item.placement.trackId)?.trackKind === 'audio',
        ),
    [clip],
  );
  const [draft, setDraft] = useState<number | null>(null);
  if (sound === undefined) return null;
  const gainDb = draft ?? sound.gainDb ?? 0;
  const commit = (value: number) => {
    setDraft(null);
    if (value !== (sound.gainDb ?? 0))
      projectStore.edit([{ type: 'clip.setGain', clipId: sound.id, gainDb: value }]);
  };
  return (
    <Group title="Volume">
      <NumberField
        label="Level"
        unit="dB"
        value={gainDb}
        min={-96}
        max={24}
        step={0.5}
        digits={1}
        onChange={setDraft}
        onCommit={commit}
      />
      <Slider
        label="Volume"
        min={SLIDER_MIN_DB}
        max={SLIDER_MAX_DB}
        step={0.5}
        value={Math.min(SLIDER_MAX_DB, Math.max(SLIDER_MIN_DB, gainDb))}
        valueText={`${gainDb.toFixed(1)} decibels`}
        onChange={setDraft}
        onCommit={commit}
      />
    </Group>
  );
}
