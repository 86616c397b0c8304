import {
  Copy,
  Eye,
  EyeOff,
  Link2,
  Link2Off,
  type LucideIcon,
  Scissors,
  SquareSplitHorizontal,
  Trash2,
} from 'lucide-react';
import type { ReactElement } from 'react';
import { commandById, runCommand } from '../../app/commands.ts';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import type { MenuItem } from '../../ui/menuItems.ts';
import { isOff } from '../commands/arrangeCommands.ts';
import { useFilm, useFilmState } from '../filmSession.ts';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'timeline.split': Scissors,
  'timeline.splitAll': SquareSplitHorizontal,
  'timeline.duplicate': Copy,
  'timeline.link': Link2,
  'timeline.unlink': Link2Off,
  'timeline.delete': Trash2,
  'timeline.rippleDelete': Trash2,
};

/** Groups of commands in the order of the menu. */
const GROUPS: readonly (readonly string[])[] = [
  ['timeline.split', 'timeline.splitAll', 'timeline.duplicate'],
  ['timeline.link', 'timeline.unlink', 'timeline.detachAudio', 'timeline.disable'],
  ['timeline.group', 'timeline.ungroup', 'timeline.nest', 'timeline.unnest'],
  ['timeline.freeze'],
  ['timeline.closeGap', 'timeline.dissolve'],
  ['timeline.delete', 'timeline.rippleDelete'],
];

/** What can be done with what is chosen on the timeline, where the pointer is. */
export function ClipMenu({ children }: { children: ReactElement }) {
  const session = useFilm();
  // Which commands can be done depends on what is chosen.
  useFilmState((state) => state.selection);
  const groups = GROUPS.map((ids) => ids.flatMap((id) => menuItem(id, isOff(session)) ?? []));
  const items = groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ kind: 'line' as const }, ...group]));
  return <ContextMenu items={items}>{children}</ContextMenu>;
}

/** A command as a row of the menu; none for what has no meaning for this choice. */
function menuItem(id: string, isSwitchedOff: boolean): MenuItem | null {
  const command = commandById(id);
  if (command === undefined || command.when?.() === false) return null;
  const isSwitch = id === 'timeline.disable';
  const icon = isSwitch ? (isSwitchedOff ? Eye : EyeOff) : ICONS[id];
  return {
    label: isSwitch && isSwitchedOff ? 'Switch on' : command.label,
    keys: command.keys[0],
    ...(icon !== undefined && { icon }),
    danger: id === 'timeline.delete' || id === 'timeline.rippleDelete',
    run: () => void runCommand(id),
  };
}
