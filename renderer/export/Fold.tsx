import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Icon } from '../ui/Icon.tsx';

type FoldProps = {
  title: string;
  /** Beside the title, for what is worth knowing unfolded. */
  note?: string;
  open?: boolean;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
};

/** Details that are there for whoever wants them. */
export function Fold({ title, note, open, onToggle, children }: FoldProps) {
  return (
    <details
      {...(open !== undefined && { open })}
      onToggle={(event) => {
        if (event.currentTarget.open !== open) onToggle?.(event.currentTarget.open);
      }}
      className="group"
    >
      <summary className="-ml-1 flex h-8 cursor-default list-none items-center gap-1 rounded-md pr-2 text-sm font-medium hover:bg-hover [&::-webkit-details-marker]:hidden">
        <Icon
          icon={ChevronRight}
          size={14}
          className="flex-none text-faint transition-transform duration-120 group-open:rotate-90"
        />
        {title}
        {note !== undefined && (
          <span className="ml-auto truncate pl-3 text-xs font-normal text-faint">{note}</span>
        )}
      </summary>
      <div className="pt-2 pb-1">{children}</div>
    </details>
  );
}
