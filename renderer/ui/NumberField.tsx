import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { Field, FIELD_LOOK } from './Field.tsx';

type NumberFieldProps = {
  label: string;
  value: number;
  min?: number;
  max?: number;
  step?: number;
  /** Shown after the number: `px`, `dB`. */
  unit?: string;
  digits?: number;
  layout?: 'column' | 'row';
  hint?: string;
  disabled?: boolean;
  /** While the value is dragged, many times; `onCommit` once at the end. */
  onChange?: (value: number) => void;
  onCommit: (value: number) => void;
};

/** A number that can be typed, stepped with the arrow keys, and dragged sideways. Shift makes ten steps of one. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, unit, digits = 0, layout = 'row', hint, disabled = false } = props;
  const { min = -Infinity, max = Infinity, step = 1, onChange, onCommit } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const drag = useRef<{ x: number; from: number; last: number } | null>(null);

  const clamp = (next: number) =>
    Number(Math.min(max, Math.max(min, Math.round(next / step) * step)).toFixed(6));
  const commit = (next: number) => {
    const clamped = clamp(next);
    if (clamped !== value) onCommit(clamped);
  };
  const commitDraft = () => {
    const typed = Number((draft ?? '').replace(',', '.').replace('−', '-'));
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed)) commit(typed);
    setDraft(null);
  };

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      setDraft(null);
      commit(value + direction * step * (event.shiftKey ? 10 : 1));
    } else if (event.key === 'Enter') commitDraft();
    else if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation();
      setDraft(null);
    }
  }

  function onPointerMove(event: PointerEvent<HTMLInputElement>) {
    if (drag.current === null) return;
    const distance = event.clientX - drag.current.x;
    if (Math.abs(distance) < 4 && drag.current.last === drag.current.from) return;
    const next = clamp(
      drag.current.from + Math.round(distance / 3) * step * (event.shiftKey ? 10 : 1),
    );
    if (next === drag.current.last) return;
    drag.current.last = next;
    onChange?.(next);
    setDraft(next.toFixed(digits));
  }

  function onPointerUp() {
    const moved = drag.current;
    drag.current = null;
    if (moved === null || moved.last === moved.from) return;
    setDraft(null);
    onCommit(moved.last);
  }

  return (
    <Field label={label} layout={layout} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <span
          className={classes('flex h-7 min-w-0 items-center', FIELD_LOOK, disabled && 'opacity-45')}
        >
          <input
            {...ids}
            type="text"
            inputMode="decimal"
            role="spinbutton"
            aria-valuenow={value}
            aria-valuemin={Number.isFinite(min) ? min : undefined}
            aria-valuemax={Number.isFinite(max) ? max : undefined}
            disabled={disabled}
            value={draft ?? value.toFixed(digits)}
            onChange={(event) => setDraft(event.target.value)}
            onFocus={(event) => event.target.select()}
            onBlur={commitDraft}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              // While it is being typed in, dragging selects text as in any field.
              if (document.activeElement === event.currentTarget) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              drag.current = { x: event.clientX, from: value, last: value };
            }}
            onPointerMove={onPointerMove}
            onPointerUp={onPointerUp}
            onPointerCancel={onPointerUp}
            className="h-full w-full min-w-0 cursor-ew-resize rounded-md px-2 tabular-nums focus:cursor-text"
          />
          {unit !== undefined && (
            <span aria-hidden="true" className="pr-2 text-xs text-faint">
              {unit}
            </span>
          )}
        </span>
      )}
    </Field>
  );
}
