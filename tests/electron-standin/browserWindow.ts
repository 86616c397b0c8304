import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { StoppableEvent } from './events.ts';
import { handleMessage } from './ipc.ts';
import { blankPage, program } from './program.ts';
import { defaultSession } from './session.ts';
import { StandinWebContents } from './webContents.ts';

type Events = {
  'ready-to-show': [];
  show: [];
  focus: [];
  close: [event: StoppableEvent];
  closed: [];
};
type Bounds = Electron.Rectangle;

const FILLED: Bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const windows: StandinWindow[] = [];
let focused: StandinWindow | null = null;

/** A window: facts about where it would be, and a page of Chromium for what is in it. */
export class StandinWindow
  extends EventEmitter<Events>
  implements
    Pick<
      Electron.BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'isVisible'
      | 'isFocused'
      | 'minimize'
      | 'restore'
      | 'isMinimized'
      | 'maximize'
      | 'unmaximize'
      | 'isMaximized'
      | 'getBounds'
      | 'getNormalBounds'
      | 'setBounds'
      | 'isDestroyed'
      | 'close'
    >
{
  readonly webContents: StandinWebContents;
  readonly options: Electron.BrowserWindowConstructorOptions;
  #bounds: Bounds;
  #state: 'normal' | 'minimised' | 'maximised' = 'normal';
  #isVisible: boolean;
  #isDestroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    const { x = 0, y = 0, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    this.#isVisible = options.show ?? true;
    this.webContents = new StandinWebContents(
      blankPage(),
      options.webPreferences?.preload,
      handleMessage,
    );
    this.webContents.once('dom-ready', () => this.emit('ready-to-show'));
    windows.push(this);
    program.emit('web-contents-created', new StoppableEvent(), this.webContents);
  }

  static getAllWindows(): StandinWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): StandinWindow | null {
    return focused;
  }

  static fromWebContents(contents: StandinWebContents): StandinWindow | null {
    return windows.find((window) => window.webContents === contents) ?? null;
  }

  async loadURL(address: string): Promise<void> {
    await this.#fitPage();
    await defaultSession.applyPermissions(await this.webContents.page);
    await this.webContents.load(address);
  }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
    this.focus();
  }

  focus(): void {
    focused = this;
    this.emit('focus');
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isFocused(): boolean {
    return focused === this;
  }

  minimize(): void {
    this.#state = 'minimised';
    if (focused === this) focused = null;
  }

  restore(): void {
    this.#state = 'normal';
  }

  isMinimized(): boolean {
    return this.#state === 'minimised';
  }

  maximize(): void {
    this.#state = 'maximised';
    void this.#fitPage();
  }

  unmaximize(): void {
    this.#state = 'normal';
    void this.#fitPage();
  }

  isMaximized(): boolean {
    return this.#state === 'maximised';
  }

  getBounds(): Bounds {
    return this.#state === 'maximised' ? { ...FILLED } : { ...this.#bounds };
  }

  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }

  setBounds(bounds: Partial<Bounds>): void {
    const { minWidth = 0, minHeight = 0 } = this.options;
    const next = { ...this.#bounds, ...bounds };
    next.width = Math.max(next.width, minWidth);
    next.height = Math.max(next.height, minHeight);
    this.#bounds = next;
    void this.#fitPage();
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    const event = new StoppableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.#isDestroyed = true;
    windows.splice(windows.indexOf(this), 1);
    if (focused === this) focused = null;
    void this.webContents.close();
    this.emit('closed');
    if (windows.length === 0) program.emit('all-closed');
  }

  async #fitPage(): Promise<void> {
    const { width, height } = this.getBounds();
    await (await this.webContents.page).setViewportSize({ width, height });
  }
}
