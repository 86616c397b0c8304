import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../ui/IconButton.tsx';
import { useDesk } from './useDesk.ts';

/** Title of a panel, what can be done with all of it, and the way to close it. */
export function PanelHead({ title, children }: { title: string; children?: ReactNode }) {
  const desk = useDesk();
  return (
    <header className="flex h-11 flex-none items-center gap-1 pr-2 pl-4">
      <h2 className="grow text-sm font-semibold">{title}</h2>
      {children}
      <IconButton
        icon={X}
        label={`Close ${title.toLowerCase()}`}
        size="small"
        onClick={() => {
          const { panel } = desk.state.getState();
          if (panel !== null) desk.togglePanel(panel);
        }}
      />
    </header>
  );
}
