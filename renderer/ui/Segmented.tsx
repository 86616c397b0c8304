import type { LucideIcon } from 'lucide-react';
import { ToggleGroup } from 'radix-ui';
import { Icon } from './Icon.tsx';

type SegmentedProps<T extends string> = {
  /** What is chosen, for screen readers. */
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: LucideIcon }[];
  onChange: (value: T) => void;
  /** `icons` shows icons only; the label stays for screen readers. */
  show?: 'words' | 'icons';
  size?: 'small' | 'medium';
};

/** One choice of two to four, all in sight. */
export function Segmented<T extends string>(props: SegmentedProps<T>) {
  const { label, value, options, onChange, show = 'words', size = 'medium' } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className={`inline-flex gap-0.5 rounded-md bg-app p-0.5 ${size === 'small' ? 'h-7' : 'h-8'}`}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          {...(show === 'icons' && { 'aria-label': option.label, title: option.label })}
          className="inline-flex min-w-6 items-center justify-center gap-1.5 rounded-sm px-2.5 text-xs whitespace-nowrap text-muted hover:text-strong data-[state=on]:bg-field data-[state=on]:text-strong"
        >
          {option.icon && <Icon icon={option.icon} size={14} />}
          {show === 'words' && option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
