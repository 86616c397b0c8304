import { Slider as Radix } from 'radix-ui';

type SliderProps = {
  label: string;
  value: number;
  min: number;
  max: number;
  step?: number;
  /** The value as screen readers say it. */
  valueText?: string;
  disabled?: boolean;
  onChange: (value: number) => void;
  onCommit?: (value: number) => void;
  className?: string;
};

/** A value on a line. It has no visible label: put words beside it. */
export function Slider(props: SliderProps) {
  const { label, value, min, max, step = 1, valueText, disabled = false } = props;
  const first = (values: number[]) => values[0] ?? value;
  return (
    <Radix.Root
      value={[value]}
      min={min}
      max={max}
      step={step}
      disabled={disabled}
      onValueChange={(values) => props.onChange(first(values))}
      onValueCommit={(values) => props.onCommit?.(first(values))}
      className={`relative flex h-6 touch-none items-center ${disabled ? 'opacity-45' : ''} ${props.className ?? 'w-full'}`}
    >
      <Radix.Track className="relative h-1 grow rounded-full bg-edge">
        <Radix.Range className="absolute h-full rounded-full bg-strong" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={valueText}
        className="relative block size-3.5 rounded-full bg-strong before:absolute before:-inset-1.5"
      />
    </Radix.Root>
  );
}
