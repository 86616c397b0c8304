import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-preflight');
const env = cliEnvironment(folder);
const project = join(folder, 'book.inkreel');
const MANUSCRIPT = `---
title: The Keeper
author: Ann Lee
language: en-GB
description: A small film crew comes to a harbour town and asks for the one thing it never gave.
---

# The Light

He came late.

"Put it out," she said -- and the light , which had burned since 1871-1874, went out..

![](lamp.png)

# The Dark

He saw the the sea, and (nothing else.
`;
let studio: Studio;

beforeAll(async () => {
  await writeFile(join(folder, 'book.md'), MANUSCRIPT);
  await cliJson(['project', 'new', project], env);
  await cliJson(['book', 'import', project, join(folder, 'book.md')], env);
  studio = await openStudio(env, { width: 1280, height: 800, theme: 'dark' }, [project]);
  await studio.page
    .getByRole('button', { name: 'Book', exact: true })
    .or(studio.page.getByRole('link', { name: 'Book', exact: true }))
    .first()
    .click();
});
afterAll(async () => {
  await studio.close();
});

const texts = () => studio.page.getByRole('textbox', { name: 'Chapter text' });

describe('preflight in the book room', () => {
  it('counts what was found, and shows it by rule', async () => {
    const { page } = studio;
    await page.getByRole('tab', { name: /^Preflight \(\d+\)$/ }).click();
    await page.getByRole('heading', { name: 'Must be fixed' }).waitFor();
    await page.getByRole('button', { name: /^A picture has no description/ }).waitFor();
    await page.getByRole('button', { name: /^Two full stops stand in a row/ }).click();
    await page.getByText('A sentence ends with one.').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    if (process.env['INKREEL_LOOK'] !== undefined)
      await page.screenshot({ path: `${process.env['INKREEL_LOOK']}-dark.png` });
  });

  it('goes to the place that a finding names', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /^The same word stands twice/ }).click();
    await page.getByRole('button', { name: /He saw the·the sea/ }).click();
    await expect.poll(() => texts().innerText()).toContain('the the sea');
    await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('the the');
  });

  it('ignores a place, and speaks of it again', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /He saw the·the sea/ }).hover();
    await page.getByRole('button', { name: 'Ignore here' }).last().click();
    await page.getByText('1 thing is ignored in this book.').waitFor();
    await expect
      .poll(() => page.getByRole('button', { name: /^The same word stands twice/ }).count())
      .toBe(0);
    await page.getByRole('button', { name: 'Show again' }).click();
    await page.getByRole('button', { name: /^The same word stands twice/ }).waitFor();
  });

  it('mends what is safe as one step that can be undone', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Fix all that is safe' }).click();
    await page.getByText(/\d+ places were mended/).waitFor();
    await page
      .getByRole('button', { name: 'The Light', exact: true })
      .or(page.getByText('The Light', { exact: true }))
      .first()
      .click();
    await expect
      .poll(() => texts().innerText())
      .toContain(
        '“Put it out,” she said – and the light, which had burned since 1871–1874, went out.',
      );
    if (process.env['INKREEL_LOOK'] !== undefined) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.screenshot({ path: `${process.env['INKREEL_LOOK']}-light.png` });
    }
    await page.getByRole('button', { name: /^Undo: Mend text/ }).click();
    await expect.poll(() => texts().innerText()).toContain('went out..');
    expect(studio.complaints).toEqual([]);
  });
});
