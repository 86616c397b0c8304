import { stat } from 'node:fs/promises';
import { BrowserWindow, dialog, ipcMain, type IpcMainInvokeEvent, shell } from 'electron';
import type { z } from 'zod';
import { type Answer, type EngineEvent, isCallName } from '#core/contract/contract.ts';
import { localPathSchema, openDialogSchema, saveDialogSchema } from '#core/contract/shell.ts';
import { SHELL_CHANNELS } from '#core/contract/shellChannels.ts';
import { isStudioFrame } from './sender.ts';

/** The engine as far as pages reach it. */
export interface CallableEngine {
  callUnchecked(name: string, input: unknown): Promise<Answer>;
  listen(listener: (event: EngineEvent) => void): () => void;
}

export type IpcOptions = {
  engine: CallableEngine;
  restartToUpdate(): void;
  report(error: unknown): void;
};

const PROPERTIES = {
  file: ['openFile'],
  files: ['openFile', 'multiSelections'],
  folder: ['openDirectory', 'createDirectory'],
} as const;

/**
 * Everything a page can ask of this program. Every message is checked for its sender first: only the interface's own
 * page in the main frame of a window is answered. What it sends is taken apart by a schema before it is used.
 */
export function serveIpc({ engine, restartToUpdate, report }: IpcOptions): void {
  const serve = (
    channel: string,
    work: (window: BrowserWindow, argumentList: readonly unknown[]) => unknown,
  ) => {
    ipcMain.handle(channel, (event, ...argumentList: unknown[]) =>
      work(senderWindow(event), argumentList),
    );
  };
  serve(SHELL_CHANNELS.call, (_window, [name, input]) => callEngine(engine, name, input, report));
  serve(SHELL_CHANNELS.chooseToOpen, (window, [request]) => chooseToOpen(window, request));
  serve(SHELL_CHANNELS.chooseToSave, (window, [request]) => chooseToSave(window, request));
  serve(SHELL_CHANNELS.showInFolder, (_window, [path]) => showInFolder(path));
  serve(SHELL_CHANNELS.restartToUpdate, () => {
    restartToUpdate();
  });
}

/** Passes the engine's events on to every window that shows the interface. */
export function broadcastEvents(engine: CallableEngine): () => void {
  return engine.listen((event) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.isDestroyed() || !isStudioFrame(window.webContents.mainFrame)) continue;
      window.webContents.send(SHELL_CHANNELS.event, event);
    }
  });
}

function senderWindow(event: IpcMainInvokeEvent): BrowserWindow {
  const window = BrowserWindow.fromWebContents(event.sender);
  if (window === null || window.isDestroyed() || !isStudioFrame(event.senderFrame)) {
    throw new Error('This page may not ask that.');
  }
  return window;
}

async function callEngine(
  engine: CallableEngine,
  name: unknown,
  input: unknown,
  report: (error: unknown) => void,
): Promise<Answer> {
  if (typeof name !== 'string' || !isCallName(name)) {
    return failure('contract/unknown-call', 'Inkreel does not know that call.');
  }
  try {
    return await engine.callUnchecked(name, input);
  } catch (error) {
    report(error);
    return failure(
      'app/unexpected',
      'Something went wrong inside Inkreel. Your last edits are saved; try again, or restart Inkreel.',
    );
  }
}

async function chooseToOpen(window: BrowserWindow, request: unknown): Promise<string[]> {
  const { title, choose, filters, defaultPath } = understand(openDialogSchema, request);
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    filters,
    properties: [...PROPERTIES[choose]],
    ...(defaultPath === undefined ? {} : { defaultPath }),
  });
  return canceled ? [] : filePaths;
}

async function chooseToSave(window: BrowserWindow, request: unknown): Promise<string | null> {
  const { title, filters, defaultPath } = understand(saveDialogSchema, request);
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    filters,
    properties: ['createDirectory', 'showOverwriteConfirmation'],
    ...(defaultPath === undefined ? {} : { defaultPath }),
  });
  return canceled || filePath === '' ? null : filePath;
}

async function showInFolder(path: unknown): Promise<void> {
  const file = understand(localPathSchema, path);
  await stat(file);
  shell.showItemInFolder(file);
}

/** A page of ours sends what fits; anything else gets no further than here, and learns nothing from the answer. */
function understand<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error('That request does not fit.');
  return parsed.data;
}

function failure(code: string, message: string): Answer {
  return { ok: false, error: { code, message } };
}
