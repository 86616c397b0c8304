import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cliEnvironment } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { epubOf, longManuscript } from '../support/longBook.ts';
import { openBook, seenText } from '../support/reader.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const CHAPTERS = 12;
/** More cases: `INKREEL_PLACES=1000`. */
const CASES = Number(process.env['INKREEL_PLACES'] ?? '14');
const folder = testFolder('places');
const book = join(folder, 'long.epub');
const manuscript = longManuscript(24_000, CHAPTERS);
let studio: Studio;

beforeAll(async () => {
  await writeFile(book, epubOf(manuscript));
  studio = await openStudio(cliEnvironment(folder), { width: 1_280, height: 800 });
  await openBook(studio.page, book);
});
afterAll(() => studio.close());

const SLIDERS = ['Text size', 'Line height', 'Line length', 'Margins'];
const CHOICES = ['Light', 'Sepia', 'Dark', 'Scroll', 'Pages', 'One', 'Ragged', 'Justified', 'Book'];
const change = fc.oneof(
  fc.record({ slider: fc.constantFrom(...SLIDERS), steps: fc.integer({ min: -6, max: 12 }) }),
  fc.record({ choice: fc.constantFrom(...CHOICES) }),
  fc.record({ width: fc.integer({ min: 700, max: 1_600 }) }),
);

/** Words at the place, without the first, of which a part may stand on the page before. */
const wordsAtPlace = async () => (await seenText(studio.page)).split(' ').slice(1, 8).join(' ');

it('keeps the words at a place in sight, whatever changes around them', async () => {
  const { page } = studio;
  const panel = page.getByRole('complementary', { name: 'Appearance' });
  const plan = fc.record({
    chapter: fc.integer({ min: 1, max: CHAPTERS }),
    turns: fc.integer({ min: 0, max: 6 }),
    changes: fc.array(change, { minLength: 2, maxLength: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ chapter, turns, changes }) => {
      await page.setViewportSize({ width: 1_280, height: 800 });
      await page.keyboard.press('t');
      await page.getByRole('button', { name: `Chapter ${chapter}`, exact: true }).click();
      await page.keyboard.press('t');
      await expect.poll(() => seenText(page)).toContain(`Chapter ${chapter}`);
      for (let turn = 0; turn < turns; turn++) {
        const before = await seenText(page);
        await page.keyboard.press('PageDown');
        await expect.poll(() => seenText(page)).not.toBe(before);
      }
      const words = await wordsAtPlace();
      // The panel takes some of the room, which is a change already.
      await page.keyboard.press('a');
      await panel.waitFor();
      for (const one of changes) {
        if ('slider' in one) {
          await panel.getByRole('slider', { name: one.slider }).focus();
          const key = one.steps < 0 ? 'ArrowLeft' : 'ArrowRight';
          for (let step = 0; step < Math.abs(one.steps); step++) await page.keyboard.press(key);
        } else if ('width' in one) await page.setViewportSize({ width: one.width, height: 800 });
        else {
          const choice = panel.getByRole('radio', { name: one.choice, exact: true });
          if (await choice.isVisible()) await choice.click();
        }
        await expect
          .poll(() => seenText(page), { message: JSON.stringify(one), timeout: 4_000 })
          .toContain(words);
      }
      await panel.getByRole('button', { name: 'Back to the usual look' }).click();
      await expect.poll(() => seenText(page)).toContain(words);
      await panel.getByRole('button', { name: 'Close appearance' }).click();
    }),
    { numRuns: CASES, endOnFailure: true },
  );
});

it('finds a place again in a new edition, in which chapters moved and text changed before it', async () => {
  const { page } = studio;
  await page.setViewportSize({ width: 1_280, height: 800 });
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Chapter 7', exact: true }).click();
  await page.keyboard.press('t');
  await expect.poll(() => seenText(page)).toContain('Chapter 7');
  const before = await seenText(page);
  await page.keyboard.press('PageDown');
  await expect.poll(() => seenText(page)).not.toBe(before);
  const words = await wordsAtPlace();
  await page.keyboard.press('b');

  const [first, second, ...rest] = manuscript.chapters;
  if (first === undefined || second === undefined) throw new Error('The book is too short.');
  const preface = {
    ...second,
    id: 'preface',
    title: 'A new chapter',
    blocks: second.blocks.map((block) => ({
      ...block,
      id: `n${block.id}`,
      inlines: [{ kind: 'text' as const, text: 'All of this is new.' }],
    })),
  };
  await writeFile(
    book,
    epubOf({ ...manuscript, chapters: [preface, first, ...rest] as typeof manuscript.chapters }),
  );
  await openBook(page, book);
  await expect.poll(() => seenText(page)).toContain(words);
  await page.mouse.move(400, 300);
  await page.mouse.move(420, 310);
  await page.getByRole('button', { name: 'Remove the bookmark' }).waitFor();
});
