import { once } from 'node:events';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser } from '#engine/tools/browser.ts';
import { startCli } from './cli.ts';

export type Studio = {
  page: Page;
  /** Everything the page complained about so far: errors, warnings, refused loads. */
  complaints: string[];
  close: () => Promise<void>;
  /** Ends the engine as a power cut would, and the browser after it. */
  kill: () => Promise<void>;
};

/** Starts `inkreel studio` as a user does and opens its address in a real Chromium. */
export async function openStudio(
  env: NodeJS.ProcessEnv,
  view: { width: number; height: number; theme?: 'dark' | 'light' } = { width: 1280, height: 800 },
  file: string[] = [],
): Promise<Studio> {
  const host = startCli(['studio', '--json', ...file], env);
  const [line] = (await once(host.stdout ?? host, 'data')) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { url: string };
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: view, colorScheme: view.theme ?? 'dark' });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  return {
    page,
    complaints,
    async close() {
      await browser.close();
      host.kill('SIGTERM');
      await once(host, 'close');
    },
    async kill() {
      host.kill('SIGKILL');
      await once(host, 'close');
      await browser.close();
    },
  };
}

/** A Chromium that goes nowhere by itself. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = await findBrowser();
  if (executablePath === null)
    throw new Error('These tests need Chromium. Run “npm run setup -- --with-tests”.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What axe finds wrong with the page once what fades has come to rest, as `rule: elements`. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  // Half faded in, words have less contrast than they will have.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) =>
          playState !== 'running' ||
          effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}
