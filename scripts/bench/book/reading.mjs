/* B6: a book of 215,000 words in the reader: from opening it to its first page, and from a key to the next page. */
import { join } from 'node:path';
import { chromium } from 'playwright';
import { bookOf, sampleWords } from '../lib/longBook.mjs';

const WORDS = 215_000;
const OPENINGS = 6;
const TURNS = 300;
/** Somebody who leafs through a book looks at a page this long. */
const LEAFING_MS = 250;

export const id = 'B6';
export const title = 'B6: reading a book of 215,000 words';

export async function measure({ folder, say, short }) {
  const { exportBook } = await import('../../../engine/book/exportBook.ts');
  const { findBrowser } = await import('../../../engine/tools/browser.ts');
  const { cliEnvironment, startCli } = await import('../../../tests/support/cli.ts');
  const out = join(folder, 'long.epub');
  const manuscript = bookOf(await sampleWords(), WORDS);
  await exportBook({ manuscript, format: 'epub', out, date: '2025-10-14T12:00:00Z' });
  const host = startCli(['studio', '--json'], cliEnvironment(folder));
  const url = await new Promise((resolve) => {
    host.stdout.once('data', (line) => resolve(JSON.parse(String(line)).url));
  });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    // A frame is drawn when it is ready: the wait for a display's next frame is not the reader's.
    args: ['--no-sandbox', '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 800 } })
    ).newPage();
    await page.goto(url);
    const { origin } = new URL(page.url());
    await page.addInitScript(() => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid="reader-page"][aria-busy="false"]') === null)
          return;
        observer.disconnect();
        requestAnimationFrame(() => {
          window.firstPageAt = performance.now();
        });
      }).observe(document, { childList: true, subtree: true, attributes: true });
    });
    const shown = page.locator('[data-testid="reader-page"][aria-busy="false"]');
    const openings = [];
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      // The studio itself is loaded with it, as when a book is opened from the desk of the system.
      await page.goto(`${origin}/?book=${opening}#open=${encodeURIComponent(out)}`, {
        waitUntil: 'commit',
      });
      await shown.waitFor();
      // All documents are gone through once, to count pages.
      await page.waitForTimeout(2_000);
      openings.push(await page.evaluate(() => window.firstPageAt));
    }
    // The first one found nothing in memory.
    const warm = openings.slice(1).sort((a, b) => a - b);
    say(`  first page after ${openings.map(Math.round).join(', ')} ms`);
    const turns = [];
    await page.evaluate(watchTurns);
    for (let turn = 0; turn < (short ? 60 : TURNS); turn += 1) {
      await page.waitForTimeout(LEAFING_MS);
      await page.keyboard.press('ArrowRight');
      turns.push(await page.evaluate(() => window.nextTurn()));
    }
    turns.sort((a, b) => a - b);
    const at = (list, share) => list[Math.ceil(list.length * share) - 1].toFixed(1);
    return {
      note: `Opened ${OPENINGS} times, ${turns.length} pages turned, from the key to the frame that shows the page.`,
      rows: [
        { what: 'first page, warm', 'median ms': at(warm, 0.5), 'p95 ms': at(warm, 0.95) },
        { what: 'page turn', 'median ms': at(turns, 0.5), 'p95 ms': at(turns, 0.95) },
      ],
    };
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    await new Promise((resolve) => host.once('close', resolve));
  }
}

/** Runs in the window: `nextTurn` answers how long the turn after the last key took. */
function watchTurns() {
  let keyAt = 0;
  let tell = null;
  let took = null;
  window.addEventListener('keydown', (event) => (keyAt = event.timeStamp), { capture: true });
  // What shows the pages says where it is without telling what is around it.
  document.querySelector('[data-testid="reader-page"]').addEventListener(
    'relocate',
    () =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // The message is handled after the frame was laid out and painted.
        port1.onmessage = () => {
          took = performance.now() - keyAt;
          tell?.(took);
        };
        port2.postMessage(null);
      }),
    { capture: true },
  );
  window.nextTurn = () =>
    new Promise((resolve) => {
      const answer = (ms) => {
        tell = null;
        took = null;
        resolve(ms);
      };
      if (took !== null) answer(took);
      else tell = answer;
    });
}
