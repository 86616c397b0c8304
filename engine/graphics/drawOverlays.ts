import { access, constants } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { refuse } from '#core/fault.ts';
import type { OverlayPicture } from '#core/graphics/graphicKey.ts';
import { resolveFields } from '#core/graphics/templates.ts';
import type { Rate } from '#core/time/rate.ts';
import { Cancelled } from '../process/run.ts';
import { type BundleServer, serveBundle } from './bundleServer.ts';
import { type OverlayBrowser, openOverlayBrowser } from './overlayBrowser.ts';
import { BrowserLost, renderPictures, Stalled } from './renderPictures.ts';

const DEFAULT_STALL_MS = 30_000;
const ATTEMPTS = 2;

export type OverlayRendererOptions = {
  /** Path of the browser, as `findBrowser` gives it. */
  browserExecutable: string | null;
  /** Folder of the built graphics, as `findCompositionsBundle` gives it. */
  bundleDir: string;
  /** Pages that draw side by side, at most one per processor. */
  concurrency?: number;
  /** Silence after which a render counts as stuck. */
  stallMs?: number;
};

export type OverlayJob = {
  /** Frame size in pixels. */
  width: number;
  height: number;
  frameRate: Rate;
  pictures: readonly OverlayPicture[];
  signal?: AbortSignal;
  /**
   * Receives each picture once, in any order, as a PNG with straight alpha. Drawing waits for the promise it returns.
   */
  onPicture: (index: number, png: Buffer) => void | Promise<void>;
  onProgress?: (drawn: number, total: number) => void;
};

export type OverlayRenderer = {
  /**
   * Draws every picture of a job; jobs wait for each other. A browser that hangs or crashes is replaced once, and what
   * it had not drawn is drawn anew. Refuses `graphics/no-browser`, `graphics/browser-failed`, `graphics/stalled`,
   * `graphics/browser-crashed` and `graphics/bad-field`; cancelling rejects with `Cancelled`.
   */
  render: (job: OverlayJob) => Promise<void>;
  /** Stops the browser. Jobs that have not finished reject with `Cancelled`. */
  close: () => Promise<void>;
};

/**
 * Draws graphics with one browser, which starts with the first job and stays warm for the next. A browser never
 * outlives a failed or cancelled job, `close`, or the program.
 */
export function createOverlayRenderer(options: OverlayRendererOptions): OverlayRenderer {
  const closing = new AbortController();
  let browser: Promise<OverlayBrowser> | undefined;
  let server: Promise<BundleServer> | undefined;
  let queue: Promise<void> = Promise.resolve();

  async function stopBrowser(): Promise<void> {
    const current = browser;
    browser = undefined;
    await current?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  }

  async function attempt(
    job: OverlayJob,
    remaining: Set<number>,
    signal: AbortSignal,
  ): Promise<void> {
    server ??= serveBundle(options.bundleDir);
    browser ??= openOverlayBrowser(await existingBrowser(options.browserExecutable));
    const { width, height, frameRate, pictures } = job;
    try {
      await renderPictures({
        browser: await browser,
        serveUrl: (await server).url,
        props: { width, height, frameRate, pictures: [...pictures] },
        indices: [...remaining],
        concurrency: pagesFor(options.concurrency, remaining.size),
        stallMs: options.stallMs ?? DEFAULT_STALL_MS,
        signal,
        onPicture: async (index, png) => {
          await job.onPicture(index, png);
          remaining.delete(index);
          job.onProgress?.(pictures.length - remaining.size, pictures.length);
        },
      });
    } catch (error) {
      await stopBrowser();
      throw error;
    }
  }

  async function draw(job: OverlayJob): Promise<void> {
    const signal = job.signal ? AbortSignal.any([job.signal, closing.signal]) : closing.signal;
    const remaining = new Set(job.pictures.keys());
    for (let tries = 1; remaining.size > 0; tries += 1) {
      if (signal.aborted) throw new Cancelled();
      try {
        await attempt(job, remaining, signal);
      } catch (error) {
        const isBrowserFault = error instanceof Stalled || error instanceof BrowserLost;
        if (!isBrowserFault) throw error;
        if (tries === ATTEMPTS) refuseBrowserFault(error, remaining.size);
      }
    }
  }

  return {
    render: async (job) => {
      checkFields(job.pictures);
      const drawn = queue.then(() => draw(job));
      queue = drawn.catch(() => undefined);
      await drawn;
    },
    close: async () => {
      closing.abort();
      await queue;
      await stopBrowser();
      await server?.then((started) => started.close());
    },
  };
}

async function existingBrowser(path: string | null): Promise<string> {
  const isThere =
    path !== null &&
    (await access(path, constants.X_OK).then(
      () => true,
      () => false,
    ));
  if (isThere) return path;
  refuse(
    'graphics/no-browser',
    `Titles and captions are drawn by a browser, and none was found. ${HOW_TO_INSTALL}`,
    {
      path,
    },
  );
}

const HOW_TO_INSTALL =
  process.platform === 'linux'
    ? 'Install one with your package manager, for example “sudo apt install chromium-headless-shell”, or name one in INKREEL_BROWSER.'
    : 'Install Google Chrome or Chromium, or name one in INKREEL_BROWSER.';

function refuseBrowserFault(error: Stalled | BrowserLost, undrawn: number): never {
  const details = { undrawn };
  if (error instanceof Stalled) {
    refuse(
      'graphics/stalled',
      'The browser stopped drawing titles and captions, and so did a fresh one. Your project is safe. Close other programs and export again.',
      details,
    );
  }
  refuse(
    'graphics/browser-crashed',
    'The browser that draws titles and captions crashed, and so did a fresh one. Your project is safe. Close other programs and export again.',
    details,
  );
}

/**
 * One page per processor draws 1.8 times as fast on two as one page; Remotion takes no more than that, and beyond four
 * the encoder needs the processors and the memory more.
 */
function pagesFor(concurrency: number | undefined, pictures: number): number {
  return Math.max(1, Math.min(concurrency ?? MOST_PAGES, availableParallelism(), pictures));
}

const MOST_PAGES = 4;

/** A value that no template can draw is the user's to correct, so it is refused before a browser starts. */
function checkFields(pictures: readonly OverlayPicture[]): void {
  for (const { layers } of pictures) {
    for (const layer of layers) resolveFields(layer.template, layer.fields);
  }
}
