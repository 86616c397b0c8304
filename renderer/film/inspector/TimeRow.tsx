import { RotateCcw } from 'lucide-react';
import { useId } from 'react';
import type { Flicks } from '#core/time/flicks.ts';
import type { Rate } from '#core/time/rate.ts';
import { FIELD_ROW } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { TimeInput } from './TimeInput.tsx';

type TimeRowProps = {
  label: string;
  /** Null where several things differ. */
  time: Flicks | null;
  frameRate: Rate;
  onCommit: (time: Flicks) => void;
  /** Takes it back to its default; the button for it is only there while it has another. */
  onReset?: () => void;
  isDefault?: boolean;
};

/** A time that can be typed over. */
export function TimeRow({ label, onReset, isDefault = false, ...input }: TimeRowProps) {
  const id = useId();
  return (
    <div className={FIELD_ROW}>
      <span className="flex min-w-0 items-center gap-1">
        <label htmlFor={id} className="min-w-0 grow truncate text-xs text-muted">
          {label}
        </label>
        {onReset !== undefined && !isDefault && (
          <IconButton
            size="small"
            icon={RotateCcw}
            label={`Reset ${label.toLowerCase()}`}
            className="-mr-2"
            onClick={onReset}
          />
        )}
      </span>
      <TimeInput id={id} {...input} />
    </div>
  );
}
