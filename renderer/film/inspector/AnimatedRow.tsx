import { Diamond, RotateCcw } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { projectStore } from '../../client/project.ts';
import { FIELD_ROW } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';
import type { Timeline } from '#core/model/entities.ts';
import { useFilm } from '../filmSession.ts';
import { EasingLine } from './EasingLine.tsx';
import { useLiveEdit } from './liveEdit.ts';
import {
  easingCommands,
  resetCommands,
  toggleKeyframeCommands,
  valueCommands,
} from './parameterCommands.ts';
import { readingAt, type Target } from './parameterReading.ts';
import { fromShown, type ShownNumber, shownText, toShown } from './shownNumber.ts';
import { useAtPlayhead } from './useAtPlayhead.ts';

type AnimatedRowProps = {
  label: string;
  timeline: Timeline;
  /** What it shows and changes; several are set alike. */
  targets: readonly Target[];
  shown: ShownNumber;
  /** As stored. */
  range: { min: number; max: number; default: number };
  /** Whether it can have keyframes. */
  animates?: boolean;
  /** What is set along with it, and to what. */
  also?: {
    targets: readonly Target[];
    valueFor: (value: number, target: Target, time: number) => number;
  };
  /** A small button beside the label. */
  beside?: ReactNode;
};

/** A parameter: its value where the playhead stands, back to the default, and its keyframes. */
export function AnimatedRow(props: AnimatedRowProps) {
  const { label, timeline, targets, shown, range, animates = true, also } = props;
  const { playhead } = useFilm();
  const { frameRate } = timeline.format;
  const reading = useAtPlayhead(
    (time) => readingAt(targets, time, frameRate),
    [targets, frameRate],
  );
  const live = useLiveEdit();
  const id = useId();
  const isChanged = targets.some(({ value }) => value !== range.default);
  const commandsFor = (value: number) => {
    const time = playhead.time;
    const stored = fromShown(value, shown);
    const others =
      also === undefined
        ? []
        : valueCommands(also.targets, (target) => also.valueFor(stored, target, time), time);
    return [...valueCommands(targets, stored, time), ...others];
  };
  return (
    <>
      <div className={FIELD_ROW}>
        <span className="flex min-w-0 items-center gap-1">
          <label htmlFor={id} className="min-w-0 grow text-xs text-muted wrap-anywhere">
            {label}
          </label>
          {props.beside}
          {isChanged && (
            <IconButton
              size="small"
              icon={RotateCcw}
              label={`Reset ${label.toLowerCase()}`}
              className="-mr-2"
              onClick={() => void projectStore.edit(resetCommands(targets))}
            />
          )}
        </span>
        <span className="flex min-w-0 items-center gap-1">
          <NumberInput
            id={id}
            value={reading.value === null ? null : toShown(reading.value, shown)}
            min={toShown(range.min, shown)}
            max={toShown(range.max, shown)}
            step={shown.step}
            typedStep={10 ** -shown.digits}
            unit={shown.unit}
            format={(value) => shownText(value, shown)}
            onChange={(value) => live.change(commandsFor(value))}
            onCommit={(value) => live.commit(commandsFor(value))}
          />
          {animates ? (
            <KeyframeButton
              label={label}
              isHere={reading.isHere}
              isAnimated={reading.isAnimated}
              isInside={reading.isInside}
              onToggle={() =>
                void projectStore.edit(toggleKeyframeCommands(targets, playhead.time, frameRate))
              }
            />
          ) : (
            <span className="size-6 flex-none" />
          )}
        </span>
      </div>
      {reading.isAnimated && (
        <EasingLine
          label={label}
          reading={reading}
          onEase={(easing) =>
            void projectStore.edit(easingCommands(targets, playhead.time, frameRate, easing))
          }
        />
      )}
    </>
  );
}

/** Sets a keyframe where the playhead stands, or takes it away. */
function KeyframeButton(props: {
  label: string;
  isHere: boolean;
  isAnimated: boolean;
  isInside: boolean;
  onToggle: () => void;
}) {
  const { label, isHere, isAnimated } = props;
  const look = isHere ? '[&_svg]:fill-current' : isAnimated ? 'text-accent' : '';
  return (
    <IconButton
      size="small"
      icon={Diamond}
      label={`${label}: keyframe at the playhead`}
      pressed={isHere}
      disabled={!props.isInside}
      className={look}
      onClick={props.onToggle}
    />
  );
}
