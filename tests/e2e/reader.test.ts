import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { bookFrames, bookShown, seenDocuments, seenText } from '../support/reader.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-reader');
/** The file dialog begins in the home folder. */
const env = { ...cliEnvironment(folder), HOME: folder };
const view = { width: 1280, height: 800 };
const NOTE = 'Who is she?';
let project = '';
let studio: Studio;
/** Words at the place where the book was left. */
let left = '';

beforeAll(async () => {
  project = (await cliJson<{ path: string }>(['project', 'sample'], env)).path;
  studio = await openStudio(env, { ...view, theme: 'dark' }, [project]);
});
afterAll(() => studio.close());

async function readFromBookRoom(): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await bookShown(page);
}

/** Some words in sight, without the first, of which a part may stand on the page before. */
async function wordsAtPlace(): Promise<string> {
  return (await seenText(studio.page)).split(' ').slice(1, 7).join(' ');
}

async function turn(key: string): Promise<void> {
  const before = await seenText(studio.page);
  await studio.page.keyboard.press(key);
  await expect.poll(async () => (await seenText(studio.page)) || before).not.toBe(before);
}

/** Turns back until these words are in sight again. */
async function turnBackTo(words: string): Promise<void> {
  await studio.page.keyboard.press('ArrowRight');
  await expect.poll(() => seenText(studio.page)).toBe(words);
}

/** What happens when documents beside the one in sight come in late: their empty choice of words is told. */
async function layOutNeighbours(inSight: Frame | undefined): Promise<void> {
  const others = bookFrames(studio.page).filter((frame) => frame !== inSight);
  expect(others.length).toBeGreaterThan(0);
  for (const frame of others)
    await frame.evaluate(() => document.dispatchEvent(new Event('selectionchange')));
}

