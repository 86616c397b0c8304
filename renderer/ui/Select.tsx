import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { classes } from './classes.ts';
import { Field, FIELD_LOOK } from './Field.tsx';
import { Icon } from './Icon.tsx';

type SelectProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  layout?: 'column' | 'row';
  hint?: string;
  disabled?: boolean;
};

/** One choice of a few, with its label. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, value, options, onChange, layout = 'column', hint, disabled = false } = props;
  return (
    <Field label={label} layout={layout} {...(hint !== undefined && { hint })}>
      {(ids) => (
        <Radix.Root
          value={value}
          onValueChange={(next) => {
            const chosen = options.find((option) => option.value === next);
            if (chosen) onChange(chosen.value);
          }}
          disabled={disabled}
        >
          <Radix.Trigger
            {...ids}
            className={classes(
              'flex w-full min-w-0 items-center justify-between gap-2 px-2.5 text-left disabled:opacity-45',
              layout === 'row' ? 'h-7' : 'h-8',
              FIELD_LOOK,
            )}
          >
            <span className="truncate">
              <Radix.Value />
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
      )}
    </Field>
  );
}
