import { existsSync, renameSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '#engine/process/run.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-export');
const env = cliEnvironment(folder);
const project = join(folder, 'film.inkreel');
const media = join(folder, 'pictures.mp4');
const exported = (name: string) => join(folder, 'exports', name);
/** Three pieces, of which two are made at a time. */
const SECONDS = 36;
let studio: Studio;
let page: Page;
let dialog: Locator;

beforeAll(async () => {
  const filter = ['-v', 'error', '-f', 'lavfi', '-i'];
  const quick = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-shortest'];
  const { exitCode } = await run('ffmpeg', [
    ...[...filter, `testsrc2=size=480x270:rate=30:duration=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `sine=frequency=440:duration=${SECONDS}`],
    ...[...quick, media],
  ]);
  expect(exitCode).toBe(0);
  await cliJson(['project', 'new', project, '--fps', '30', '--size', '480x270'], env);
  await cliJson(['media', 'import', project, media], env);
  const info = await cliJson<{ timelines: { id: string }[]; assets: { id: string }[] }>(
    ['project', 'info', project],
    env,
  );
  const [timelineId, assetId] = [info.timelines[0]?.id, info.assets[0]?.id];
  const commands = join(folder, 'append.json');
  await writeFile(commands, JSON.stringify([{ type: 'clip.append', timelineId, assetId }]));
  await cliJson(['edit', project, '--commands', commands], env);
  await open();
});
afterAll(async () => {
  await studio.close();
});

async function open(): Promise<void> {
  await start();
  await page.getByRole('region', { name: 'Timeline' }).getByText('pictures.mp4').first().waitFor();
}

async function start(): Promise<void> {
  studio = await openStudio(env, { width: 1280, height: 800 }, [project]);
  page = studio.page;
  // Films are made here, on computers that may have much else to do.
  page.setDefaultTimeout(90_000);
  dialog = page.getByRole('dialog', { name: /^Export/ });
}

async function openForm(): Promise<void> {
  await page.getByRole('button', { name: 'Export film' }).first().click();
  await dialog.getByRole('radio', { name: /^Draft/ }).waitFor();
}

const submit = () => dialog.getByRole('button', { name: /^(Export film|Add to the queue)$/ });

/** Puts a film in the queue and leaves the dialog. */
async function queue(preset: RegExp, name: string): Promise<void> {
  await openForm();
  await dialog.getByRole('radio', { name: preset }).check();
  await dialog.getByRole('textbox', { name: 'File' }).fill(name);
  await submit().click();
  await dialog.getByRole('button', { name: 'Cancel export' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function openJobs(): Promise<Locator> {
  const panel = page.getByRole('dialog', { name: 'Jobs' });
  if (!(await panel.isVisible()))
    await page.getByRole('button', { name: /^(Jobs|\d+ job)/ }).click();
  await panel.waitFor();
  return panel;
}

const row = (panel: Locator, name: string) =>
  panel.getByRole('article', { name: `Export ${name}` });
/** Titles of the exports that are not over, in the order in which they are listed. */
const inTurn = async (panel: Locator) =>
  (
    await panel
      .getByRole('region', { name: 'Exports' })
      .getByRole('heading', { level: 3 })
      .allInnerTexts()
  ).map((title) => title.replace('Export ', ''));

async function streamsOf(path: string): Promise<string[]> {
  const entries = ['-show_entries', 'stream=codec_name', '-of', 'csv=p=0'];
  const { stdout } = await run('ffprobe', ['-v', 'error', ...entries, path]);
  return stdout.trim().split(/\s+/);
}

describe('the form', () => {
  it('says what a preset makes, what it comes to, and is all there for the keyboard', async () => {
    await openForm();
    await dialog.getByRole('radio', { name: /^Web 720p/ }).check();
    await dialog.getByRole('heading', { name: 'Web 720p' }).waitFor();
    await dialog.getByText(/1,080 frames · about [\d.]+ MB · .* free/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    // From the chosen preset to the name, where to put it, the settings, and on to the end.
    const reached: string[] = [];
    await dialog.getByRole('radio', { name: /^Web 720p/ }).focus();
    for (let step = 0; step < 6; step++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(() => {
          const element = document.activeElement;
          const name = element instanceof HTMLInputElement ? element.labels?.[0] : element;
          return name?.textContent ?? '';
        }),
      );
    }
    expect(reached.slice(0, 2)).toEqual(['File', 'Choose…']);
    expect(reached[2]).toMatch(/^All settings/);
    expect(reached.slice(3, 5)).toEqual(['Cancel', 'Export film']);
  });

  it('offers only what goes together, and remembers it for the project', async () => {
    await dialog.getByRole('radio', { name: /^Custom/ }).check();
    await dialog.getByRole('combobox', { name: 'Container' }).click();
    await page.getByRole('option', { name: 'WebM' }).click();
    expect(await dialog.getByRole('combobox', { name: 'Codec', exact: true }).innerText()).toBe(
      'VP9',
    );
    expect(await dialog.getByRole('combobox', { name: 'Sound codec' }).innerText()).toBe('Opus');
    await dialog.getByRole('combobox', { name: 'Sound codec' }).click();
    expect(await page.getByRole('option').allInnerTexts()).toEqual(['Opus', 'No sound']);
    await page.keyboard.press('Escape');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await openForm();
    expect(await dialog.getByRole('radio', { name: /^Custom/ }).isChecked()).toBe(true);
    expect(await dialog.getByRole('combobox', { name: 'Container' }).innerText()).toBe('WebM');
    await dialog.getByText(/\.webm$/).waitFor();
  });

  it('makes sound alone of one’s own settings, with the Enter key', async () => {
    await dialog.getByRole('combobox', { name: 'Container' }).click();
    await page.getByRole('option', { name: 'FLAC' }).click();
    expect(await dialog.getByRole('region', { name: 'Picture' }).count()).toBe(0);
    await dialog.getByRole('textbox', { name: 'File' }).fill('alone');
    await dialog.getByRole('textbox', { name: 'File' }).press('Enter');
    await dialog.getByText(/^Finished/).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await streamsOf(exported('alone.flac'))).toEqual(['flac']);
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  it('says beforehand that a file is there, and replaces it only when told to', async () => {
    await openForm();
    await dialog.getByRole('textbox', { name: 'File' }).fill('alone');
    await dialog.getByText('A file of this name is there already').waitFor();
    expect(await dialog.getByRole('button', { name: 'Replace the file' }).isEnabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});

describe('the queue', () => {
  it('pauses an export and goes on with what it had, telling how much of it there is', async () => {
    await openForm();
    await dialog.getByRole('radio', { name: /^Master 480/ }).check();
    await dialog.getByRole('textbox', { name: 'File' }).fill('first');
    // Copying would be over before it could be paused.
    await dialog.getByText('All settings').click();
    await dialog.getByRole('combobox', { name: 'What is unchanged' }).click();
    await page.getByRole('option', { name: /^Encode/ }).click();
    await submit().click();
    const frames = dialog.getByRole('list', { name: 'Frames of the film' });
    await frames.getByText('Made now').waitFor({ timeout: 120_000 });
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await dialog.getByText('Paused', { exact: true }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await dialog.getByText(/^[\d,]+ of 1,080 frames$/).innerText()).not.toMatch(
      /^(0|1,080) /,
    );
    expect(existsSync(exported('first.mp4'))).toBe(false);

    await dialog.getByRole('button', { name: 'Go on' }).click();
    await frames.getByText('Made before').waitFor();
    await dialog.getByText('Finished, and every check passed').waitFor({ timeout: 150_000 });
    await dialog.getByText(/^How it was made: \d+ used again, \d+ made$/).waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(await streamsOf(exported('first.mp4'))).toEqual(['h264', 'aac']);
  });

  it('has an order that can be changed, and lets one go', async () => {
    // Long enough to be at work until all the others wait.
    await queue(/^YouTube 4K/, 'slow');
    await queue(/^Audio, WAV/, 'b');
    await queue(/^Audio, WAV/, 'c');
    await queue(/^Audio, WAV/, 'd');
    const panel = await openJobs();
    await panel.getByRole('button', { name: 'Pause all' }).click();
    await panel.getByRole('button', { name: 'Go on with all' }).waitFor();
    expect(await inTurn(panel)).toEqual(['slow.mp4', 'b.wav', 'c.wav', 'd.wav']);
    expect(await accessibilityViolations(page)).toEqual([]);

    await row(panel, 'd.wav').getByRole('button', { name: 'Make first' }).click();
    await row(panel, 'slow.mp4').getByRole('button', { name: 'Move down' }).click();
    await expect.poll(() => inTurn(panel)).toEqual(['d.wav', 'b.wav', 'slow.mp4', 'c.wav']);
    await row(panel, 'c.wav').getByRole('button', { name: 'Move up' }).click();
    await row(panel, 'b.wav').getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => inTurn(panel)).toEqual(['d.wav', 'c.wav', 'slow.mp4']);

    await row(panel, 'd.wav').getByRole('button', { name: 'Go on' }).click();
    await row(panel, 'd.wav').getByRole('button', { name: 'Open' }).waitFor();
    expect(existsSync(exported('d.wav'))).toBe(true);
    expect(existsSync(exported('b.wav'))).toBe(false);
    await row(panel, 'd.wav').getByRole('button', { name: 'Remove from the list' }).click();
    await row(panel, 'd.wav').waitFor({ state: 'hidden' });
    expect(existsSync(exported('d.wav'))).toBe(true);
  });

  it('keeps what was not finished for the next start, and begins nothing by itself', async () => {
    await page.keyboard.press('Escape');
    await studio.close();
    await start();
    await page.getByText('2 exports were not finished when Inkreel was closed.').waitFor();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    const panel = await openJobs();
    expect(await inTurn(panel)).toEqual(['c.wav', 'slow.mp4']);
    expect(await panel.getByText(/^Paused/).count()).toBe(2);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(existsSync(exported('c.wav'))).toBe(false);

    await row(panel, 'slow.mp4').getByRole('button', { name: 'Cancel' }).click();
    await row(panel, 'c.wav').getByRole('button', { name: 'Go on' }).click();
    await row(panel, 'c.wav').getByRole('button', { name: 'Open' }).waitFor();
    expect(await streamsOf(exported('c.wav'))).toEqual(['pcm_s24le']);
    await page.keyboard.press('Escape');
  });

  it('fails with a sentence when media goes missing, and makes the film when it is back', async () => {
    await queue(/^YouTube 4K/, 'busy');
    await queue(/^Audio, WAV/, 'gone');
    let panel = await openJobs();
    await row(panel, 'gone.wav').getByRole('button', { name: 'Pause' }).click();
    await row(panel, 'busy.mp4').getByRole('button', { name: 'Cancel' }).click();
    renameSync(media, `${media}.away`);
    await row(panel, 'gone.wav').getByRole('button', { name: 'Go on' }).click();
    const again = row(panel, 'gone.wav').getByRole('button', { name: 'Try again' });
    await again.waitFor();
    expect(await row(panel, 'gone.wav').innerText()).toMatch(/pictures\.mp4/);
    await page.keyboard.press('Escape');

    await openForm();
    const missing = dialog.getByRole('region', { name: 'Missing media' });
    await missing.getByText(/A file of the film is missing: pictures\.mp4/).waitFor();
    expect(await submit().isDisabled()).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
    await missing.getByRole('radio', { name: 'Slates in their place' }).click();
    await expect.poll(() => submit().isEnabled()).toBe(true);
    await missing.getByRole('radio', { name: 'Do not export' }).click();
    await page.keyboard.press('Escape');

    renameSync(`${media}.away`, media);
    panel = await openJobs();
    await again.click();
    await row(panel, 'gone.wav').getByRole('button', { name: 'Open' }).waitFor();
    expect(await streamsOf(exported('gone.wav'))).toEqual(['pcm_s24le']);
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });
});
