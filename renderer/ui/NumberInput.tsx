import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { classes } from './classes.ts';
import { FIELD_LOOK } from './Field.tsx';

type NumberInputProps = {
  /** Null where several things have different values. */
  value: number | null;
  /** What is shown where there is no one value. */
  mixed?: string;
  min?: number;
  max?: number;
  /** What an arrow key and three pixels of a drag change. */
  step?: number;
  /** What typed numbers are rounded to; default: the step. */
  typedStep?: number;
  /** Shown after the number: `px`, `dB`. */
  unit?: string | undefined;
  /** Text of a value; default: with `digits` decimals. */
  format?: (value: number) => string;
  digits?: number;
  disabled?: boolean;
  /** Names it where there is no label element. */
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
  id?: string;
  /** While the value is dragged, many times; `onCommit` once at the end. */
  onChange?: ((value: number) => void) | undefined;
  onCommit: (value: number) => void;
};

/** A number that can be typed, stepped with the arrow keys, and dragged sideways. Shift makes ten steps of one. */
export function NumberInput(props: NumberInputProps) {
  const { value, mixed = 'Mixed', unit, digits = 0, disabled = false, onChange, onCommit } = props;
  const { min = -Infinity, max = Infinity, step = 1, typedStep = step } = props;
  const format = props.format ?? ((number: number) => number.toFixed(digits));
  const [draft, setDraft] = useState<string | null>(null);
  const drag = useRef<{ x: number; from: number; last: number } | null>(null);

  const clamp = (next: number, to: number) =>
    Number(Math.min(max, Math.max(min, Math.round(next / to) * to)).toFixed(6));
  const commit = (next: number) => {
    if (next !== value) onCommit(next);
  };
  const commitDraft = () => {
    const typed = Number((draft ?? '').replace(',', '.').replace('−', '-'));
    if (draft !== null && draft.trim() !== '' && Number.isFinite(typed))
      commit(clamp(typed, typedStep));
    setDraft(null);
  };

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (direction !== 0) {
      event.preventDefault();
      setDraft(null);
      if (value !== null) commit(clamp(value + direction * step * (event.shiftKey ? 10 : 1), step));
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
    const by = Math.round(distance / 3) * step * (event.shiftKey ? 10 : 1);
    const next = clamp(drag.current.from + by, step);
    if (next === drag.current.last) return;
    drag.current.last = next;
    onChange?.(next);
    setDraft(format(next));
  }

  function onPointerUp(event: PointerEvent<HTMLInputElement>) {
    const moved = drag.current;
    drag.current = null;
    if (moved === null) return;
    if (moved.last === moved.from) {
      if (event.type === 'pointerup') event.currentTarget.focus();
      return;
    }
    setDraft(null);
    onCommit(moved.last);
  }

  return (
    <span
      className={classes(
        'flex h-7 w-full min-w-0 items-center has-disabled:opacity-45 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus',
        FIELD_LOOK,
      )}
    >
      <input
        id={props.id}
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        type="text"
        inputMode="decimal"
        role="spinbutton"
        aria-valuenow={value ?? undefined}
        aria-valuetext={value === null ? mixed : undefined}
        aria-valuemin={Number.isFinite(min) ? min : undefined}
        aria-valuemax={Number.isFinite(max) ? max : undefined}
        disabled={disabled}
        placeholder={value === null ? mixed : undefined}
        value={draft ?? (value === null ? '' : format(value))}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={commitDraft}
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          // Focus selects the number, and a selected text would be dragged itself; it is focused when it was only clicked.
          if (value !== null && document.activeElement !== event.currentTarget)
            event.preventDefault();
        }}
        onPointerDown={(event) => {
          // While it is being typed in, dragging selects text as in any field.
          if (value === null || document.activeElement === event.currentTarget) return;
          // What is being typed elsewhere ends, as with any press.
          if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { x: event.clientX, from: value, last: value };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        className="h-full w-full min-w-0 cursor-ew-resize rounded-md bg-transparent px-2 tabular-nums outline-none focus:cursor-text"
      />
      {unit !== undefined && (
        <span aria-hidden="true" className="pr-2 text-xs whitespace-nowrap text-faint">
          {unit}
        </span>
      )}
    </span>
  );
}
