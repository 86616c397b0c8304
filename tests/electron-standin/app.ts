import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { StandinWindow } from './browserWindow.ts';
import { StoppableEvent } from './events.ts';
import { closeChromium, program, useChromium } from './program.ts';
import { answerRequest } from './requests.ts';
import { lockInstance } from './singleInstance.ts';
import type { StandinWebContents } from './webContents.ts';

type PathName = 'home' | 'appData' | 'userData' | 'temp' | 'documents' | 'videos';
type Events = {
  ready: [];
  activate: [event: StoppableEvent];
  'second-instance': [event: StoppableEvent, argumentList: string[], workingFolder: string];
  'open-file': [event: StoppableEvent, path: string];
  'open-url': [event: StoppableEvent, url: string];
  'web-contents-created': [event: StoppableEvent, contents: StandinWebContents];
  'window-all-closed': [];
  'before-quit': [event: StoppableEvent];
  'will-quit': [event: StoppableEvent];
  quit: [event: StoppableEvent, exitCode: number];
};

const folder = process.cwd();

class StandinApp
  extends EventEmitter<Events>
  implements
    Pick<
      Electron.App,
      | 'isPackaged'
      | 'whenReady'
      | 'getAppPath'
      | 'getVersion'
      | 'quit'
      | 'exit'
      | 'enableSandbox'
      | 'setAppUserModelId'
      | 'requestSingleInstanceLock'
    >
{
  readonly isPackaged = false;
  readonly #paths: Record<PathName, string> = {
    home: homedir(),
    appData: join(homedir(), '.config'),
    userData: join(homedir(), '.config', 'inkreel'),
    temp: tmpdir(),
    documents: join(homedir(), 'Documents'),
    videos: join(homedir(), 'Videos'),
  };
  #told: Promise<void> = Promise.resolve();
  #isQuitting = false;

  constructor() {
    super();
    program.on('web-contents-created', (event, contents) => {
      this.emit('web-contents-created', event, contents);
    });
    program.on('all-closed', () => {
      if (this.#isQuitting) return;
      // Electron quits by itself when nobody listens.
      if (!this.emit('window-all-closed')) this.quit();
    });
  }

  async whenReady(): Promise<void> {
    await useChromium(this.getPath('userData'), answerRequest);
    this.emit('ready');
  }

  getPath(name: PathName): string {
    return this.#paths[name];
  }

  setPath(name: PathName, path: string): void {
    this.#paths[name] = path;
  }

  getAppPath(): string {
    return folder;
  }

  getVersion(): string {
    const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      version: string;
    };
    return facts.version;
  }

  requestSingleInstanceLock(): boolean {
    const { isFirst, told } = lockInstance(
      this.getPath('userData'),
      { argumentList: process.argv, workingFolder: process.cwd() },
      ({ argumentList, workingFolder }) => {
        this.emit('second-instance', new StoppableEvent(), argumentList, workingFolder);
      },
    );
    this.#told = told;
    return isFirst;
  }

  enableSandbox(): void {
    // Whether the sandbox holds is Chromium's affair; the stand-in never gives a page anything of Node.
  }

  setAppUserModelId(): void {
    // A matter of the taskbar of Windows.
  }

  quit(): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    if (this.#isStopped('before-quit')) return;
    for (const window of StandinWindow.getAllWindows()) window.close();
    if (StandinWindow.getAllWindows().length > 0) this.#isQuitting = false;
    else if (!this.#isStopped('will-quit')) this.exit(0);
  }

  exit(exitCode = 0): void {
    this.emit('quit', new StoppableEvent(), exitCode);
    void Promise.allSettled([this.#told, closeChromium()]).then(() => process.exit(exitCode));
  }

  #isStopped(name: 'before-quit' | 'will-quit'): boolean {
    const event = new StoppableEvent();
    this.emit(name, event);
    if (event.defaultPrevented) this.#isQuitting = false;
    return event.defaultPrevented;
  }
}

export const app = new StandinApp();
