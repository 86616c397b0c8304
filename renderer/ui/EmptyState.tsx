import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

type EmptyStateProps = {
  icon?: LucideIcon;
  title: string;
  /** What this place is for, in one or two sentences. */
  text: string;
  /** The one thing to do, and perhaps a second. */
  actions?: ReactNode;
};

/** What a list or room shows while there is nothing in it. */
export function EmptyState({ icon, title, text, actions }: EmptyStateProps) {
  return (
    <div className="m-auto flex max-w-96 flex-col items-center gap-1 p-6 text-center">
      {icon && <Icon icon={icon} size={24} className="mb-2 text-faint" />}
      <h2 className="text-base font-semibold">{title}</h2>
      <p className="text-sm text-muted">{text}</p>
      {actions !== undefined && (
        <div className="mt-4 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
