import { create } from 'zustand';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/Kbd.tsx';
import { type Command, useCommandList } from './commands.ts';

/** Whether the list of shortcuts is open. */
export const useShortcutsDialog = create<{ open: boolean }>(() => ({ open: false }));

const GROUPS: readonly Command['group'][] = [
  'General',
  'Project',
  'Film',
  'Timeline',
  'Tools',
  'Range',
  'Markers',
  'Playback',
  'Book',
];

/** Every shortcut that works now, by group. */
export function ShortcutsDialog() {
  const open = useShortcutsDialog((state) => state.open);
  const commands = useCommandList().filter((command) => command.keys.length > 0);
  const groups = GROUPS.map((group) => ({
    group,
    rows: commands.filter((command) => command.group === group),
  })).filter(({ rows }) => rows.length > 0);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => useShortcutsDialog.setState({ open: next })}
      title="Keyboard shortcuts"
      size="large"
    >
      <div className="columns-1 gap-8 md:columns-2">
        {groups.map(({ group, rows }) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-xs font-semibold text-faint">{group}</h3>
            <dl>
              {rows.map((command) => (
                <div key={command.id} className="flex min-h-7 items-center justify-between gap-4">
                  <dt>{command.label}</dt>
                  <dd className="flex flex-none gap-2">
                    {command.keys.slice(0, 2).map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
