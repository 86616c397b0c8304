import { useState } from 'react';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { CLIP_PARAMETERS } from '#core/model/parameters.ts';
import { Slider } from '../../ui/Slider.tsx';
import { useFilm } from '../filmSession.ts';
import { AnimatedRow } from './AnimatedRow.tsx';
import { clipTargets } from './clipTargets.ts';
import { useIsFixed } from './fixed.ts';
import { Group } from './Group.tsx';
import { useLiveEdit } from './liveEdit.ts';
import { readingAt } from './parameterReading.ts';
import { CLIP_NUMBERS } from './shownNumber.ts';
import { useAtPlayhead } from './useAtPlayhead.ts';

type SoundProps = { sounds: readonly Clip[]; timeline: Timeline };

/** How loud sounds are, and from which side. */
export function SoundGroup({ sounds, timeline }: SoundProps) {
  return (
    <Group title="Sound">
      <VolumeSlider sounds={sounds} timeline={timeline} />
      <AnimatedRow
        label="Volume"
        timeline={timeline}
        targets={clipTargets(sounds, ['gainDb'])}
        shown={CLIP_NUMBERS.gainDb}
        range={CLIP_PARAMETERS.gainDb}
      />
      <AnimatedRow
        label="Pan"
        timeline={timeline}
        targets={clipTargets(sounds, ['pan'])}
        shown={CLIP_NUMBERS.pan}
        range={CLIP_PARAMETERS.pan}
      />
    </Group>
  );
}

/** Quieter than this is silence; louder than this is distortion in most sources. */
const SLIDER_MIN_DB = -48;
const SLIDER_MAX_DB = 12;

/** The volume where the playhead stands; where it has keyframes, moving it sets one there. */
function VolumeSlider({ sounds, timeline }: SoundProps) {
  const { playhead } = useFilm();
  const isFixed = useIsFixed();
  const { frameRate } = timeline.format;
  const reading = useAtPlayhead(
    (time) => readingAt(clipTargets(sounds, ['gainDb']), time, frameRate),
    [sounds, frameRate],
  );
  const live = useLiveEdit();
  const [draft, setDraft] = useState<number | null>(null);
  const gainDb = draft ?? reading.value ?? 0;
  const commandsFor = (value: number): EditCommand[] =>
    reading.isAnimated
      ? [
          {
            type: 'clip.setParameters',
            clipIds: sounds.map((clip) => clip.id),
            parameters: { gainDb: value },
            at: playhead.time,
          },
        ]
      : sounds.map((clip) => ({
          type: 'clip.setGain',
          clipId: clip.id,
          gainDb: value,
          scope: 'alone',
        }));
  return (
    <Slider
      label="Volume"
      min={SLIDER_MIN_DB}
      max={SLIDER_MAX_DB}
      step={0.5}
      disabled={isFixed}
      value={Math.min(SLIDER_MAX_DB, Math.max(SLIDER_MIN_DB, gainDb))}
      valueText={reading.value === null ? 'mixed' : `${gainDb.toFixed(1)} decibels`}
      onChange={(value) => {
        setDraft(value);
        live.change(commandsFor(value));
      }}
      onCommit={(value) => {
        setDraft(null);
        live.commit(commandsFor(value));
      }}
    />
  );
}
