import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ShelfBook } from '#core/contract/library.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio } from '../support/studio.ts';

const folder = testFolder('e2e-library');
const env = cliEnvironment(folder);

async function makeBook(title: string, author: string): Promise<string> {
  const path = join(folder, `${title}.inkreel`);
  await cliJson(['project', 'new', path], env);
  await cliJson(['book', 'new', path, '--title', title, '--author', author], env);
  return path;
}

function booksIn(path: string): Partial<ShelfBook>[] {
  const file = ProjectFile.open(path, { writing: 'when-needed' });
  const books = file.project.all('book').map(({ metadata, status, archived }) => ({
    metadata,
    status: status ?? 'draft',
    archived: archived ?? false,
  }));
  file.close();
  return books;
}

it('keeps a shelf: search, publish, copy, archive, delete and take back, open', async () => {
  const harbour = await makeBook('Harbour', 'Ann O’Neil');
  await makeBook('Tides', 'Zoë Abel');
  const studio = await openStudio(env);
  try {
    const { page } = studio;
    const card = (title: string) => page.getByRole('button', { name: new RegExp(`^${title}`) });
    const choose = async (title: string, action: string) => {
      await page.getByRole('button', { name: `More for ${title}` }).click();
      await page.getByRole('menuitem', { name: action }).click();
    };
    await page.getByRole('button', { name: 'Library' }).click();
    await card('Harbour').waitFor();
    await card('Tides').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);

    await page.getByRole('searchbox', { name: 'Search the shelf' }).fill('zoe');
    await card('Harbour').waitFor({ state: 'detached' });
    expect(await card('Tides').isVisible()).toBe(true);
    await page.getByRole('searchbox').fill('');

    await choose('Harbour', 'Mark as published');
    await page.getByText('“Harbour” is published now.').waitFor();
    await page.getByRole('radio', { name: 'Published 1' }).click();
    await card('Tides').waitFor({ state: 'detached' });
    expect(booksIn(harbour)).toMatchObject([{ status: 'published' }]);

    await choose('Harbour', 'Duplicate');
    await page.getByRole('radio', { name: 'All 3' }).click();
    await card('Harbour \\(copy\\)').waitFor();
    const [first, copy] = booksIn(harbour);
    expect(copy?.metadata?.identifier).not.toBe(first?.metadata?.identifier);

    await choose('Tides', 'Archive');
    await page.getByRole('radio', { name: 'Archived 1' }).click();
    await card('Tides').waitFor();
    await choose('Tides', 'Put back');
    await page.getByRole('radio', { name: 'All 3' }).click();

    await card('Harbour \\(copy\\)').focus();
    await page.keyboard.press('Delete');
    await page.getByText('“Harbour (copy)” was deleted').waitFor();
    await card('Harbour \\(copy\\)').waitFor({ state: 'detached' });
    expect(booksIn(harbour)).toHaveLength(1);
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await card('Harbour \\(copy\\)').waitFor();
    expect(booksIn(harbour)).toHaveLength(2);

    await card('Tides').focus();
    await page.keyboard.press('Home');
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    const start = await focused();
    await page.keyboard.press('ArrowRight');
    expect(await focused()).not.toBe(start);
    await page.keyboard.press('ArrowLeft');
    expect(await focused()).toBe(start);

    await card('Tides').click();
    await page.getByRole('button', { name: 'Book', exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Book', level: 1 }).waitFor({ state: 'attached' });
    expect(studio.complaints).toEqual([]);
  } finally {
    await studio.close();
  }
});

it('shows what a shelf is for while it is empty', async () => {
  const studio = await openStudio(cliEnvironment(join(folder, 'empty')));
  try {
    const { page } = studio;
    await page.getByRole('button', { name: 'Library' }).click();
    await page.getByRole('heading', { name: 'No books yet' }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  } finally {
    await studio.close();
  }
});
