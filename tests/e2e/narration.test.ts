import { writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '#engine/process/run.ts';
import { hasEspeak } from '../narration/narratedBook.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { bookFrames, openBook } from '../support/reader.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-narration');
const env = cliEnvironment(folder);
const project = join(folder, 'projects', 'lamp.inkreel');
const exported = (name: string) => join(folder, 'exports', name);

const BOOK = `---
title: The Lamp
author: Ann Tester
language: en
---

# The Lamp

Skerrow had one lamp. Nobody had ever asked it to stop.

# The Boat

The boat came in before the light went out.
`;

/** The words that light up while they are read. */
async function litUp(page: Page): Promise<string> {
  const lit = await Promise.all(
    bookFrames(page).map((frame) =>
      frame.evaluate(() =>
        Array.from(
          document.querySelectorAll('.-epub-media-overlay-active'),
          (one) => one.textContent,
        ).join(' '),
      ),
    ),
  );
  return lit.join('');
}

describe.skipIf(!hasEspeak)('a book that is read aloud', () => {
  let studio: Studio;

  beforeAll(async () => {
    writeFileSync(join(folder, 'lamp.md'), BOOK);
    await cliJson(['project', 'new', project], env);
    await cliJson(['book', 'import', project, join(folder, 'lamp.md')], env);
    studio = await openStudio(env, { width: 1280, height: 800 }, [project]);
  });
  afterAll(() => studio.close());

  async function exportAs(format: RegExp, file: string): Promise<void> {
    const { page } = studio;
    await page.getByRole('button', { name: 'Export book' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: format }).check();
    await dialog.getByRole('textbox', { name: 'File' }).fill(file);
    await dialog.getByRole('combobox', { name: 'Voice' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: /^Export/ }).click();
    await dialog.getByText('Finished, and every check passed').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  }

  it('is set up in the export dialog, and what is chosen stays with the book', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Export book' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Audiobook Read/ }).check();
    await dialog.getByRole('combobox', { name: 'Speed' }).click();
    await page.getByRole('option', { name: 'Brisk' }).click();
    const words = dialog.getByRole('textbox', { name: 'Pronunciation' });
    await words.fill('Skerrow = Skerroe');
    await words.blur();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Saved').waitFor();
    await page.reload();
    await page.getByRole('button', { name: /^lamp/ }).first().click();
    await page.getByRole('button', { name: 'Export book' }).click();
    await dialog.getByRole('radio', { name: /^Audiobook Read/ }).check();
    await expect
      .poll(() => dialog.getByRole('combobox', { name: 'Speed' }).innerText())
      .toBe('Brisk');
    expect(await words.inputValue()).toBe('Skerrow = Skerroe');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('becomes an audiobook with a chapter for each of its own', async () => {
    await exportAs(/^Audiobook Read/, 'lamp');
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-show_chapters', '-of', 'json', exported('lamp.m4b')],
    ]);
    const { chapters } = JSON.parse(stdout) as { chapters: { tags: { title: string } }[] };
    expect(chapters.map(({ tags }) => tags.title)).toEqual(
      expect.arrayContaining(['The Lamp', 'The Boat']),
    );
  });

  it('is read along in the reader, sentence after sentence', async () => {
    await exportAs(/^Book with read-along/, 'lamp');
    expect((await stat(exported('lamp.epub'))).size).toBeGreaterThan(0);
    const { page } = studio;
    await openBook(page, exported('lamp.epub'));
    await page.getByRole('button', { name: 'Read aloud' }).click();
    for (const sentence of ['Skerrow had one lamp.', 'Nobody had ever asked it to stop.'])
      await expect.poll(() => litUp(page)).toContain(sentence);
    await page.getByRole('button', { name: 'Pause reading aloud' }).click();
    await page.getByRole('button', { name: 'Stop reading aloud' }).click();
    await expect.poll(() => litUp(page)).toBe('');
  });
});
