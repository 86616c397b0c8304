/*
 * What `import … from 'electron'` gives the built main process under the stand-in. Only what the desktop shell uses is
 * here: a missing export fails when the program is loaded, a missing method when it is called.
 */
export { app } from './app.ts';
export { StandinWindow as BrowserWindow } from './browserWindow.ts';
export { dialog, Menu, nativeTheme, screen, shell } from './desktop.ts';
export { ipcMain } from './ipc.ts';
export { protocol, session } from './session.ts';
