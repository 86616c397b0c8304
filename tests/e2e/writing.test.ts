import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-writing');
const env = cliEnvironment(folder);
const project = join(folder, 'projects', 'Untitled book.inkreel');
/** A red pixel. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
let studio: Studio;

const text = (page: Page) => page.getByRole('textbox', { name: 'Chapter text' });
const chapters = (page: Page) =>
  page.getByRole('list', { name: 'Chapters in reading order' }).getByRole('button');
const lines = async (page: Page) =>
  (await text(page).locator('> *').allInnerTexts()).filter((line) => line.trim() !== '');
const saved = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(() =>
        Object.keys(localStorage).some((key) => key.startsWith('inkreel.draft.')),
      ),
    )
    .toBe(false);

async function open(): Promise<void> {
  studio = await openStudio(env, { width: 1440, height: 900, theme: 'light' });
}

async function reopen(): Promise<void> {
  await studio.close();
  await open();
  await studio.page
    .getByRole('button', { name: /Untitled/ })
    .first()
    .click();
  await text(studio.page).waitFor();
}

beforeAll(open);
afterAll(async () => {
  await studio.close();
});

describe('writing', () => {
  it('sets quotation marks, formats and footnotes as one types', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /^New book/ }).click();
    await text(page).click();
    const { keyboard } = page;
    await keyboard.type('# The keeper');
    await keyboard.press('Enter');
    await keyboard.type('"Late," she said, ');
    await keyboard.press('ControlOrMeta+i');
    await keyboard.type('very');
    await keyboard.press('ControlOrMeta+i');
    await keyboard.type(' late');
    await keyboard.press('ControlOrMeta+Alt+f');
    await keyboard.type('By the clock.');
    await keyboard.press('Escape');
    await keyboard.type('.');
    await keyboard.press('Enter');
    await keyboard.type('***');
    await keyboard.type('Morning came.');
    await page.getByText(/12 words in this chapter/).waitFor();
    await saved(page);
    expect(await lines(page)).toEqual([
      'The keeper',
      '“Late,” she said, very late.',
      'Morning came.',
    ]);
    expect(await text(page).locator('em').innerText()).toBe('very');
    expect(await text(page).locator('hr').count()).toBe(1);
    const note = text(page).getByRole('button', { name: 'Footnote: By the clock.' });
    await note.click();
    expect(await page.getByRole('textbox', { name: 'Text of the footnote' }).innerText()).toBe(
      'By the clock.',
    );
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('gives the sign back that was typed, and only that', async () => {
    const { page } = studio;
    await text(page).locator('p').last().click();
    await page.keyboard.press('End');
    await page.keyboard.type(' So...');
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('Morning came. So…');
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('Morning came. So...');
    await saved(page);
  });

  it('undoes over a restart and puts the cursor where the words were', async () => {
    await reopen();
    const { page } = studio;
    await text(page).locator('p').last().click();
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('Morning came.');
    await page.keyboard.type('!');
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('Morning came.!');
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(async () => (await lines(page)).at(-1)).toBe('Morning came.');
  });

  it('splits a chapter at the cursor, moves it and merges it again', async () => {
    const { page } = studio;
    await page.getByRole('textbox', { name: 'Chapter title' }).first().fill('One');
    await text(page).locator('p').last().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('ControlOrMeta+Alt+Enter');
    await expect.poll(() => chapters(page).count()).toBe(2);
    await expect.poll(() => lines(page)).toEqual(['Morning came.']);
    await chapters(page).last().focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => chapters(page).first().innerText()).toContain('Untitled');
    await page.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => chapters(page).first().innerText()).toContain('One');
    await chapters(page).last().click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Merge with the chapter above' }).click();
    await expect.poll(() => chapters(page).count()).toBe(1);
    await expect.poll(() => lines(page)).toHaveLength(3);
  });

  it('finds with a regular expression and replaces everywhere as one step', async () => {
    const { page } = studio;
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('(l|L)ate');
    await page.getByRole('button', { name: 'Regular expression' }).click();
    await page.getByText('2 places in 1 chapter.').waitFor();
    await page.getByRole('textbox', { name: 'Replace with' }).fill('$1atest');
    await page.getByRole('button', { name: 'Replace all 2' }).click();
    await expect.poll(async () => (await lines(page))[1]).toBe('“Latest,” she said, very latest.');
    await page.getByRole('button', { name: /^Undo: Replace/ }).click();
    await expect.poll(async () => (await lines(page))[1]).toBe('“Late,” she said, very late.');
    await page.getByRole('textbox', { name: 'Find', exact: true }).fill('(a+)+$(');
    await page.getByText(/This is not a regular expression/).waitFor();
    await page.getByRole('textbox', { name: 'Find', exact: true }).press('Escape');
  });

  it('restores an older state of a chapter', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /^History of the chapter/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('list', { name: 'States' }).getByRole('button').last().waitFor();
    const states = dialog.getByRole('list', { name: 'States' }).getByRole('button');
    await expect.poll(() => states.count()).toBeGreaterThan(5);
    await states.filter({ hasText: 'Split chapter' }).first().click();
    await dialog.getByText(/2 words came/).waitFor();
    await dialog.getByRole('button', { name: 'Restore this state' }).click();
    await expect.poll(() => lines(page)).toEqual(['The keeper', '“Late,” she said, very late.']);
    await page.getByRole('button', { name: /^Undo: Restore chapter/ }).click();
    await expect.poll(() => lines(page)).toHaveLength(3);
  });

  it('takes a picture that is dropped in and asks what it shows', async () => {
    const { page } = studio;
    await text(page).evaluate((field, base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const data = new DataTransfer();
      data.items.add(new File([bytes], 'lamp.png', { type: 'image/png' }));
      const { left, top } = field.getBoundingClientRect();
      const place = { clientX: left + 20, clientY: top + 10, bubbles: true, cancelable: true };
      field.dispatchEvent(new DragEvent('drop', { ...place, dataTransfer: data }));
    }, PNG);
    const dialog = page.getByRole('dialog', { name: 'Picture' });
    await dialog.getByRole('textbox', { name: 'Description' }).fill('A lamp');
    await dialog.getByRole('button', { name: 'Set description' }).click();
    const picture = text(page).getByRole('img', { name: 'A lamp' });
    await expect
      .poll(() =>
        picture.evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0)),
      )
      .toBe(1);
    await saved(page);
  });

  it('keeps a comment on its words while the text before them changes', async () => {
    const { page } = studio;
    await text(page).locator('p').last().click();
    await page.keyboard.press('Home');
    await page.keyboard.press('Shift+ControlOrMeta+ArrowRight');
    await page.keyboard.press('ControlOrMeta+Alt+m');
    await page.getByRole('textbox', { name: 'What there is to say' }).fill('Which one?');
    await page.getByRole('button', { name: 'Add comment' }).click();
    const words = text(page).locator('.comment-words');
    await expect.poll(() => words.allInnerTexts()).toEqual(['Morning']);
    await text(page).locator('p').last().click();
    await page.keyboard.press('Home');
    await page.keyboard.type('Then: ');
    await saved(page);
    await reopen();
    const again = text(studio.page).locator('.comment-words');
    await expect.poll(() => again.allInnerTexts()).toEqual(['Morning']);
  });

  it('shows the whole book, with every chapter to be written in', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Add chapter' }).first().click();
    await page.getByText('Whole book').click();
    const second = page.getByRole('textbox', { name: 'Chapter 2 text' });
    await second.click();
    await page.keyboard.type('Of two.');
    await page.getByRole('article', { name: 'One' }).getByText('The keeper').waitFor();
    await saved(page);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });

  it('loses nothing that was saved when the engine is killed in the middle of a word', async () => {
    const { page } = studio;
    await page.getByRole('radio', { name: 'Write' }).click();
    await chapters(page).first().click();
    await text(page).locator('p').last().click();
    await page.keyboard.press('End');
    await page.keyboard.type(' And they rowed out to it');
    await saved(page);
    const before = await lines(page);
    await page.keyboard.type(', all of th', { delay: 5 });
    await studio.kill();
    await open();
    await studio.page
      .getByRole('button', { name: /Untitled/ })
      .first()
      .click();
    await text(studio.page).waitFor();
    const after = await lines(studio.page);
    expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
    expect(after.at(-1)?.startsWith(before.at(-1) ?? 'nothing')).toBe(true);
    expect(await cliJson(['project', 'check', project], env)).toMatchObject({ ok: true });
  });
});
