import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright';
import { type Studio, type StudioDriver, type StudioStart, studioEnvironment } from './driver.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const electronFolder = join(checkout, 'node_modules', 'electron');

/** The built program under Electron itself. */
export const electronDriver: StudioDriver = {
  name: 'Electron',
  obstacle: () => Promise.resolve(obstacle()),
  start,
};

/** What the tests put into the main process to play the desktop. */
type Played = {
  choices: (string[] | null)[];
  dialogs: { kind: 'open' | 'save'; options: object }[];
  openedAddresses: string[];
  shownFiles: string[];
  sent: string[];
};

function obstacle(): string | null {
  if (electronProgram() === null) return 'Electron’s program is not on this computer';
  if (!existsSync(join(checkout, 'out', 'main', 'index.js'))) return 'the program is not built';
  const hasScreen =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return hasScreen ? null : 'there is no screen';
}

function electronProgram(): string | null {
  const pathFile = join(electronFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const program = join(electronFolder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(program) ? program : null;
}

async function start(options: StudioStart): Promise<Studio> {
  const executablePath = electronProgram();
  if (executablePath === null) throw new Error('Electron’s program is not on this computer.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const launch = [...sandbox, checkout, ...(options.argumentList ?? [])];
  const environment = studioEnvironment(options.folder);
  const app = await _electron.launch({
    executablePath,
    args: launch,
    env: Object.fromEntries(
      Object.entries(environment).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  });
  await playDesktop(app);
  let printed = '';
  app.process().stderr?.on('data', (part: Buffer) => {
    printed += part.toString();
  });
  const played = <K extends keyof Played>(key: K) =>
    app.evaluate((_electronModule, name) => {
      const { inkreelPlayed } = globalThis as unknown as { inkreelPlayed: Played };
      return inkreelPlayed[name];
    }, key) as Promise<Played[K]>;
  const studio: Studio = {
    page: () => app.firstWindow(),
    windows: () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => ({
          bounds: window.getBounds(),
          isMaximised: window.isMaximized(),
          isVisible: window.isVisible(),
          isFocused: window.isFocused(),
          isMinimised: window.isMinimized(),
          address: window.webContents.getURL(),
        })),
      ),
    setBounds: (bounds) =>
      app.evaluate(
        ({ BrowserWindow }, box) => BrowserWindow.getAllWindows()[0]?.setBounds(box),
        bounds,
      ),
    setMaximised: (isMaximised) =>
      app.evaluate(({ BrowserWindow }, isOn) => {
        const [window] = BrowserWindow.getAllWindows();
        if (isOn) window?.maximize();
        else window?.unmaximize();
      }, isMaximised),
    minimise: () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize()),
    loadAddress: (address) =>
      app.evaluate(async ({ BrowserWindow }, url) => {
        await BrowserWindow.getAllWindows()[0]?.loadURL(url);
      }, address),
    invokeRaw: (frame, channel, list) => invokeAsFrame(app, frame, channel, list),
    giveFile: async (selector, path) => (await app.firstWindow()).setInputFiles(selector, path),
    answerDialog: (paths) =>
      app.evaluate((_electronModule, chosen) => {
        const { inkreelPlayed } = globalThis as unknown as { inkreelPlayed: Played };
        inkreelPlayed.choices.push(chosen);
      }, paths),
    dialogs: () => played('dialogs'),
    openedAddresses: () => played('openedAddresses'),
    shownFiles: () => played('shownFiles'),
    escapedRequests: () => played('sent'),
    clickMenu: (labels) =>
      app.evaluate(({ Menu }, path) => {
        let items = Menu.getApplicationMenu()?.items ?? [];
        for (const label of path.slice(0, -1)) {
          items = items.find((item) => item.label === label)?.submenu?.items ?? [];
        }
        items.find((item) => item.label === path.at(-1))?.click();
      }, labels),
    openFile: (path) =>
      app.evaluate(({ app: program }, file) => {
        program.emit('open-file', { preventDefault: () => undefined }, file);
      }, path),
    openUrl: (url) =>
      app.evaluate(({ app: program }, link) => {
        program.emit('open-url', { preventDefault: () => undefined }, link);
      }, url),
    startAgain: (argumentList) =>
      exitCodeOf(
        spawn(executablePath, [...sandbox, checkout, ...argumentList], {
          env: environment,
          stdio: 'ignore',
        }),
      ),
    quit: async () => {
      const child = app.process();
      await app.close();
      return exitCodeOf(child);
    },
    errors: () => printed,
  };
  return studio;
}

/** Answers dialogs and notes what would have left the program. */
async function playDesktop(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ dialog, shell, session }) => {
    const playedHere: Played = {
      choices: [],
      dialogs: [],
      openedAddresses: [],
      shownFiles: [],
      sent: [],
    };
    Object.assign(globalThis, { inkreelPlayed: playedHere });
    Object.assign(dialog, {
      showOpenDialog: (_window: unknown, options: object) => {
        playedHere.dialogs.push({ kind: 'open', options });
        const chosen = playedHere.choices.shift() ?? null;
        return Promise.resolve({ canceled: chosen === null, filePaths: chosen ?? [] });
      },
      showSaveDialog: (_window: unknown, options: object) => {
        playedHere.dialogs.push({ kind: 'save', options });
        const chosen = playedHere.choices.shift()?.[0];
        return Promise.resolve({ canceled: chosen === undefined, filePath: chosen ?? '' });
      },
    });
    Object.assign(shell, {
      openExternal: (address: string) => {
        playedHere.openedAddresses.push(address);
        return Promise.resolve();
      },
      showItemInFolder: (path: string) => {
        playedHere.shownFiles.push(path);
      },
    });
    session.defaultSession.webRequest.onSendHeaders(({ url }) => {
      if (/^(https?|wss?|file):/.test(url)) playedHere.sent.push(url);
    });
  });
}

/**
 * Electron gives a test no way to be a page whose sandbox has fallen, so the handler is called with the facts of the
 * frame, as Electron would call it. The table of handlers is Electron's own and not part of its documented API.
 */
function invokeAsFrame(
  app: ElectronApplication,
  frame: 'main' | 'child',
  channel: string,
  list: unknown[],
): Promise<unknown> {
  return app.evaluate(
    async ({ BrowserWindow, ipcMain }, asked) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents;
      const main = sender?.mainFrame;
      const senderFrame = asked.frame === 'main' ? main : main?.frames[0];
      const { _invokeHandlers: handlers } = ipcMain as unknown as {
        _invokeHandlers: Map<string, (event: object, ...list: unknown[]) => unknown>;
      };
      const handler = handlers.get(asked.channel);
      if (handler === undefined) throw new Error(`No handler registered for '${asked.channel}'`);
      return handler({ type: 'frame', sender, senderFrame }, ...asked.list);
    },
    { frame, channel, list },
  );
}

async function exitCodeOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  await once(child, 'exit');
  return child.exitCode;
}
