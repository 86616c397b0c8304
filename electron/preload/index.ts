import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Answer, EngineEvent } from '#core/contract/contract.ts';
import type { ShellBridge, ShellEvent } from '#core/contract/shell.ts';
import { SHELL_CHANNELS } from '#core/contract/shellChannels.ts';
import { createHub } from './hub.ts';

const engineEvents = createHub<EngineEvent>({ keep: false });
// A project opened from outside may be told before the interface has begun to listen.
const shellEvents = createHub<ShellEvent>({ keep: true });

ipcRenderer.on(SHELL_CHANNELS.event, (_event, message: EngineEvent) => {
  engineEvents.tell(message);
});
ipcRenderer.on(SHELL_CHANNELS.shellEvent, (_event, message: ShellEvent) => {
  shellEvents.tell(message);
});

const bridge: ShellBridge = {
  platform: platform(),
  call: (name, input) => ipcRenderer.invoke(SHELL_CHANNELS.call, name, input) as Promise<Answer>,
  listen: (listener) => engineEvents.listen(listener),
  listenToShell: (listener) => shellEvents.listen(listener),
  chooseToOpen: (dialog) =>
    ipcRenderer.invoke(SHELL_CHANNELS.chooseToOpen, dialog) as Promise<string[]>,
  chooseToSave: (dialog) =>
    ipcRenderer.invoke(SHELL_CHANNELS.chooseToSave, dialog) as Promise<string | null>,
  pathOfFile: (file) => pathOfFile(file),
  showInFolder: async (path) => {
    await ipcRenderer.invoke(SHELL_CHANNELS.showInFolder, path);
  },
  restartToUpdate: async () => {
    await ipcRenderer.invoke(SHELL_CHANNELS.restartToUpdate);
  },
};

contextBridge.exposeInMainWorld('inkreel', bridge);

function platform(): ShellBridge['platform'] {
  return process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux';
}

function pathOfFile(file: object): string | null {
  if (!(file instanceof File)) return null;
  const path = webUtils.getPathForFile(file);
  return path === '' ? null : path;
}
