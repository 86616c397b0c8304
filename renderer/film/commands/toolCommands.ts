import type { Command } from '../../app/commands.ts';
import { announce, type FilmSession, type Tool } from '../filmSession.ts';

const TOOLS: readonly { tool: Tool; label: string; key: string }[] = [
  { tool: 'select', label: 'Select, move and trim', key: 'V' },
  { tool: 'ripple', label: 'Ripple trim', key: 'R' },
  { tool: 'roll', label: 'Roll an edit point', key: 'E' },
  { tool: 'slip', label: 'Slip', key: 'Y' },
  { tool: 'slide', label: 'Slide', key: 'U' },
  { tool: 'razor', label: 'Razor', key: 'Shift+B' },
];

/** Choosing what the pointer does on the timeline. */
export function toolCommands(session: FilmSession): Command[] {
  return TOOLS.map(({ tool, label, key }) => ({
    id: `tool.${tool}`,
    label,
    group: 'Tools',
    keys: [key],
    run: () => {
      session.state.setState({ tool });
      announce(session, `Tool: ${label}`);
    },
  }));
}
