import { Segmented } from '../ui/Segmented.tsx';

type ChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
};

/** One of two, with its label above as with the other settings. */
export function Choice<T extends string>({ label, ...choice }: ChoiceProps<T>) {
  return (
    <div className="grid justify-items-start gap-1">
      <span aria-hidden="true" className="text-xs text-muted">
        {label}
      </span>
      <Segmented label={label} {...choice} />
    </div>
  );
}
