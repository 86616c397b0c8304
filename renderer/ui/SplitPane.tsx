import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useRemembered } from './remembered.ts';

type SplitPaneProps = {
  /** Name under which the size is remembered. */
  name: string;
  /** What the divider sizes, for screen readers: "Media panel". */
  label: string;
  direction: 'row' | 'column';
  /** Which side has the remembered size; the other takes the rest. */
  fixed: 'first' | 'second';
  /** Sizes in CSS pixels at normal text size. */
  initial: number;
  min: number;
  max: number;
  /** Least size of the side that takes the rest. */
  restMin?: number;
  /** Null leaves the whole room to the other one, which stays as it is. */
  first: ReactNode;
  second: ReactNode;
};

const STEP = 16;

/** Two panels with a divider that is dragged, or moved with the arrow keys; a double click brings back the first size. */
export function SplitPane(props: SplitPaneProps) {
  const { direction, fixed, initial, min, max, restMin = 160 } = props;
  const [stored, setSize] = useRemembered(`split.${props.name}`, initial);
  const drag = useRef<{ at: number; size: number } | null>(null);
  const size = Math.min(max, Math.max(min, stored));
  const row = direction === 'row';

  const grow = (by: number) => {
    const sign = fixed === 'first' ? 1 : -1;
    setSize(Math.min(max, Math.max(min, size + sign * by)));
  };

  function onKeyDown(event: KeyboardEvent) {
    const back = row ? 'ArrowLeft' : 'ArrowUp';
    const forth = row ? 'ArrowRight' : 'ArrowDown';
    if (event.key === back) grow(-STEP);
    else if (event.key === forth) grow(STEP);
    else if (event.key === 'Home') setSize(min);
    else if (event.key === 'End') setSize(max);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function onPointerMove(event: PointerEvent) {
    if (drag.current === null) return;
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const moved = ((row ? event.clientX : event.clientY) - drag.current.at) / rem;
    const wanted = drag.current.size + (fixed === 'first' ? moved : -moved);
    setSize(Math.round(Math.min(max, Math.max(min, wanted))));
  }

  // Where there is no room for both, with large text, the rest gives way first and the halves are equal at last.
  const length = `max(min(${size / 16}rem, 100% - ${restMin / 16}rem), min(${min / 16}rem, 50%))`;
  const isSplit = props.first !== null && props.second !== null;
  const split =
    fixed === 'first' ? `${length} auto minmax(0, 1fr)` : `minmax(0, 1fr) auto ${length}`;
  const whole = props.first === null ? '0 minmax(0, 1fr)' : 'minmax(0, 1fr) 0';
  const template = isSplit ? split : whole;
  return (
    <div
      className="grid h-full min-h-0 w-full min-w-0"
      style={row ? { gridTemplateColumns: template } : { gridTemplateRows: template }}
    >
      <div className="flex min-h-0 min-w-0 flex-col overflow-hidden">{props.first}</div>
      {/* A separator that takes focus is a widget: https://www.w3.org/TR/wai-aria-1.2/#separator */}
      <div
        role="separator"
        hidden={!isSplit}
        tabIndex={isSplit ? 0 : -1}
        aria-label={`Size of ${props.label}`}
        aria-orientation={row ? 'vertical' : 'horizontal'}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        onKeyDown={onKeyDown}
        onDoubleClick={() => setSize(initial)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { at: row ? event.clientX : event.clientY, size };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          drag.current = null;
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
        className={`relative z-10 touch-none bg-app transition-colors duration-120 before:absolute hover:bg-edge focus-visible:bg-focus ${
          row
            ? 'w-0.5 cursor-col-resize before:inset-y-0 before:-inset-x-1.5'
            : 'h-0.5 cursor-row-resize before:inset-x-0 before:-inset-y-1.5'
        }`}
      />
      <div className="flex min-h-0 min-w-0 flex-col overflow-hidden">{props.second}</div>
    </div>
  );
}
