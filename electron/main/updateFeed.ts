import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { UpdateFeed } from './updater.ts';

/** Whether this copy was built with an address to look for updates at. */
export function hasUpdateFeed(resourcesPath: string): boolean {
  return existsSync(join(resourcesPath, 'app-update.yml'));
}

/** The feed that this copy was built with: a plain folder of files on a server, checked by hash and signature. */
export async function openUpdateFeed(): Promise<UpdateFeed> {
  // Loaded only here, because most starts do without it.
  const { default: electronUpdater } = await import('electron-updater');
  const { autoUpdater } = electronUpdater;
  autoUpdater.autoDownload = true;
  // Without this an update would be installed when the program ends, which nobody agreed to.
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.logger = null;
  return {
    check: async () => {
      await autoUpdater.checkForUpdates();
    },
    installAndRestart: () => {
      autoUpdater.quitAndInstall(false, true);
    },
    listen: (listener) => {
      autoUpdater.on('checking-for-update', () => {
        listener({ type: 'checking' });
      });
      autoUpdater.on('update-not-available', () => {
        listener({ type: 'none' });
      });
      autoUpdater.on('update-available', ({ version }) => {
        listener({ type: 'found', version });
      });
      autoUpdater.on('download-progress', ({ percent }) => {
        listener({ type: 'fetching', progress: percent / 100 });
      });
      autoUpdater.on('update-downloaded', ({ version }) => {
        listener({ type: 'ready', version });
      });
      autoUpdater.on('error', (error) => {
        listener({ type: 'failed', error });
      });
    },
  };
}
