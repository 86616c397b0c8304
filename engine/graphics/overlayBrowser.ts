import { basename } from 'node:path';
import { openBrowser } from '@remotion/renderer';
import { Refusal } from '#core/fault.ts';

const CLOSE_WITHIN_MS = 3_000;

type HeadlessBrowser = Awaited<ReturnType<typeof openBrowser>>;

/** A browser that draws graphics, started by us and stopped by us. */
export type OverlayBrowser = {
  instance: HeadlessBrowser;
  /** Calls `listener` when Remotion finds the browser gone. */
  onLost: (listener: () => void) => void;
  /** Kills the browser and everything it started. */
  close: () => Promise<void>;
};

/**
 * Starts `browserExecutable` without a window. Nothing is downloaded, and Remotion's flags keep the browser off the
 * network. Refuses `graphics/browser-failed` when it does not start.
 */
export async function openOverlayBrowser(browserExecutable: string): Promise<OverlayBrowser> {
  const instance = await start(browserExecutable);
  const { runner } = instance;
  // Remotion would end the whole program on Ctrl+C, before exports could tidy up. Leaving is the program's decision;
  // whichever way it leaves, the browser goes with it.
  const exitListeners = process.listeners('exit');
  for (const forget of runner.listeners) forget();
  const kill = exitListeners.find((listener) => !process.listeners('exit').includes(listener));
  if (kill === undefined) throw new Error('Remotion no longer offers a way to kill its browser');
  process.once('exit', kill);
  const closeForGood = instance.close.bind(instance);
  let lost: () => void = () => undefined;
  // Remotion replaces a browser that crashed by one that it never closes. Its first step is to close the old one:
  // there we learn of the crash, and there its own repair ends.
  instance.close = () => {
    lost();
    return new Promise<void>(() => undefined);
  };
  return {
    instance,
    onLost: (listener) => {
      lost = listener;
    },
    close: async () => {
      process.off('exit', kill);
      await withinTime(closeForGood({ silent: true }));
      // Closing a browser that had died by itself leaves its profile on the disk; killing it once more does not.
      kill(0);
    },
  };
}

async function start(browserExecutable: string): Promise<HeadlessBrowser> {
  try {
    return await openBrowser('chrome', {
      browserExecutable,
      chromeMode: /headless[-_]shell/.test(basename(browserExecutable))
        ? 'headless-shell'
        : 'chrome-for-testing',
      forceDeviceScaleFactor: 1,
      logLevel: 'error',
    });
  } catch (error) {
    throw new Refusal(
      {
        code: 'graphics/browser-failed',
        message:
          'The browser that draws titles and captions did not start. Your project is safe. Update or reinstall it, or name another one in INKREEL_BROWSER.',
        details: {
          browserExecutable,
          reason: error instanceof Error ? error.message : String(error),
        },
      },
      error,
    );
  }
}

/** A browser that hangs is already killed at this point; only its farewell is waited for, and not for ever. */
async function withinTime(closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, CLOSE_WITHIN_MS);
  });
  await Promise.race([closing.catch(() => undefined), patience]);
  clearTimeout(timer);
}
