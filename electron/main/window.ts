import { BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { ShellEvent } from '#core/contract/shell.ts';
import { SHELL_CHANNELS } from '#core/contract/shellChannels.ts';
import { closingQuestion } from './exportWatch.ts';
import { STUDIO_PAGE } from './studioAddress.ts';
import { MIN_HEIGHT, MIN_WIDTH, placeWindow } from './windowState.ts';
import { readWindowState, writeWindowState } from './windowStateFile.ts';

/** The interface's own background, so that nothing flashes before its first picture. */
const BACKGROUND = { dark: '#0d1015', light: '#e3e4e6' };

export type StudioWindowOptions = {
  preloadFile: string;
  stateFile: string;
  developerTools: boolean;
  closing: {
    /** How many exports would be stopped if the window closed now. */
    exportsToStop(): number;
    /** Nobody minds that they are stopped: does again what was stopped by asking. */
    closeAgain(window: BrowserWindow): void;
    /** The person would rather wait for them. */
    stayOpen(): void;
  };
  report(error: unknown): void;
};

const loaded = new WeakSet<BrowserWindow>();

/** Opens a window with the interface, where the last one was. */
export function openStudioWindow(options: StudioWindowOptions): BrowserWindow {
  const place = placeWindow(readWindowState(options.stateFile), workAreas());
  const { x, y, width, height } = place;
  const window = new BrowserWindow({
    x,
    y,
    width,
    height,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Inkreel',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preloadFile,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: true,
      devTools: options.developerTools,
    },
  });
  if (place.maximised) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  let mayClose = false;
  window.on('close', (event) => {
    rememberPlace(window, options);
    const count = options.closing.exportsToStop();
    if (mayClose || count === 0) return;
    event.preventDefault();
    dialog
      .showMessageBox(window, closingQuestion(count))
      .then(({ response }) => {
        if (window.isDestroyed()) return;
        mayClose = response === 1;
        if (mayClose) options.closing.closeAgain(window);
        else options.closing.stayOpen();
      })
      .catch(options.report);
  });
  window.webContents.on('did-finish-load', () => {
    loaded.add(window);
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    loaded.delete(window);
    if (reason === 'clean-exit') return;
    options.report(new Error(`The interface stopped: ${reason}.`));
    // Every edit is in the project file already, so the interface can simply begin again.
    if (reason !== 'launch-failed' && reason !== 'integrity-failure') window.webContents.reload();
  });
  window.loadURL(STUDIO_PAGE).catch(options.report);
  return window;
}

/** Brings a window to the front, wherever it was. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Tells the interface in a window something, as soon as it is there to hear it. */
export function tellWindow(window: BrowserWindow, event: ShellEvent): void {
  const send = () => {
    window.webContents.send(SHELL_CHANNELS.shellEvent, event);
  };
  if (loaded.has(window)) send();
  else window.webContents.once('did-finish-load', send);
}

function rememberPlace(window: BrowserWindow, options: StudioWindowOptions): void {
  try {
    writeWindowState(options.stateFile, {
      ...window.getNormalBounds(),
      maximised: window.isMaximized(),
    });
  } catch (error) {
    options.report(error);
  }
}

function workAreas() {
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return [main, ...others].map((display) => display.workArea);
}
