import { memo } from 'react';
import { classes } from '../../ui/classes.ts';

type TransitionMarkProps = {
  id: string;
  label: string;
  left: number;
  width: number;
  height: number;
  isSelected: boolean;
};

/** A transition as a crossing on the cut. */
export const TransitionMark = memo(function TransitionMark(props: TransitionMarkProps) {
  return (
    <div
      role="option"
      aria-selected={props.isSelected}
      aria-label={props.label}
      data-transition={props.id}
      className={classes(
        'absolute bottom-0 z-10 overflow-hidden rounded-sm border bg-app/55 text-strong',
        props.isSelected ? 'border-2 border-accent' : 'border-on-track/40',
      )}
      style={{ left: props.left, width: props.width, height: props.height }}
    >
      <svg
        aria-hidden="true"
        className="absolute inset-0 size-full"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
      >
        <path
          d="M0 0 L100 100 M0 100 L100 0"
          stroke="currentColor"
          strokeWidth="1.25"
          vectorEffect="non-scaling-stroke"
          fill="none"
        />
      </svg>
    </div>
  );
});
