import { BrowserWindow, Menu } from 'electron';
import { type MenuSituation, menuTemplate } from './menuTemplate.ts';
import { tellWindow } from './window.ts';

/** Puts up the menu bar. Its commands go to the window in front. */
export function installMenu(situation: MenuSituation, checkForUpdates: () => void): void {
  const template = menuTemplate(situation, {
    checkForUpdates,
    command: (command) => {
      const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
      if (window) tellWindow(window, { type: 'shell.commandChosen', command });
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
