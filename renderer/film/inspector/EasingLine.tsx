import { ChevronLeft, ChevronRight, Spline } from 'lucide-react';
import type { Easing } from '#core/model/keyframes.ts';
import type { Flicks } from '#core/time/flicks.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { useFilm } from '../filmSession.ts';
import { CurveEditor } from './CurveEditor.tsx';
import { EasingSelect } from './EasingSelect.tsx';
import { curveOf } from './easingWords.ts';
import type { Reading } from './parameterReading.ts';

type EasingLineProps = {
  /** The parameter, for screen readers. */
  label: string;
  reading: Reading;
  onEase: (easing: Easing) => void;
};

/** Below a parameter with keyframes: to the ones beside the playhead, and how the value goes on to the next. */
export function EasingLine({ label, reading, onEase }: EasingLineProps) {
  const session = useFilm();
  const { easing, leadsOn, previous, next } = reading;
  const go = (time: Flicks | null) => {
    if (time === null) return;
    session.player.seek(time);
    session.view.reveal(time);
  };
  const isCurve = easing !== null && typeof easing !== 'string';
  return (
    <div className="grid grid-cols-[minmax(5rem,2fr)_3fr] items-center gap-x-3 @max-[14rem]:grid-cols-[auto_1fr]">
      <span className="flex justify-end">
        <IconButton
          size="small"
          icon={ChevronLeft}
          label={`${label}: previous keyframe`}
          disabled={previous === null}
          onClick={() => go(previous)}
        />
        <IconButton
          size="small"
          icon={ChevronRight}
          label={`${label}: next keyframe`}
          disabled={next === null}
          onClick={() => go(next)}
        />
      </span>
      <span className="flex min-w-0 items-center gap-1">
        <EasingSelect
          label={`${label}: way to the next keyframe`}
          value={easing}
          disabled={!leadsOn}
          onChange={onEase}
        />
        <Popover
          label={`${label}: curve to the next keyframe`}
          content={<CurveEditor curve={curveOf(easing ?? 'linear')} onCommit={onEase} />}
        >
          <IconButton
            size="small"
            icon={Spline}
            label={`${label}: edit the curve`}
            disabled={!leadsOn || !isCurve}
          />
        </Popover>
      </span>
    </div>
  );
}
