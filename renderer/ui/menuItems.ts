import type { LucideIcon } from 'lucide-react';

/** What a menu shows: an action, or a line between groups. */
export type MenuItem =
  | {
      kind?: 'action';
      label: string;
      icon?: LucideIcon;
      keys?: string | undefined;
      disabled?: boolean;
      /** Marks an action that destroys something. */
      danger?: boolean;
      /** For a choice among states: whether it is the present one. */
      checked?: boolean;
      run: () => void;
    }
  | { kind: 'line' };

export const MENU_LOOK =
  'z-50 min-w-48 animate-appear rounded-md bg-overlay p-1 text-sm text-strong shadow-overlay';
export const MENU_ITEM_LOOK =
  'flex h-7 items-center gap-2 rounded-sm px-2 outline-none data-disabled:opacity-45 data-highlighted:bg-pressed';