describe('reading the book of a project', () => {
  it('opens from the book room and turns pages by keys, buttons and taps', async () => {
    const { page } = studio;
    await readFromBookRoom();
    expect(await accessibilityViolations(page)).toEqual([]);
    const cover = await seenText(page);
    await turn('ArrowRight');
    await turn('Space');
    await turn('PageDown');
    await turn('ArrowLeft');
    await page.getByRole('button', { name: 'Turn the page to the right' }).click();
    await page.getByTestId('reader-page').click({ position: { x: 1_200, y: 300 } });
    await page.keyboard.press('Home');
    await expect.poll(() => seenText(page)).toBe(cover);
  });

  it('goes to a chapter by the contents and says how far it is', async () => {
    const { page } = studio;
    await page.keyboard.press('t');
    const contents = page.getByRole('complementary', { name: 'Contents' });
    expect(await accessibilityViolations(page)).toEqual([]);
    const chapters = contents.getByRole('listitem').getByRole('button');
    const count = await chapters.count();
    expect(count).toBeGreaterThan(2);
    await chapters.nth(count - 2).click();
    await expect
      .poll(() =>
        page.getByRole('slider', { name: 'Place in the book' }).getAttribute('aria-valuenow'),
      )
      .not.toBe('0');
    await expect.poll(() => contents.locator('[aria-current="location"]').count()).toBe(1);
    await page.keyboard.press('t');
    await expect.poll(() => contents.count()).toBe(0);
  });

  it('bookmarks the page', async () => {
    const { page } = studio;
    await page.keyboard.press('b');
    await page.mouse.move(500, 300);
    await page.getByRole('button', { name: 'Remove the bookmark' }).waitFor();
  });

  it('chooses a word near the edge by a double click and stays on the page', async () => {
    const { page } = studio;
    const before = await seenText(page);
    const [seen] = await seenDocuments(page);
    const word = seen?.words.find(({ x, word }) => x < view.width * 0.2 && /^\w{2,}$/.test(word));
    if (word === undefined) throw new Error('No word stands near the edge.');
    await page.mouse.dblclick(word.x, word.y);
    const bar = page.getByRole('toolbar', { name: 'Chosen words' });
    await bar.waitFor();
    const chosen = seen?.frame.evaluate(() => String(getSelection()));
    expect((await chosen)?.trim()).toBe(word.word);
    // The click that gives the words up does no more than that.
    await page.mouse.click(word.x, word.y + 60);
    await expect.poll(() => bar.count()).toBe(0);
    expect(await seenText(page)).toBe(before);
    await page.mouse.click(word.x, word.y + 60);
    await expect.poll(() => seenText(page)).not.toBe(before);
    await turnBackTo(before);
  });

  it('highlights words with a note', async () => {
    const { page } = studio;
    const [seen] = await seenDocuments(page);
    const word = seen?.words.find((one) => /^\w{5,}$/.test(one.word));
    await page.mouse.dblclick(word?.x ?? 0, word?.y ?? 0);
    const bar = page.getByRole('toolbar', { name: 'Chosen words' });
    await bar.waitFor();
    await layOutNeighbours(seen?.frame);
    expect(await accessibilityViolations(page)).toEqual([]);
    await bar.getByRole('button', { name: 'Write a note' }).click();
    const dialog = page.getByRole('dialog', { name: 'Note' });
    await dialog.getByRole('textbox', { name: 'Note' }).fill(NOTE);
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Keep note' }).click();
    await page.keyboard.press('n');
    const notes = page.getByRole('complementary', { name: 'Bookmarks and notes' });
    await notes.getByText(NOTE).waitFor();
    await expect.poll(() => notes.getByRole('listitem').count()).toBe(2);
    expect(await accessibilityViolations(page)).toEqual([]);
    const painted = await seen?.frame.evaluate(() => CSS.highlights.get('mark-yellow-solid')?.size);
    expect(painted).toBe(1);
    await page.keyboard.press('n');
  });

  it('keeps the place through font, size, spacing and layout', async () => {
    const { page } = studio;
    await turn('ArrowRight');
    left = await wordsAtPlace();
    await page.keyboard.press('a');
    const panel = page.getByRole('complementary', { name: 'Appearance' });
    expect(await accessibilityViolations(page)).toEqual([]);
    await expect.poll(() => seenText(page)).toContain(left);
    await panel.getByRole('combobox', { name: 'Font' }).click();
    await page.getByRole('option', { name: 'Typewriter' }).click();
    await expect.poll(() => seenText(page)).toContain(left);
    for (const choice of ['Dark', 'Scroll', 'Sepia', 'Pages', 'One', 'Justified']) {
      await panel.getByText(choice, { exact: true }).click();
      await expect.poll(() => seenText(page), { message: choice }).toContain(left);
    }
    await panel.getByRole('switch', { name: 'Wide spacing, for dyslexia' }).click();
    await expect.poll(() => seenText(page)).toContain(left);
    await page.keyboard.press('a');
    for (let step = 0; step < 4; step++) await page.keyboard.press('+');
    await expect.poll(() => seenText(page)).toContain(left);
  });

  it('finds the place, the look and the notes again after a restart', async () => {
    await studio.page.keyboard.press('Escape');
    await studio.page.getByRole('button', { name: 'Read', exact: true }).waitFor();
    expect(studio.complaints).toEqual([]);
    await studio.close();

    studio = await openStudio(env, { ...view, theme: 'light' }, [project]);
    await readFromBookRoom();
    const { page } = studio;
    await expect.poll(() => seenText(page)).toContain(left);
    const [frame] = bookFrames(page);
    expect(
      await frame?.evaluate(
        () => getComputedStyle(document.querySelector('p') ?? document.body).fontFamily,
      ),
    ).toContain('JetBrains Mono');
    await page.keyboard.press('n');
    const notes = page.getByRole('complementary', { name: 'Bookmarks and notes' });
    await notes.getByText(NOTE).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('writes the notes in the form of the W3C and reads them back', async () => {
    const { page } = studio;
    const notes = page.getByRole('complementary', { name: 'Bookmarks and notes' });
    await notes.getByRole('button', { name: 'Export notes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export notes' });
    await dialog.getByRole('textbox').last().fill('notes');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('2 annotations exported.').waitFor();
    const set = JSON.parse(await readFile(join(folder, 'notes.annotation'), 'utf8')) as {
      type: string;
      items: {
        body?: { value: string };
        target: { selector: { type: string; exact?: string }[] };
      }[];
    };
    expect(set.type).toBe('AnnotationSet');
    const note = set.items.find((item) => item.body?.value === NOTE);
    expect(note?.target.selector.map((one) => one.type)).toEqual([
      'FragmentSelector',
      'TextQuoteSelector',
      'ProgressionSelector',
    ]);
    expect(note?.target.selector[1]?.exact).toMatch(/\w/);

    const rows = notes.getByRole('listitem').filter({ hasText: NOTE });
    await rows.first().hover();
    await rows.first().getByRole('button', { name: 'Remove the highlight' }).click();
    await expect.poll(() => rows.count()).toBe(0);
    await notes.getByRole('button', { name: 'Import notes' }).click();
    const open = page.getByRole('dialog', { name: 'Import notes' });
    await open.getByRole('option', { name: /^notes\.annotation/ }).dblclick();
    await page.getByText('2 annotations added.').waitFor();
    await expect.poll(() => rows.count()).toBe(1);
  });

  it('finds words and shows them', async () => {
    const { page } = studio;
    await page.keyboard.press('Control+f');
    const search = page.getByRole('complementary', { name: 'Search in the book' });
    await search.getByRole('textbox').fill('the LIGHT');
    await search.getByText(/\d+ places?/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await search.getByRole('listitem').last().getByRole('button').click();
    await expect.poll(async () => (await seenText(page)).toLowerCase()).toContain('the light');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  });

  it('steps into the next chapters and back as it turns any page, in the look that was chosen', async () => {
    const { page } = studio;
    const inSight = async () => {
      const [seen] = await seenDocuments(page);
      const color = await seen?.frame.evaluate(() => getComputedStyle(document.body).color);
      return { path: seen?.path, text: seen?.text, color };
    };
    await readFromBookRoom();
    await page.keyboard.press('Home');
    await expect.poll(async () => (await inSight()).path).toContain('cover');
    // Where the text was clicked last, keys go to the page itself.
    await page.getByTestId('reader-page').click();
    await turn('ArrowRight');
    const there = [await inSight()];
    const chapters = () => new Set(there.map(({ path }) => path)).size;
    while (chapters() < 5 && there.length < 30) {
      await turn('ArrowRight');
      there.push(await inSight());
    }
    expect(chapters()).toBe(5);
    const back = [there.at(-1)];
    for (let step = 1; step < there.length; step++) {
      await turn('ArrowLeft');
      back.unshift(await inSight());
    }
    expect(back).toEqual(there);

    // What is loaded in advance is in the look of what is in sight.
    const { color } = await inSight();
    await page.keyboard.press('a');
    const panel = page.getByRole('complementary', { name: 'Appearance' });
    await panel.getByText('Dark', { exact: true }).click();
    await expect.poll(async () => (await inSight()).color).not.toBe(color);
    const dark = (await inSight()).color;
    await page.keyboard.press('a');
    const { path } = await inSight();
    while ((await inSight()).path === path) await turn('ArrowRight');
    expect((await inSight()).color).toBe(dark);
    await page.keyboard.press('a');
    await panel.getByText('Sepia', { exact: true }).click();
    await expect.poll(async () => (await inSight()).color).toBe(color);
    await page.keyboard.press('a');
  });
});
