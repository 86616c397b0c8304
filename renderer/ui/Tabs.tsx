import type { LucideIcon } from 'lucide-react';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

type TabsProps<T extends string> = {
  /** Names the row of tabs for screen readers. */
  label: string;
  value: T;
  /** Where there are too many for their words, each has an icon, and only the chosen one says its name beside it. */
  tabs: readonly { value: T; label: string; icon?: LucideIcon; content: ReactNode }[];
  onChange: (value: T) => void;
};

/** Panels of which one is seen, each with its tab. */
export function Tabs<T extends string>({ label, value, tabs, onChange }: TabsProps<T>) {
  return (
    <Radix.Root
      value={value}
      onValueChange={(next) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen) onChange(chosen.value);
      }}
      className="flex h-full min-h-0 flex-col"
    >
      <Radix.List
        aria-label={label}
        className="flex h-10 flex-none items-center gap-1 overflow-x-auto px-2 [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            aria-label={tab.label}
            title={tab.icon && tab.value !== value ? tab.label : undefined}
            className="inline-flex h-7 flex-none items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:text-strong data-[state=active]:bg-hover data-[state=active]:text-strong"
          >
            {tab.icon && <Icon icon={tab.icon} size={15} />}
            {(tab.icon === undefined || tab.value === value) && tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.value}
          value={tab.value}
          className="min-h-0 grow overflow-y-auto outline-offset-[-2px]"
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
