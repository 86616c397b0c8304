import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import type { Page } from 'playwright';
import { fromChromium, toChromium } from './address.ts';
import { names, PRELOAD_WORLD } from './chromium.ts';
import { StoppableEvent } from './events.ts';
import { type FrameWatcher, type PageMessage, StandinFrame, watchFrames } from './frames.ts';
import { bridgeEnd, preloadWorld } from './pageScripts.ts';
import { fromWire, toWire } from './wire.ts';

type OpenHandler = (details: { url: string }) => { action: 'deny' } | { action: 'allow' };
export type NavigationEvent = StoppableEvent & {
  url: string;
  isMainFrame: boolean;
  isSameDocument: boolean;
};

type Events = {
  'did-finish-load': [];
  'dom-ready': [];
  'will-frame-navigate': [event: NavigationEvent];
  'will-navigate': [event: NavigationEvent, url: string];
  'will-redirect': [event: NavigationEvent];
  'will-attach-webview': [event: StoppableEvent];
  'render-process-gone': [event: StoppableEvent, details: { reason: string; exitCode: number }];
};

export type MessageHandler = (
  message: PageMessage,
  sender: StandinWebContents,
  frame: StandinFrame,
) => Promise<{ ok: boolean; value: unknown }>;

let lastId = 0;

/** A page as Electron's main process sees it. */
export class StandinWebContents
  extends EventEmitter<Events>
  implements Pick<Electron.WebContents, 'send' | 'reload' | 'getURL' | 'isDestroyed'>
{
  readonly id: number;
  readonly page: Promise<Page>;
  mainFrame = new StandinFrame(null);
  /** The address the program itself asked for; all other navigation is the page's own. */
  #ordered: string | null = null;
  #watcher: FrameWatcher | null = null;
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #isDestroyed = false;

  constructor(page: Promise<Page>, preloadFile: string | undefined, onMessage: MessageHandler) {
    super();
    lastId += 1;
    this.id = lastId;
    this.page = page.then((opened) => this.#prepare(opened, preloadFile, onMessage));
  }

  async load(address: string): Promise<void> {
    const page = await this.page;
    this.#ordered = toChromium(address);
    try {
      await page.goto(this.#ordered, { waitUntil: 'commit' });
    } catch (error) {
      // What could not be loaded leaves Chromium's page about that, which is still on its way.
      await page.waitForURL('chrome-error://**', { timeout: 5_000 }).catch(() => undefined);
      throw error;
    } finally {
      this.#ordered = null;
    }
  }

  /** Whether a navigation may go on: the program's own always, the page's unless a listener stops it. */
  mayNavigate(address: string, frame: 'main' | 'child'): boolean {
    if (frame === 'main' && this.#ordered !== null) return true;
    const event = Object.assign(new StoppableEvent(), {
      url: fromChromium(address),
      isMainFrame: frame === 'main',
      isSameDocument: false,
    });
    this.emit('will-frame-navigate', event);
    if (frame === 'main') this.emit('will-navigate', event, event.url);
    return !event.defaultPrevented;
  }

  send(channel: string, ...list: unknown[]): void {
    const message = { kind: 'message', channel, list: structuredClone(list) };
    this.#watcher?.deliver(message).catch(() => undefined);
  }

  /** Lets the page's preload know the path of a file that a test gives to the page. */
  async knowFile(file: { name: string; sizeBytes: number; path: string }): Promise<void> {
    await this.#watcher?.deliver({ kind: 'file', ...file });
  }

  async invokeRaw(frame: 'main' | 'child', channel: string, list: unknown[]): Promise<unknown> {
    return this.#watcher?.invokeRaw(frame, channel, list);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  reload(): void {
    void this.load(this.getURL());
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  async close(): Promise<void> {
    this.#isDestroyed = true;
    this.mainFrame.detached = true;
    await (await this.page).close();
  }

  async #prepare(
    page: Page,
    preloadFile: string | undefined,
    onMessage: MessageHandler,
  ): Promise<Page> {
    const session = await page.context().newCDPSession(page);
    this.#watcher = await watchFrames(
      session,
      (message, frame) => void this.#answer(message, frame, onMessage),
      (address) => {
        if (this.#openHandler({ url: address }).action === 'allow') {
          throw new Error('The stand-in opens no windows for pages.');
        }
      },
    );
    this.mainFrame = this.#watcher.mainFrame();
    await session.send('Runtime.addBinding', {
      name: names.binding,
      executionContextName: PRELOAD_WORLD,
    });
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: pageSource() });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadSource(preloadFile),
      worldName: PRELOAD_WORLD,
    });
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('load', () => this.emit('did-finish-load'));
    page.on('crash', () =>
      this.emit('render-process-gone', new StoppableEvent(), { reason: 'crashed', exitCode: 1 }),
    );
    return page;
  }

  async #answer(
    message: PageMessage,
    frame: StandinFrame,
    onMessage: MessageHandler,
  ): Promise<void> {
    const { ok, value } = await onMessage(message, this, frame);
    if (message.kind !== 'invoke') return;
    // A page that has gone in the meantime waits for nothing.
    await this.#watcher
      ?.deliver({ kind: 'reply', call: message.call, ok, value }, frame)
      .catch(() => undefined);
  }
}

function pageSource(): string {
  const events = [names.toPreload, names.toPage].map((name) => JSON.stringify(name)).join(', ');
  return `if (window === window.top) (${bridgeEnd.toString()})(${events});`;
}

function preloadSource(preloadFile: string | undefined): string {
  const preload =
    preloadFile === undefined
      ? 'null'
      : `(require, process) => { const module = { exports: {} }; const exports = module.exports;\n${readFileSync(preloadFile, 'utf8')}\n}`;
  const tools = `{ bridgeEnd: ${bridgeEnd.toString()}, toWire: ${toWire.toString()}, fromWire: ${fromWire.toString()} }`;
  const process_ = JSON.stringify({ platform: process.platform });
  return `(${preloadWorld.toString()})(${tools}, ${JSON.stringify(names)}, ${process_}, ${preload});`;
}
