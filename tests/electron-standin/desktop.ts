import type * as Electron from 'electron';
import type { StandinWindow } from './browserWindow.ts';

/** What the program asked of the desktop, and what the test has the person at it answer. */
export const desktop = {
  /** Paths chosen in the next dialogs, in order; null cancels. */
  choices: [] as (string[] | null)[],
  dialogs: [] as { kind: 'open' | 'save' | 'message'; options: object }[],
  /** Numbers of the buttons pressed in the next messages, in order; without one it is the one that cancels. */
  presses: [] as number[],
  openedAddresses: [] as string[],
  shownFiles: [] as string[],
  menu: null as Menu | null,
};

/** Dialogs that are answered at once; cancelled when the test has prepared no choice. */
export const dialog = {
  showOpenDialog: (_window: StandinWindow, options: Electron.OpenDialogOptions) => {
    desktop.dialogs.push({ kind: 'open', options });
    const chosen = desktop.choices.shift() ?? null;
    return Promise.resolve({ canceled: chosen === null, filePaths: chosen ?? [] });
  },
  showSaveDialog: (_window: StandinWindow, options: Electron.SaveDialogOptions) => {
    desktop.dialogs.push({ kind: 'save', options });
    const chosen = desktop.choices.shift()?.[0];
    return Promise.resolve({ canceled: chosen === undefined, filePath: chosen ?? '' });
  },
  showMessageBox: (_window: StandinWindow, options: Electron.MessageBoxOptions) => {
    desktop.dialogs.push({ kind: 'message', options });
    return Promise.resolve({ response: desktop.presses.shift() ?? options.cancelId ?? 0 });
  },
};

export const shell = {
  openExternal: (address: string) => {
    desktop.openedAddresses.push(address);
    return Promise.resolve();
  },
  showItemInFolder: (path: string) => {
    desktop.shownFiles.push(path);
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;

export const nativeTheme = {
  // As headless Chromium's pages see it.
  shouldUseDarkColors: false,
} satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>;

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };

export const screen = {
  getPrimaryDisplay: () => DISPLAY,
  getAllDisplays: () => [DISPLAY],
} satisfies Record<
  keyof Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays'>,
  () => Pick<Electron.Display, 'id' | 'workArea'> | Pick<Electron.Display, 'id' | 'workArea'>[]
>;

/** A menu as data that a test can look at and click. */
export class Menu {
  readonly items: readonly Electron.MenuItemConstructorOptions[];

  constructor(items: readonly Electron.MenuItemConstructorOptions[]) {
    this.items = items;
  }

  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    desktop.menu = menu;
  }

  /** Clicks the item with these labels on the way to it. */
  click(labels: readonly string[]): void {
    let items = this.items;
    let item: Electron.MenuItemConstructorOptions | undefined;
    for (const label of labels) {
      item = items.find((candidate) => candidate.label === label);
      if (item === undefined) throw new Error(`The menu has no “${labels.join(' › ')}”.`);
      items = Array.isArray(item.submenu) ? item.submenu : [];
    }
    const click = item?.click as (() => void) | undefined;
    if (click === undefined) throw new Error(`“${labels.join(' › ')}” does nothing.`);
    click();
  }
}
