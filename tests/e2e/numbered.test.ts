import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeColours, writePicture, writeRow } from '../media/numberedFixture.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-numbered');
const env = cliEnvironment(folder);
const project = join(folder, 'film.inkreel');
const shots = join(folder, 'shots');
let studio: Studio;

beforeAll(async () => {
  await cliJson(['project', 'new', project, '--fps', '30000/1001', '--size', '640x360'], env);
  await writeRow(shots, 'walk', 40);
  rmSync(join(shots, 'walk_037.png'));
  await writePicture(join(shots, 'cover.png'), 1);
  studio = await openStudio(env, { width: 1280, height: 800 }, [project]);
});
afterAll(async () => {
  await studio.close();
});

const dialog = () => studio.page.getByRole('dialog', { name: 'Import numbered pictures' });

/** Chooses a picture in the file dialog, and gives what is said of it. */
async function choose(name: string) {
  const { page } = studio;
  const files = page.getByRole('dialog', { name: 'Choose one of the numbered pictures' });
  await files.getByRole('textbox', { name: 'Folder' }).fill(shots);
  await page.keyboard.press('Enter');
  await files.getByRole('option', { name }).dblclick();
  await dialog().waitFor();
}

async function look(name: string): Promise<void> {
  const place = process.env['INKREEL_LOOK'];
  if (place !== undefined) await studio.page.screenshot({ path: `${place}-${name}.png` });
}

/** The colour in the middle of the preview. */
function shownColour(): Promise<string> {
  const canvas = studio.page.getByRole('region', { name: 'Preview' }).locator('canvas').first();
  return canvas.evaluate((element) => {
    const context = new OffscreenCanvas(1, 1).getContext('2d');
    if (context === null) throw new Error('No canvas to read with');
    context.drawImage(element as HTMLCanvasElement, 0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    const bright = [red, green, blue].map((value) => (value > 127 ? '1' : '0')).join('');
    const names: Record<string, string> = {
      ...{ '100': 'red', '010': 'green', '001': 'blue', '111': 'white', '000': 'black' },
    };
    return names[bright] ?? bright;
  });
}

it('imports numbered pictures as one clip, and says what is left out', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'Import numbered pictures…' }).click();
  await choose('cover.png');
  await dialog().getByRole('alert').getByText('has no number at the end of its name').waitFor();
  await dialog().getByRole('button', { name: 'Choose another picture…' }).click();
  await choose('walk_020.png');
  await dialog().getByText('36 pictures, walk_001.png to walk_036.png').waitFor();
  await dialog().getByText('3 more pictures with this name are left out').waitFor();
  const rate = dialog().getByRole('textbox', { name: 'Pictures per second' });
  expect(await rate.inputValue()).toBe('29.97');
  await rate.fill('fast');
  await dialog().getByText('Type a number such as 25 or 29.97.').waitFor();
  await rate.fill('12');
  await dialog().getByText('The clip lasts 3 s. The timeline has 29.97.').waitFor();
  expect(await accessibilityViolations(page)).toEqual([]);
  await look('form');
  await page.keyboard.press('Enter');
  await dialog().waitFor({ state: 'hidden' });
  const movie = 'walk 001–036.mov';
  expect(existsSync(join(shots, movie))).toBe(true);
  await page.locator('[data-asset]').getByText(movie).waitFor();
  await look('library');
});

it('asks before it replaces a movie', async () => {
  const { page } = studio;
  await page.getByRole('button', { name: 'More ways to import' }).click();
  await page.getByRole('menuitem', { name: 'Import numbered pictures…' }).click();
  await choose('walk_001.png');
  await dialog().getByRole('button', { name: 'Import as one clip' }).click();
  await dialog().getByRole('alert').getByText('already exists').waitFor();
  await look('taken');
  await dialog().getByRole('button', { name: 'Replace the movie' }).click();
  await dialog().waitFor({ state: 'hidden' });
  await page.getByText('Import walk 001–036.mov: done.').last().waitFor();
});

it('shows each picture in the preview, clear where it is', async () => {
  const { page } = studio;
  await writeColours(shots, 'tint', 1, ['ff0000', '00ff00', '0000ff', 'ffffff', 'ffffff00']);
  await page.getByRole('button', { name: 'More ways to import' }).click();
  await page.getByRole('menuitem', { name: 'Import numbered pictures…' }).click();
  await choose('tint1.png');
  await dialog().getByRole('button', { name: 'Import as one clip' }).click();
  await dialog().waitFor({ state: 'hidden' });
  const card = page.locator('[data-asset]').filter({ hasText: 'tint 1–5.mov' });
  await card.focus();
  await page.keyboard.press('Enter');
  for (const [frame, colour] of [
    [2, 'blue'],
    [0, 'red'],
    [1, 'green'],
    [3, 'white'],
    [4, 'black'],
  ] as const) {
    await page.getByRole('button', { name: /^Playhead at/ }).click();
    await page.getByRole('textbox', { name: 'Go to time' }).fill(`${frame}f`);
    await page.keyboard.press('Enter');
    await expect.poll(shownColour).toBe(colour);
  }
});

it('tells in the dialog which picture is wrong, with what was typed still there', async () => {
  const { page } = studio;
  await writePicture(join(shots, 'walk_030.png'), 3, { size: '32x24' });
  await page.getByRole('button', { name: 'More ways to import' }).click();
  await page.getByRole('menuitem', { name: 'Import numbered pictures…' }).click();
  await choose('walk_001.png');
  await dialog().getByRole('textbox', { name: 'Pictures per second' }).fill('15');
  await dialog().getByRole('button', { name: 'Import as one clip' }).click();
  await dialog().getByRole('button', { name: 'Replace the movie' }).click();
  await dialog().getByRole('alert').getByText('“walk_030.png” has 32 × 24 pixels').waitFor();
  await look('wrong');
  const rate = dialog().getByRole('textbox', { name: 'Pictures per second' });
  expect(await rate.inputValue()).toBe('15');
  expect(await accessibilityViolations(page)).toEqual([]);
  expect(studio.complaints).toEqual([]);
});
