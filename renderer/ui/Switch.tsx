import { Switch as Radix } from 'radix-ui';

type SwitchProps = {
  /** What is on or off, for screen readers. */
  label: string;
  checked: boolean;
  disabled?: boolean;
  id?: string;
  onChange: (checked: boolean) => void;
};

/** On or off, at once. It has no visible label: put words beside it. */
export function Switch({ label, checked, disabled = false, id, onChange }: SwitchProps) {
  return (
    <Radix.Root
      {...(id !== undefined && { id })}
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      className="group inline-flex h-6 w-7 flex-none items-center rounded-full disabled:opacity-45"
    >
      <span className="flex h-4 w-7 items-center rounded-full bg-edge px-0.5 transition-colors duration-120 group-data-[state=checked]:bg-accent">
        <Radix.Thumb className="block size-3 rounded-full bg-panel transition-transform duration-120 data-[state=checked]:translate-x-3" />
      </span>
    </Radix.Root>
  );
}
