import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page, type Route } from 'playwright';
import { findBrowser } from '#engine/tools/browser.ts';
import type { SecretNames } from './pageScripts.ts';

/** The Chromium whose pages are the windows. */
export type Chromium = {
  /** A page without content, for the next window. */
  blankPage(): Promise<Page>;
  context: BrowserContext;
  /** Address at which a test can join. */
  endpoint: string;
  close(): Promise<void>;
};

const secret = () => `standin_${randomUUID().replaceAll('-', '')}`;

/** The names that the two worlds of every page share with the main process in this run. */
export const names: SecretNames = {
  toPage: secret(),
  toPreload: secret(),
  binding: secret(),
  deliver: secret(),
  raw: secret(),
};

/** Name of the preload's world, as Electron has it. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

/** Starts Chromium with its profile in the program's own folder, so that it is kept over a restart like Electron's. */
export async function startChromium(
  userData: string,
  onRequest: (route: Route) => Promise<void>,
): Promise<Chromium> {
  const executablePath = await findBrowser();
  if (executablePath === null) throw new Error('There is no Chromium to run the windows in.');
  const profile = join(userData, 'standin-chromium');
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: null,
    chromiumSandbox: false,
    args: [
      '--remote-debugging-port=0',
      // Refuses new windows as Electron does for `deny`; the handler is asked all the same.
      '--block-new-web-contents',
      '--use-fake-device-for-media-stream',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // No system resolver: what gets past every guard still reaches nobody.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  await context.route('**/*', onRequest);
  let first = context.pages()[0];
  return {
    context,
    endpoint: `http://127.0.0.1:${readFileSync(portFile, 'utf8').split('\n')[0] ?? ''}`,
    blankPage: async () => {
      const page = first ?? (await context.newPage());
      first = undefined;
      return page;
    },
    close: () => context.close(),
  };
}
