import { Link2, Link2Off, RotateCcw } from 'lucide-react';
import type { Clip, Timeline } from '#core/model/entities.ts';
import { CLIP_PARAMETERS, type ClipParameter } from '#core/model/parameters.ts';
import { flicks } from '#core/time/flicks.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { useRemembered } from '../../ui/remembered.ts';
import { AnimatedRow } from './AnimatedRow.tsx';
import { clipTargets } from './clipTargets.ts';
import { Group } from './Group.tsx';
import { inProportion, isScaledEvenly } from './linkedScale.ts';
import type { Target } from './parameterReading.ts';
import { CLIP_NUMBERS, shownInPixels } from './shownNumber.ts';

type PictureProps = { pictures: readonly Clip[]; timeline: Timeline };

const TRANSFORM = ['positionX', 'positionY', 'scaleX', 'scaleY', 'rotation', 'opacity'] as const;
const CROP = ['cropLeft', 'cropTop', 'cropRight', 'cropBottom'] as const;
const CROP_WORDS = { cropLeft: 'Left', cropTop: 'Top', cropRight: 'Right', cropBottom: 'Bottom' };

/** Where pictures are in the frame, how large, how turned, how solid. */
export function TransformGroup({ pictures, timeline }: PictureProps) {
  const [unit, setUnit] = useRemembered<'%' | 'px'>('inspector.positionUnit', '%');
  const { width, height } = timeline.format;
  const row = { timeline, pictures };
  return (
    <Group
      title="Transform"
      actions={
        <>
          <Button
            look="quiet"
            size="small"
            aria-label={`Positions in ${unit === '%' ? 'per cent' : 'pixels'}; show them in ${unit === '%' ? 'pixels' : 'per cent'}`}
            className="min-w-8"
            onClick={() => setUnit(unit === '%' ? 'px' : '%')}
          >
            {unit}
          </Button>
          <ResetAll label="transform" clips={pictures} names={TRANSFORM} />
        </>
      }
    >
      <PictureRow
        {...row}
        label="Position X"
        name="positionX"
        {...(unit === 'px' && { shown: shownInPixels(width) })}
      />
      <PictureRow
        {...row}
        label="Position Y"
        name="positionY"
        {...(unit === 'px' && { shown: shownInPixels(height) })}
      />
      <ScaleRows {...row} />
      <PictureRow {...row} label="Rotation" name="rotation" />
      <PictureRow {...row} label="Opacity" name="opacity" />
    </Group>
  );
}

/** What is cut off at each side, as shares of the picture. */
export function CropGroup({ pictures, timeline }: PictureProps) {
  return (
    <Group title="Crop" isFolded actions={<ResetAll label="crop" clips={pictures} names={CROP} />}>
      {CROP.map((name) => (
        <PictureRow
          key={name}
          timeline={timeline}
          pictures={pictures}
          label={CROP_WORDS[name]}
          name={name}
        />
      ))}
    </Group>
  );
}

function PictureRow(
  props: PictureProps & {
    label: string;
    name: ClipParameter;
    shown?: (typeof CLIP_NUMBERS)[ClipParameter];
  },
) {
  const { pictures, name } = props;
  return (
    <AnimatedRow
      label={props.label}
      timeline={props.timeline}
      targets={clipTargets(pictures, [name])}
      shown={props.shown ?? CLIP_NUMBERS[name]}
      range={CLIP_PARAMETERS[name]}
    />
  );
}

/** One row while both sides are scaled alike and linked, else one for each. */
function ScaleRows({ pictures, timeline }: PictureProps) {
  const [isLinked, setLinked] = useRemembered<boolean>('inspector.scaleLinked', true);
  const link = (
    <IconButton
      size="small"
      icon={isLinked ? Link2 : Link2Off}
      label={isLinked ? 'Scale both sides together' : 'Scale each side by itself'}
      pressed={isLinked}
      onClick={() => setLinked(!isLinked)}
    />
  );
  const row = { timeline, range: CLIP_PARAMETERS.scaleX, shown: CLIP_NUMBERS.scaleX };
  if (isLinked && pictures.every(isScaledEvenly)) {
    return (
      <AnimatedRow
        {...row}
        label="Scale"
        targets={clipTargets(pictures, ['scaleX', 'scaleY'])}
        beside={link}
      />
    );
  }
  const sides = (['scaleX', 'scaleY'] as const).map((name) => (
    <AnimatedRow
      key={name}
      {...row}
      label={name === 'scaleX' ? 'Scale X' : 'Scale Y'}
      targets={clipTargets(pictures, [name])}
      {...(isLinked && { also: otherSides(pictures, name) })}
      {...(name === 'scaleX' && { beside: link })}
    />
  ));
  return sides;
}

/** The other side of each picture, with the value that keeps the proportion when one side is set. */
function otherSides(pictures: readonly Clip[], name: 'scaleX' | 'scaleY') {
  const other = name === 'scaleX' ? 'scaleY' : 'scaleX';
  const targets = clipTargets(pictures, [other]);
  const values = new Map(pictures.map((clip) => [clip.id, clip]));
  return {
    targets,
    valueFor: (value: number, target: Target, time: number) => {
      const clip = values.get(target.clipId);
      if (clip === undefined) return value;
      const scales = { own: clip[name] ?? 1, other: clip[other] ?? 1 };
      return inProportion(value, scales, flicks(time - target.start));
    },
  };
}

function ResetAll(props: {
  label: string;
  clips: readonly Clip[];
  names: readonly ClipParameter[];
}) {
  const { clips, names } = props;
  const changed = names.filter((name) => clips.some((clip) => clip[name] !== undefined));
  if (changed.length === 0) return null;
  return (
    <IconButton
      size="small"
      icon={RotateCcw}
      label={`Reset ${props.label}`}
      onClick={() =>
        void projectStore.edit([
          {
            type: 'clip.resetParameters',
            clipIds: clips.map((clip) => clip.id),
            parameters: changed,
          },
        ])
      }
    />
  );
}
