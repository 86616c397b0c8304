import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright';
import { z } from 'zod';
import { launchChromium } from './studio.ts';

/** Ace's own way to a browser: it is handed the address of each document and what to run in it. */
type AxeRunner = {
  concurrency: number;
  launch: () => Promise<void>;
  close: () => Promise<void>;
  setTimeout: (ms: number) => void;
  run: (url: string, scripts: string[], contents: string[]) => Promise<unknown>;
};
type Ace = (
  epub: string,
  options: Record<string, unknown>,
  runner: AxeRunner,
) => Promise<[string, unknown]>;

const reportSchema = z.object({
  assertions: z.array(
    z.object({
      'earl:testSubject': z.object({ url: z.string() }),
      assertions: z.array(
        z.object({
          'earl:test': z.object({ 'dct:title': z.string(), 'earl:impact': z.string() }),
          'earl:result': z.object({
            'earl:outcome': z.string(),
            'dct:description': z.string(),
            html: z.string().optional(),
          }),
        }),
      ),
    }),
  ),
});

/**
 * Loads the checker of DAISY Ace. Only its core is a dependency: the command line comes with Electron and with a Chromium
 * that it would download, and the checks are the same in the browser that all tests use.
 */
function loadAce(): Ace {
  const require = createRequire(import.meta.url);
  const found: unknown = require('@daisy/ace-core');
  if (typeof found !== 'function') throw new Error('@daisy/ace-core is not what it was');
  return found as Ace;
}

/** A browser for many books; Ace asks for a launch and a close for each. */
export async function openAce(): Promise<{
  check: (epub: string) => Promise<string[]>;
  close: () => Promise<void>;
}> {
  const ace = loadAce();
  const browser = await launchChromium();
  return {
    check: (epub) => check(ace, epub, browser),
    close: () => browser.close(),
  };
}

/** What Ace objects to in a book, a line each: rule, weight, document, reason. Empty when it is clean. */
async function check(ace: Ace, epub: string, browser: Browser): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inkreel-ace-'));
  try {
    const options = {
      cwd: folder,
      tmpdir: join(folder, 'work'),
      outdir: join(folder, 'report'),
      lang: 'en',
      initLogger: true,
      silent: true,
      fileName: join(folder, 'ace.log'),
    };
    const [, report] = await ace(epub, options, runnerIn(browser));
    return reportSchema.parse(report).assertions.flatMap((document) =>
      document.assertions
        .filter((assertion) => assertion['earl:result']['earl:outcome'] === 'fail')
        .map((assertion) => {
          const { 'dct:title': rule, 'earl:impact': impact } = assertion['earl:test'];
          const { 'dct:description': reason, html = '' } = assertion['earl:result'];
          return `${rule} (${impact}) in ${document['earl:testSubject'].url}: ${reason} ${html}`;
        }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runnerIn(browser: Browser): AxeRunner {
  return {
    concurrency: 2,
    launch: async () => undefined,
    close: async () => undefined,
    setTimeout: () => undefined,
    async run(url, scripts, contents) {
      const page = await browser.newPage();
      try {
        // Nothing may come from the web, and pages of a book are XHTML whatever their name.
        await page.route(/^https?:/, (route) => route.abort());
        await page.route(/^file:.*\.html?$/, async (route) =>
          route.fulfill({
            contentType: 'application/xhtml+xml',
            body: await readFile(fileURLToPath(route.request().url()), 'utf8'),
          }),
        );
        await page.goto(url);
        for (const content of contents) await page.addScriptTag({ content });
        for (const path of scripts) await page.addScriptTag({ path });
        await page.evaluate(() => {
          for (const script of document.querySelectorAll('script'))
            script.setAttribute('data-ace', '');
        });
        return await page.evaluate(
          () =>
            new Promise((resolve, reject) => {
              const { daisy } = window as unknown as {
                daisy: { ace: { run: (done: (error: unknown, result: unknown) => void) => void } };
              };
              daisy.ace.run((error, result) =>
                error
                  ? reject(new Error('Ace failed in the page', { cause: error }))
                  : resolve(result),
              );
            }),
        );
      } finally {
        await page.close();
      }
    },
  };
}
