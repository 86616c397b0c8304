import { type PointerEvent, useRef, useState } from 'react';
import type { Easing } from '#core/model/keyframes.ts';
import { NumberInput } from '../../ui/NumberInput.tsx';

type Curve = [number, number, number, number];
type CurveEditorProps = {
  curve: Curve;
  /** How far values may go beyond the keyframes; default: far. Time may not. */
  values?: { min: number; max: number };
  onCommit: (easing: Easing) => void;
};

/** What of the plane is drawn: the square from 0 to 1 and some room for curves that overshoot. */
const SIDE = 160;
const MARGIN = 40;
const FURTHEST_DRAWN = 1 + MARGIN / SIDE;

const TIMES = { min: 0, max: 1 };
const VALUES = { min: -10, max: 10 };
const NUMBERS = [
  'First point, time',
  'First point, value',
  'Second point, time',
  'Second point, value',
] as const;

/** A curve from one keyframe to the next: drag its two points, or type their four numbers. */
export function CurveEditor({ curve, values = VALUES, onCommit }: CurveEditorProps) {
  const [draft, setDraft] = useState<Curve | null>(null);
  const shown = draft ?? curve;
  const commit = (next: Curve) => {
    setDraft(null);
    if (next.some((part, index) => part !== curve[index])) onCommit(next);
  };
  return (
    <div className="flex w-[17rem] flex-col gap-2 p-3">
      <h2 className="text-xs font-semibold">Curve to the next keyframe</h2>
      <CurveDrawing
        curve={shown}
        values={values}
        onChange={setDraft}
        onEnd={() => draft && commit(draft)}
      />
      <div className="grid grid-cols-2 gap-2 [&_span]:has-[input]:bg-panel">
        {NUMBERS.map((label, index) => (
          <label key={label} className="flex flex-col gap-1 text-xs text-muted">
            {label}
            <NumberInput
              value={shown[index] ?? 0}
              {...(index % 2 === 0 ? TIMES : values)}
              step={0.05}
              typedStep={0.001}
              format={(value) => String(Number(value.toFixed(3)))}
              onCommit={(value) => commit(shown.with(index, value) as Curve)}
            />
          </label>
        ))}
      </div>
    </div>
  );
}

type CurveDrawingProps = {
  curve: Curve;
  values: { min: number; max: number };
  onChange: (curve: Curve) => void;
  onEnd: () => void;
};

function CurveDrawing({ curve, values, onChange, onEnd }: CurveDrawingProps) {
  const held = useRef<0 | 2 | null>(null);
  const box = useRef<SVGSVGElement>(null);
  const [x1, y1, x2, y2] = curve;
  const x = (value: number) => MARGIN + value * SIDE;
  const y = (value: number) => MARGIN + (1 - value) * SIDE;

  function onPointerMove(event: PointerEvent) {
    const frame = box.current?.getBoundingClientRect();
    if (held.current === null || frame === undefined) return;
    const whole = SIDE + 2 * MARGIN;
    const within = (value: number, low: number, high: number) =>
      Number(Math.max(low, Math.min(high, value)).toFixed(2));
    const across = (((event.clientX - frame.left) / frame.width) * whole - MARGIN) / SIDE;
    const up = 1 - (((event.clientY - frame.top) / frame.height) * whole - MARGIN) / SIDE;
    const lowest = Math.max(values.min, 1 - FURTHEST_DRAWN);
    const highest = Math.min(values.max, FURTHEST_DRAWN);
    const next = curve
      .with(held.current, within(across, TIMES.min, TIMES.max))
      .with(held.current + 1, within(up, lowest, highest));
    onChange(next as Curve);
  }

  return (
    <svg
      ref={box}
      aria-hidden="true"
      viewBox={`0 0 ${SIDE + 2 * MARGIN} ${SIDE + 2 * MARGIN}`}
      className="w-full touch-none rounded-md bg-panel"
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        if (held.current !== null) onEnd();
        held.current = null;
      }}
    >
      <rect x={x(0)} y={y(1)} width={SIDE} height={SIDE} className="fill-field" rx={4} />
      <g className="stroke-edge" strokeWidth={1.5}>
        <line x1={x(0)} y1={y(0)} x2={x(x1)} y2={y(y1)} />
        <line x1={x(1)} y1={y(1)} x2={x(x2)} y2={y(y2)} />
      </g>
      <path
        d={`M ${x(0)} ${y(0)} C ${x(x1)} ${y(y1)}, ${x(x2)} ${y(y2)}, ${x(1)} ${y(1)}`}
        className="fill-none stroke-strong"
        strokeWidth={2}
      />
      {([0, 2] as const).map((index) => (
        <circle
          key={index}
          cx={x(curve[index])}
          cy={y(curve[index === 0 ? 1 : 3])}
          r={7}
          className="fill-accent"
          onPointerDown={(event) => {
            held.current = index;
            box.current?.setPointerCapture(event.pointerId);
          }}
        />
      ))}
    </svg>
  );
}
