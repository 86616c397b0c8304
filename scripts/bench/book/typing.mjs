/* B7: from a key to the letter on the screen, in a book of 215,000 words; and what a burst of typing writes. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { chromium } from 'playwright';

const WORDS = 215_000;
const CHAPTERS = 135;
const KEYS = 400;
const LONG_CHAPTER_WORDS = 20_000;

export const id = 'B7';
export const title = 'B7: typing in a book of 215,000 words';

export async function measure({ folder, say, short }) {
  const { cliEnvironment, cliJson, startCli } = await import('../../../tests/support/cli.ts');
  const { findBrowser } = await import('../../../engine/tools/browser.ts');
  const env = cliEnvironment(folder);
  const project = join(folder, 'book.inkreel');
  const manuscript = join(folder, 'book.md');
  await writeFile(manuscript, book());
  await cliJson(['project', 'new', project], env);
  await cliJson(['book', 'import', project, manuscript], env);
  const host = startCli(['studio', '--json', project], env);
  const url = await new Promise((resolve) => {
    host.stdout.once('data', (line) => resolve(JSON.parse(String(line)).url));
  });
  const browser = await chromium.launch({
    executablePath: await findBrowser(),
    // A frame is drawn when it is ready: the wait for a display's next frame is not the editor's.
    args: ['--no-sandbox', '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  const rows = [];
  try {
    const page = await (
      await browser.newContext({ viewport: { width: 1440, height: 900 } })
    ).newPage();
    await page.goto(url);
    const field = page.getByRole('textbox', { name: 'Chapter text' });
    const openedAt = performance.now();
    await field.waitFor({ timeout: 120_000 });
    say(`  the first chapter was there after ${Math.round(performance.now() - openedAt)} ms`);
    for (const [name, index] of [
      ['a chapter of 1,500 words', 40],
      [`a chapter of ${LONG_CHAPTER_WORDS.toLocaleString('en')} words`, 0],
    ]) {
      const list = page.getByRole('list', { name: 'Chapters in reading order' });
      await list
        .getByRole('button')
        .nth(CHAPTERS - 1)
        .click();
      const shownMs = await chapterShown(page, index);
      rows.push(await typed(page, name, shownMs, short ? 100 : KEYS));
    }
    await page.getByText('Whole book').click();
    await page
      .getByRole('textbox', { name: / text$/ })
      .first()
      .waitFor();
    rows.push(await typed(page, 'the whole book in one scroll', null, short ? 100 : KEYS));
    await page.waitForTimeout(2_000);
  } finally {
    await browser.close();
    host.kill('SIGTERM');
    await new Promise((resolve) => host.once('close', resolve));
  }
  return { note: `${short ? 100 : KEYS} keys each. ${bytesPerBurst(project)}`, rows };
}

async function chapterShown(page, index) {
  return page.evaluate(async (at) => {
    const rows = document.querySelectorAll('[aria-label="Chapters in reading order"] button');
    const startedAt = performance.now();
    const before = document.querySelector('.chapter-text')?.textContent;
    rows[at].click();
    await new Promise((resolve) => {
      const look = () =>
        document.querySelector('.chapter-text')?.textContent === before
          ? requestAnimationFrame(look)
          : resolve();
      look();
    });
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - startedAt;
  }, index);
}

async function typed(page, name, shownMs, keys) {
  const paragraph = page.locator('[role="textbox"] > p').nth(3);
  await paragraph.click();
  await page.keyboard.press('End');
  await page.evaluate(() => {
    const isListening = window.keyTimes !== undefined;
    window.keyTimes = [];
    if (isListening) return;
    window.addEventListener(
      'keydown',
      (event) => {
        const at = event.timeStamp;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          // The message is handled after the frame was laid out and painted.
          port1.onmessage = () => window.keyTimes.push(performance.now() - at);
          port2.postMessage(null);
        });
      },
      { capture: true },
    );
  });
  // Beside the clock, what each key costs the thread that draws: on a busy computer the clock measures the others too.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? 0);
  };
  const costs = [];
  let before = await spent();
  const letters = 'and the sea went on as it always had, grey and slow. ';
  for (let count = 0; count < keys; count += 1) {
    const letter = letters[count % letters.length];
    await page.keyboard.press(letter === ' ' ? 'Space' : letter, { delay: 5 });
    const after = await spent();
    costs.push(after - before);
    before = after;
  }
  costs.sort((a, b) => a - b);
  const times = (await page.evaluate(() => window.keyTimes)).sort((a, b) => a - b);
  const at = (share, list = times) =>
    list[Math.min(list.length - 1, Math.floor(list.length * share))].toFixed(1);
  return {
    where: name,
    'chapter shown ms': shownMs === null ? '–' : shownMs.toFixed(0),
    'median ms': at(0.5),
    'p95 ms': at(0.95),
    'p99 ms': at(0.99),
    'slowest ms': at(1),
    'work p50 ms': at(0.5, costs),
    'work p95 ms': at(0.95, costs),
  };
}

function bytesPerBurst(project) {
  const db = new Database(project, { readonly: true });
  const sizes = db
    .prepare(
      `SELECT sum(length(value) + coalesce(length(previous), 0)) AS bytes FROM ops
       JOIN commits USING (revision) WHERE label = 'Write' GROUP BY revision ORDER BY bytes`,
    )
    .pluck()
    .all();
  db.close();
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return `${sizes.length} bursts were written, the middle one with ${median} bytes, the largest with ${sizes.at(-1) ?? 0}.`;
}

function book() {
  const rest = Math.round((WORDS - LONG_CHAPTER_WORDS) / (CHAPTERS - 1));
  return Array.from({ length: CHAPTERS }, (_, index) => {
    const words = index === 0 ? LONG_CHAPTER_WORDS : rest;
    const paragraphs = Array.from({ length: Math.ceil(words / 80) }, (_unused, at) =>
      Array.from(
        { length: 80 },
        (_word, n) => WORDS_LIST[(index * 31 + at * 17 + n * 7 + (n % 5)) % WORDS_LIST.length],
      ).join(' '),
    );
    return `# Chapter ${index + 1}\n\n${paragraphs.map((text) => `${text}.`).join('\n\n')}`;
  }).join('\n\n');
}

const WORDS_LIST =
  'the lamp had burned all night and nobody came to ask why it was lit when morning stood grey over water that moved slowly under a sky without birds she counted boats from her window as he mended nets below with hands that knew their work better than he did'.split(
    ' ',
  );
