type ProgressProps = {
  /** What is in progress, for screen readers. */
  label: string;
  /** From 0 to 1; null while nothing is known. */
  value: number | null;
  className?: string;
};

/** How far something is. */
export function Progress({ label, value, className }: ProgressProps) {
  const percent = value === null ? undefined : Math.round(value * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={`h-1 overflow-hidden rounded-full bg-pressed ${className ?? ''}`}
    >
      <div
        className={`h-full rounded-full bg-accent ${value === null ? 'w-1/3 animate-wait' : ''}`}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
}
