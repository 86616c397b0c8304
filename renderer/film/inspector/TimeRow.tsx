import { useState } from 'react';
import type { Flicks } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';
import { Field, FIELD_LOOK } from '../../ui/Field.tsx';
import { typedTime } from '../preview/typedTime.ts';
import { timecode } from '../words.ts';

type TimeRowProps = {
  label: string;
  time: Flicks;
  frameRate: Rate;
  onCommit: (time: Flicks) => void;
};

/** A time that can be typed over. */
export function TimeRow({ label, time, frameRate, onCommit }: TimeRowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? time : typedTime(draft, frameRate, time);
  const commit = () => {
    setDraft(null);
    if (typed !== null && typed !== time) onCommit(typed);
  };
  return (
    <Field label={label} layout="row">
      {(ids) => (
        <input
          {...ids}
          value={draft ?? timecode(time, frameRate)}
          aria-invalid={typed === null || undefined}
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
      )}
    </Field>
  );
}
