import { History as HistoryIcon } from 'lucide-react';
import { Popover } from '../ui/Popover.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import { Icon } from '../ui/Icon.tsx';
import { HistoryPanel } from './HistoryPanel.tsx';
import { useHistoryPanel } from './historyPanelState.ts';

/** Opens the history of the project. */
export function HistoryButton() {
  const isOpen = useHistoryPanel((panel) => panel.isOpen);
  return (
    <Popover
      label="History and versions"
      align="start"
      open={isOpen}
      onOpenChange={(next) => useHistoryPanel.setState({ isOpen: next })}
      content={<HistoryPanel />}
    >
      <HistoryTrigger />
    </Popover>
  );
}

/** A button of its own, since a tooltip and a popover both need to hold on to it. */
function HistoryTrigger(props: React.ComponentProps<'button'>) {
  return (
    <Tooltip text="History and versions" keys="Mod+Alt+H">
      <button
        type="button"
        aria-label="History and versions"
        {...props}
        className="inline-flex size-8 flex-none items-center justify-center rounded-md text-muted transition-colors duration-120 hover:bg-hover hover:text-strong data-[state=open]:bg-pressed data-[state=open]:text-strong"
      >
        <Icon icon={HistoryIcon} />
      </button>
    </Tooltip>
  );
}
