import { useState } from 'react';
import { type Flicks, ZERO } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';
import { FIELD_LOOK } from '../../ui/Field.tsx';
import { typedTime } from '../preview/typedTime.ts';
import { timecode } from '../words.ts';

type TimeInputProps = {
  /** Null where several things differ. */
  time: Flicks | null;
  frameRate: Rate;
  id?: string;
  'aria-label'?: string;
  onCommit: (time: Flicks) => void;
};

/** A timecode that can be typed over. */
export function TimeInput({ time, frameRate, onCommit, ...rest }: TimeInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? time : typedTime(draft, frameRate, time ?? ZERO);
  const commit = () => {
    setDraft(null);
    if (typed !== null && typed !== time) onCommit(typed);
  };
  return (
    <input
      {...rest}
      value={draft ?? (time === null ? '' : timecode(time, frameRate))}
      placeholder={time === null ? 'Mixed' : undefined}
      aria-invalid={(draft !== null && typed === null) || undefined}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      className={`h-7 w-full min-w-0 px-2 font-mono text-xs ${FIELD_LOOK}`}
    />
  );
}
