import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { epubcheck } from '../support/epubcheck.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-book');
const env = cliEnvironment(folder);
const project = join(folder, 'projects', 'Untitled book.inkreel');
const WORDS = 'The boat came in before the light went out.';
let studio: Studio;

beforeAll(async () => {
  studio = await openStudio(env, { width: 1280, height: 800, theme: 'light' });
});
afterAll(async () => {
  await studio.close();
});

describe('a book in the studio', () => {
  it('begins from an empty home', async () => {
    const { page } = studio;
    await page.getByText('What are you making?').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: /^New book/ }).click();
    await page.getByRole('textbox', { name: 'Chapter text' }).waitFor();
    expect(existsSync(project)).toBe(true);
  });

  it('keeps what is written, over a restart, and can undo it after', async () => {
    const { page } = studio;
    await page.getByRole('textbox', { name: 'Chapter text' }).fill(WORDS);
    await page.getByText('9 words in this chapter').waitFor();
    await page.getByText('Saved').waitFor();
    await studio.close();

    studio = await openStudio(env, { width: 1280, height: 800, theme: 'light' });
    await studio.page
      .getByRole('button', { name: /Untitled/ })
      .first()
      .click();
    const text = studio.page.getByRole('textbox', { name: 'Chapter text' });
    await text.waitFor();
    expect(await text.innerText()).toBe(WORDS);
    await studio.page.getByRole('button', { name: /^Undo: Write/ }).click();
    await expect.poll(async () => (await text.innerText()).trim()).toBe('');
    await studio.page.getByRole('button', { name: /^Redo: Write/ }).click();
    await expect.poll(() => text.innerText()).toBe(WORDS);
    expect(await accessibilityViolations(studio.page)).toEqual([]);
  });

  it('shows typeset pages', async () => {
    const { page } = studio;
    await page.getByRole('textbox', { name: 'Authors' }).fill('A. Tester');
    await page.getByRole('textbox', { name: 'Authors' }).press('Enter');
    await page
      .getByRole('radio', { name: 'Preview' })
      .or(page.getByText('Preview', { exact: true }))
      .first()
      .click();
    await page.getByText(/Pages? 1.* of \d+/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('exports an EPUB that passes EPUBCheck', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Export book' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^EPUB/ }).check();
    await dialog.getByRole('textbox', { name: 'File' }).fill('book');
    await dialog.getByRole('switch', { name: /^Report of what was checked/ }).click();
    await dialog.getByRole('button', { name: /^Export/ }).click();
    await dialog.getByText('Finished, and every check passed').waitFor();
    const book = join(folder, 'exports', 'book.epub');
    expect(await epubcheck(book)).toEqual([]);
    await dialog.getByText('The report stands beside the book').click();
    await dialog.getByText(`${book}.report.html`).waitFor();
    const verified = await cliJson(['book', 'verify', `${book}.report.json`], env);
    expect(verified).toMatchObject({ ok: true });
    expect(await cliJson(['project', 'check', project], env)).toMatchObject({ ok: true });
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });
});

describe('a book in Arabic', () => {
  it('is written and leafed through from right to left', async () => {
    const arabic = join(folder, 'arabic.inkreel');
    const source = join(folder, 'arabic.md');
    const text = 'عاد الضوء إلى الميناء بعد سنين، ولم يكن أحد هناك ليراه. '.repeat(20);
    writeFileSync(source, `---\ntitle: ضوء الميناء\nlanguage: ar\n---\n\n# الفصل ١\n\n${text}\n`);
    await cliJson(['project', 'new', arabic, '--fps', '25', '--size', '1280x720'], env);
    await cliJson(['book', 'import', arabic, source], env);
    const opened = await openStudio(env, { width: 1280, height: 800, theme: 'dark' }, [arabic]);
    const { page } = opened;
    const direction = (name: string) =>
      page
        .getByRole('textbox', { name, exact: true })
        .evaluate((field) => getComputedStyle(field).direction);
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByRole('textbox', { name: 'Chapter text' }).waitFor();
    expect(await direction('Chapter text')).toBe('rtl');
    expect(await direction('Chapter title')).toBe('rtl');
    expect(await direction('Title')).toBe('rtl');

    await page.getByRole('radio', { name: 'Preview' }).click();
    await page.getByText('Page 1 of').waitFor();
    const x = async (name: string) =>
      (await page.getByRole('button', { name }).boundingBox())?.x ?? Number.NaN;
    expect(await x('Next pages')).toBeLessThan(await x('Previous pages'));
    await page.getByRole('region', { name: 'Facing pages' }).press('ArrowLeft');
    await page.getByText('Pages 2–3 of').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });
});
