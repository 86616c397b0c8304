import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { classes } from './classes.ts';
import { FIELD_LOOK } from './Field.tsx';
import { Icon } from './Icon.tsx';

type SelectBoxProps<T extends string> = {
  /** Null where several things have different values. */
  value: T | null;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  size?: 'small' | 'medium';
  disabled?: boolean;
  id?: string;
  /** Names it where there is no label element. */
  'aria-label'?: string;
  'aria-describedby'?: string | undefined;
};

/** One choice of a few, without a label of its own. */
export function SelectBox<T extends string>(props: SelectBoxProps<T>) {
  const { value, options, onChange, size = 'small', disabled = false } = props;
  return (
    <Radix.Root
      value={value ?? ''}
      onValueChange={(next) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen) onChange(chosen.value);
      }}
      disabled={disabled}
    >
      <Radix.Trigger
        id={props.id}
        aria-label={props['aria-label']}
        aria-describedby={props['aria-describedby']}
        className={classes(
          'flex w-full min-w-0 items-center justify-between gap-2 px-2.5 text-left disabled:opacity-45',
          size === 'small' ? 'h-7' : 'h-8',
          FIELD_LOOK,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={<span className="text-faint">Mixed</span>} />
        </span>
        <Radix.Icon>
          <Icon icon={ChevronDown} size={14} className="text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-appear overflow-hidden rounded-md bg-overlay p-1 shadow-overlay"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-7 items-center gap-2 rounded-sm pr-6 pl-2 text-sm text-strong outline-none data-highlighted:bg-pressed"
              >
                <span className="flex w-4 flex-none">
                  <Radix.ItemIndicator>
                    <Icon icon={Check} size={14} className="text-accent" />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
