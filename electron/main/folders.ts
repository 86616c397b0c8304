import { join } from 'node:path';
import { app } from 'electron';
import { engineFolders } from '#engine/folders.ts';

export type StudioFolders = ReturnType<typeof engineFolders> & {
  logsDir: string;
  /** The built interface. */
  rendererDir: string;
  preloadFile: string;
  windowStateFile: string;
};

/**
 * Where everything is. The engine's folders are those of the command line, so both know the same projects; what
 * Chromium keeps lies in the folder `desktop` among them, and so does the single-instance lock. Before that lock.
 */
export function chooseFolders(env: NodeJS.ProcessEnv): StudioFolders {
  const shipped = app.isPackaged ? process.resourcesPath : app.getAppPath();
  const folders = engineFolders(app.getPath('home'), {
    INKREEL_RESOURCES: join(shipped, 'resources'),
    ...env,
  });
  const desktop = join(folders.dataDir, 'desktop');
  app.setPath('userData', desktop);
  // The built program is in out/main.
  const built = join(import.meta.dirname, '..');
  return {
    ...folders,
    logsDir: join(desktop, 'logs'),
    rendererDir: join(built, 'renderer'),
    preloadFile: join(built, 'preload', 'index.cjs'),
    windowStateFile: join(desktop, 'window.json'),
  };
}
