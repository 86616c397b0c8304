import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-preview');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('numbers.inkreel');
let studio: Studio;

/** Two parts of a 30 fps source and one of a 60 fps source, on a 30 fps timeline. */
const PARTS = [
  { file: 'a30.mp4', perFrame: 1, in: 20, out: 80 },
  { file: 'a30.mp4', perFrame: 1, in: 150, out: 200 },
  { file: 'b60.mp4', perFrame: 2, in: 10, out: 60 },
];

/** The number that a frame of the timeline must show: the last source frame that starts before its middle. */
function expectedNumber(frame: number): number {
  let start = 0;
  for (const part of PARTS) {
    const length = part.out - part.in;
    if (frame < start + length)
      return Math.ceil((part.in + frame - start + 0.5) * part.perFrame) - 1;
    start += length;
  }
  throw new RangeError(`Frame ${frame} is behind the film`);
}

/** Reads the number that the preview shows from its pixels: 16 columns in the lower half, least significant first. */
function shownNumber(page: Page): Promise<number> {
  return page
    .getByRole('region', { name: 'Preview' })
    .locator('canvas')
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { width, height } = canvas;
      const copy = new OffscreenCanvas(width, height);
      const context = copy.getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('No canvas to read with');
      context.drawImage(canvas, 0, 0);
      let number = 0;
      for (let bit = 0; bit < 16; bit++) {
        const x = Math.floor(((bit + 0.5) * width) / 16);
        const [red = 0] = context.getImageData(x, Math.floor(height * 0.75), 1, 1).data;
        if (red > 126) number += 2 ** bit;
      }
      return number;
    });
}

async function goToFrame(page: Page, frame: number): Promise<void> {
  await page.getByRole('button', { name: /^Playhead at/ }).click();
  await page.getByRole('textbox', { name: 'Go to time' }).fill(`${frame}f`);
  await page.keyboard.press('Enter');
}

beforeAll(async () => {
  await makeNumberedFootage({ path: at('a30.mp4'), frames: 240, rate: '30', gop: 250 });
  await makeNumberedFootage({ path: at('b60.mp4'), frames: 180, rate: '60' });
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, '--fps', '30', '--size', '320x180'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string; path: string }[] }>(
    ['media', 'import', project, at('a30.mp4'), at('b60.mp4')],
    env,
  );
  const commands = PARTS.map((part) => ({
    type: 'clip.append',
    timelineId,
    assetId: assets.find((asset) => asset.path === at(part.file))?.id,
    in: `${part.in}f`,
    out: `${part.out}f`,
  }));
  writeFileSync(at('parts.json'), JSON.stringify(commands));
  await cliJson(['edit', project, '--commands', at('parts.json')], env);
  studio = await openStudio(env, { width: 1280, height: 800 }, [project]);
  await studio.page.getByRole('button', { name: /^Playhead at/ }).waitFor();
});
afterAll(async () => {
  await studio.close();
});

describe('the preview', () => {
  it('shows exactly the frame that was asked for, forwards, backwards, at both sides of a cut', async () => {
    for (const frame of [0, 1, 59, 60, 61, 30, 109, 110, 111, 159, 5, 100, 140, 60]) {
      await goToFrame(studio.page, frame);
      await expect
        .poll(() => shownNumber(studio.page), { timeout: 20_000, message: `frame ${frame}` })
        .toBe(expectedNumber(frame));
    }
  });

  it('plays on from the playhead, and stops at the end', async () => {
    const { page } = studio;
    await goToFrame(page, 100);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 30_000 });
    const words = await page.getByRole('button', { name: /^Playhead at/ }).innerText();
    expect(words).toContain('00:00:05:');
    await expect.poll(() => shownNumber(page), { timeout: 20_000 }).toBe(expectedNumber(159));
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });
});
