import { app } from './app.ts';
import { StandinWindow } from './browserWindow.ts';
import { desktop } from './desktop.ts';
import { StoppableEvent } from './events.ts';
import { useChromium } from './program.ts';
import { answerRequest, escaped } from './requests.ts';

/** A window as a test sees it from outside. */
export type WindowFacts = {
  bounds: { x: number; y: number; width: number; height: number };
  isMaximised: boolean;
  isVisible: boolean;
  isFocused: boolean;
  isMinimised: boolean;
  address: string;
};

/** What a test can do to the program from outside: play the desktop and the person at it. */
export const controls = {
  endpoint: async () => (await useChromium(app.getPath('userData'), answerRequest)).endpoint,
  windows: (): WindowFacts[] =>
    StandinWindow.getAllWindows().map((window) => ({
      bounds: window.getBounds(),
      isMaximised: window.isMaximized(),
      isVisible: window.isVisible(),
      isFocused: window.isFocused(),
      isMinimised: window.isMinimized(),
      address: window.webContents.getURL(),
    })),
  setBounds: (bounds: WindowFacts['bounds']) => {
    firstWindow().setBounds(bounds);
  },
  setMaximised: (isMaximised: boolean) => {
    if (isMaximised) firstWindow().maximize();
    else firstWindow().unmaximize();
  },
  minimise: () => {
    firstWindow().minimize();
  },
  loadAddress: async (address: string) => {
    await firstWindow().webContents.load(address);
  },
  invokeRaw: (frame: 'main' | 'child', channel: string, list: unknown[]) =>
    firstWindow().webContents.invokeRaw(frame, channel, list),
  knowFile: (file: { name: string; sizeBytes: number; path: string }) =>
    firstWindow().webContents.knowFile(file),
  answerDialog: (paths: string[] | null) => {
    desktop.choices.push(paths);
  },
  dialogs: () => desktop.dialogs,
  openedAddresses: () => desktop.openedAddresses,
  shownFiles: () => desktop.shownFiles,
  escapedRequests: () => escaped,
  clickMenu: (labels: string[]) => {
    desktop.menu?.click(labels);
  },
  openFile: (path: string) => {
    app.emit('open-file', new StoppableEvent(), path);
  },
  openUrl: (url: string) => {
    app.emit('open-url', new StoppableEvent(), url);
  },
  quit: () => {
    app.quit();
  },
};

export type Controls = typeof controls;
export type ControlRequest = { id: number; name: keyof Controls; list: unknown[] };
export type ControlReply = { id: number; ok: boolean; value: unknown };

/** Answers the test that started this program, and ends with it. */
export function serveControls(): void {
  process.once('disconnect', () => {
    app.exit(1);
  });
  process.on('message', (request: ControlRequest) => {
    const control = controls[request.name] as (...list: unknown[]) => unknown;
    const answer = async () => control(...request.list);
    answer().then(
      (value) => process.send?.({ id: request.id, ok: true, value } satisfies ControlReply),
      (error: unknown) =>
        process.send?.({ id: request.id, ok: false, value: String(error) } satisfies ControlReply),
    );
  });
}

function firstWindow(): StandinWindow {
  const [window] = StandinWindow.getAllWindows();
  if (window === undefined) throw new Error('There is no window.');
  return window;
}
