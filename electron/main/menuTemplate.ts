import type { MenuItemConstructorOptions } from 'electron';
import type { ShellCommand } from '#core/contract/shell.ts';

type CommandItem = { command: ShellCommand; label: string; accelerator?: string };
type Entry =
  | CommandItem
  | { role: NonNullable<MenuItemConstructorOptions['role']> }
  | { action: MenuAction; label: string }
  | 'line';
type MenuAction = 'checkForUpdates';
type TopMenu = { label: string; entries: readonly Entry[] };

const FILE: readonly Entry[] = [
  { command: 'project.newFilm', label: 'New film', accelerator: 'CmdOrCtrl+Alt+F' },
  { command: 'project.newBook', label: 'New book', accelerator: 'CmdOrCtrl+Alt+B' },
  { command: 'project.open', label: 'Open project…', accelerator: 'CmdOrCtrl+O' },
  { command: 'project.openSample', label: 'Open sample project' },
  'line',
  { command: 'project.export', label: 'Export…', accelerator: 'CmdOrCtrl+E' },
  { command: 'project.close', label: 'Close project' },
  'line',
];

const EDIT: readonly Entry[] = [
  { command: 'history.undo', label: 'Undo', accelerator: 'CmdOrCtrl+Z' },
  { command: 'history.redo', label: 'Redo', accelerator: 'CmdOrCtrl+Shift+Z' },
  'line',
  { role: 'cut' },
  { role: 'copy' },
  { role: 'paste' },
  { role: 'selectAll' },
];

const VIEW: readonly Entry[] = [
  { command: 'room.home', label: 'Home', accelerator: 'Alt+1' },
  { command: 'room.film', label: 'Film', accelerator: 'Alt+2' },
  { command: 'room.book', label: 'Book', accelerator: 'Alt+3' },
  'line',
  { role: 'togglefullscreen' },
];

const DEVELOPER: readonly Entry[] = ['line', { role: 'reload' }, { role: 'toggleDevTools' }];

const HELP: readonly Entry[] = [{ command: 'app.shortcuts', label: 'Keyboard shortcuts' }];

const UPDATES: readonly Entry[] = [{ action: 'checkForUpdates', label: 'Check for updates' }];

export type MenuSituation = {
  platform: NodeJS.Platform;
  developerTools: boolean;
  canUpdate: boolean;
};

export type MenuActions = Record<MenuAction, () => void> & {
  command(command: ShellCommand): void;
};

/** The menus of the menu bar, as each system expects them. */
export function menuTemplate(
  situation: MenuSituation,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  return topMenus(situation).map(({ label, entries }) => ({
    label,
    submenu: entries.map((entry) => menuItem(entry, actions)),
  }));
}

function topMenus({ platform, developerTools, canUpdate }: MenuSituation): TopMenu[] {
  const isMac = platform === 'darwin';
  const updates = canUpdate ? UPDATES : [];
  const view = developerTools ? [...VIEW, ...DEVELOPER] : VIEW;
  const menus: TopMenu[] = [
    { label: 'File', entries: [...FILE, { role: isMac ? 'close' : 'quit' }] },
    { label: 'Edit', entries: EDIT },
    { label: 'View', entries: view },
    { label: 'Window', entries: isMac ? MAC_WINDOW : [{ role: 'minimize' }, { role: 'close' }] },
  ];
  if (!isMac)
    return [...menus, { label: 'Help', entries: [...HELP, ...updates, { role: 'about' }] }];
  const inkreel = { label: 'Inkreel', entries: [MAC_ABOUT, ...updates, ...MAC_APP] };
  return [inkreel, ...menus, { label: 'Help', entries: HELP }];
}

const MAC_ABOUT: Entry = { role: 'about' };
const MAC_APP: readonly Entry[] = [
  'line',
  { role: 'services' },
  'line',
  { role: 'hide' },
  { role: 'hideOthers' },
  { role: 'unhide' },
  'line',
  { role: 'quit' },
];
const MAC_WINDOW: readonly Entry[] = [{ role: 'minimize' }, { role: 'zoom' }, { role: 'front' }];

function menuItem(entry: Entry, actions: MenuActions): MenuItemConstructorOptions {
  if (entry === 'line') return { type: 'separator' };
  if ('role' in entry) return { role: entry.role };
  if ('action' in entry)
    return { id: entry.action, label: entry.label, click: actions[entry.action] };
  const { command, label, accelerator } = entry;
  return {
    id: command,
    label,
    // The interface listens to these keys itself and knows when text is being typed; the menu only shows them.
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
    click: () => {
      actions.command(command);
    },
  };
}
