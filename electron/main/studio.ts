import { app, BrowserWindow, session } from 'electron';
import { createEngine } from '#engine/engine.ts';
import { createStudioResponder } from '#engine/host/respond.ts';
import { ExportWatch } from './exportWatch.ts';
import type { StudioFolders } from './folders.ts';
import { broadcastEvents, serveIpc } from './ipc.ts';
import { installMenu } from './menu.ts';
import { serveStudio } from './protocol.ts';
import { guardSession } from './security.ts';
import { hasUpdateFeed, openUpdateFeed } from './updateFeed.ts';
import { createUpdater, type Updater } from './updater.ts';
import type { ProjectRequests } from './watchForProjects.ts';
import { openStudioWindow, showWindow, tellWindow } from './window.ts';

const UPDATE_INTERVAL_MS = 6 * 60 * 60 * 1000;

export type StudioOptions = {
  folders: StudioFolders;
  projects: ProjectRequests;
  report(error: unknown): void;
};

/** Starts the engine, shows the interface and keeps both together until the program ends. */
export async function startStudio({ folders, projects, report }: StudioOptions): Promise<void> {
  await app.whenReady();
  const engine = await createEngine({
    ...folders,
    appVersion: app.getVersion(),
    keepsExports: true,
  });
  endTogether(() => engine.close(), report);
  const exports = new ExportWatch();
  engine.listen((event) => exports.receive(event));
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  const own = session.defaultSession;
  guardSession(own);
  serveStudio(own, createStudioResponder({ engine, rendererDir: folders.rendererDir }), report);
  const updater = await startUpdater(report);
  serveIpc({
    engine,
    restartToUpdate: () => {
      updater.restartToUpdate();
    },
    report,
  });
  broadcastEvents(engine);
  installMenu(
    { platform: process.platform, developerTools: !app.isPackaged, canUpdate: canUpdate() },
    () => void updater.check(),
  );
  const window = () => {
    const present = BrowserWindow.getAllWindows()[0];
    if (present) return present;
    const opened = openStudioWindow({
      preloadFile: folders.preloadFile,
      stateFile: folders.windowStateFile,
      developerTools: !app.isPackaged,
      closing: {
        // On a Mac the program goes on without its window.
        exportsToStop: () => (process.platform === 'darwin' && !isQuitting ? 0 : exports.count),
        closeAgain: (closed) => {
          if (isQuitting) app.quit();
          else closed.close();
        },
        stayOpen: () => {
          isQuitting = false;
        },
      },
      report,
    });
    tellWindow(opened, updater.state());
    return opened;
  };
  window();
  app.on('activate', () => {
    showWindow(window());
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  projects.take((path) => {
    const shown = window();
    showWindow(shown);
    if (path !== null) tellWindow(shown, { type: 'shell.projectOpened', path });
  });
}

/** The program ends only after the engine has: its projects are closed and its work is stopped. */
function endTogether(closeEngine: () => Promise<void>, report: (error: unknown) => void): void {
  let ending: 'no' | 'closing' | 'closed' = 'no';
  app.on('will-quit', (event) => {
    if (ending === 'closed') return;
    event.preventDefault();
    if (ending === 'closing') return;
    ending = 'closing';
    closeEngine()
      .catch(report)
      .finally(() => {
        ending = 'closed';
        app.quit();
      });
  });
}

function canUpdate(): boolean {
  return app.isPackaged && hasUpdateFeed(process.resourcesPath);
}

async function startUpdater(report: (error: unknown) => void): Promise<Updater> {
  const updater = createUpdater({
    feed: canUpdate() ? await openUpdateFeed() : null,
    reason: app.isPackaged
      ? 'This copy was built without an address for updates.'
      : 'Only an installed copy updates itself.',
    tell: (state) => {
      for (const window of BrowserWindow.getAllWindows()) tellWindow(window, state);
    },
    report,
  });
  void updater.check();
  setInterval(() => void updater.check(), UPDATE_INTERVAL_MS).unref();
  return updater;
}
