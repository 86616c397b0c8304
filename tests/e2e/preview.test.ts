import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
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

/** A stretch of the film: how long, and the moment of its source in the middle of its frame `index`, in source frames. */
type Part = { length: number; moment: (index: number) => number };
const part = (length: number, moment: (index: number) => number): Part => ({ length, moment });

/** Numbered parts from frame 0 on, on a 30 fps timeline. The last two run along a curve and in a 25 fps timeline. */
const PARTS: Part[] = [
  part(60, (index) => 20 + index + 0.5),
  part(50, (index) => 150 + index + 0.5),
  part(50, (index) => (10 + index + 0.5) * 2),
  part(60, (index) => 100 + (index + 0.5) / 2),
  part(30, (index) => 60 + (index + 0.5) * 2),
  part(60, (index) => 160 - (index + 0.5)),
  part(30, () => 52.5),
  part(60, (index) => (index < 30 ? 30 + (index + 0.5) * 2 : 90 - (index - 29.5))),
  part(60, (index) => ((10 + lastBefore(((index + 0.5) / 30) * 25) + 0.5) / 25) * 60),
];

/** Frames to look at, each at the beginning, in the middle and at the end of a part, and back again. */
const LOOKED_AT = [
  0, 1, 59, 60, 61, 30, 109, 110, 111, 159, 5, 100, 140, 60, 160, 161, 190, 219, 220, 235, 249, 250,
  251, 280, 309, 270, 310, 330, 339, 340, 355, 369, 370, 371, 399, 380, 400, 401, 402, 430, 459,
  255,
];

function lastBefore(moment: number): number {
  return Math.ceil(moment - 1e-9) - 1;
}

/** The number that a frame of the timeline must show: the last source frame that starts before its middle. */
function expectedNumber(frame: number): number {
  let start = 0;
  for (const { length, moment } of PARTS) {
    if (frame < start + length) return lastBefore(moment(frame - start));
    start += length;
  }
  throw new RangeError(`Frame ${frame} is behind the numbered parts`);
}

/** What comes after the numbered parts, by its first frame; compared with frames of the export. */
const LOOKS = { push: 485, wipe: 515, turned: 550, titled: 580, last: 610, end: 640 };

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

/** A frame as the export writes it, as the address of a picture. */
async function exportedFrame(frame: number): Promise<string> {
  const png = at(`frame-${frame}.png`);
  await cliJson(['frame', project, '--at', String(frame), '--out', png], env);
  return `data:image/png;base64,${readFileSync(png).toString('base64')}`;
}

/** Mean difference of what the preview shows from another picture, of 255, at 64 × 36 points. */
function differenceFrom(page: Page, exported: string): Promise<number> {
  return page
    .getByRole('region', { name: 'Preview' })
    .locator('canvas')
    .first()
    .evaluate(async (element, source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const pixels = [element as HTMLCanvasElement, image].map((picture) => {
        const context = new OffscreenCanvas(64, 36).getContext('2d', { willReadFrequently: true });
        if (context === null) throw new Error('No canvas to read with');
        context.imageSmoothingQuality = 'high';
        context.drawImage(picture, 0, 0, 64, 36);
        return context.getImageData(0, 0, 64, 36).data;
      });
      const [shown = [], wanted = []] = pixels.map((data) => [...data]);
      const sum = shown.reduce((total, value, index) => {
        return total + Math.abs(value - (wanted[index] ?? 0));
      }, 0);
      return sum / (64 * 36 * 3);
    }, exported);
}

/** Every way in which the model can show a picture, one after the other. */
function commandsFor(timelineId: string, assets: Record<string, string | undefined>) {
  const append = (id: string, file: string, from: number, to: number, on = timelineId) => ({
    type: 'clip.append',
    timelineId: on,
    assetId: assets[file],
    in: `${from}f`,
    out: `${to}f`,
    use: 'picture',
    clipIds: [id],
  });
  const transition = (clipId: string, transitionKind: string, direction: string) => ({
    type: 'transition.add',
    clipId,
    edge: 'head',
    duration: '10f',
    transitionKind,
    direction,
  });
  const format = { frameRate: { num: 25, den: 1 }, width: 640, height: 360, sampleRateHz: 48_000 };
  return [
    { type: 'timeline.create', name: 'At 25', format, timelineId: 'plain' },
    { type: 'timeline.create', name: 'Titled', format, timelineId: 'titled' },
    append('c-a', 'a30.mp4', 20, 80),
    append('c-b', 'a30.mp4', 150, 200),
    append('c-60', 'b60.mp4', 10, 60),
    append('c-half', 'a30.mp4', 100, 130),
    { type: 'clip.setSpeed', clipIds: ['c-half'], speed: '50%' },
    append('c-double', 'a30.mp4', 60, 120),
    { type: 'clip.setSpeed', clipIds: ['c-double'], speed: '200%' },
    append('c-reverse', 'a30.mp4', 100, 160),
    { type: 'clip.setSpeed', clipIds: ['c-reverse'], reverse: true },
    append('c-freeze', 'a30.mp4', 40, 70),
    { type: 'clip.freeze', clipId: 'c-freeze', at: '322f', mode: 'whole' },
    append('c-curve', 'a30.mp4', 30, 90),
    {
      type: 'clip.setTimeKeys',
      clipId: 'c-curve',
      keys: [
        { time: '0f', source: '30f' },
        { time: '30f', source: '90f' },
        { time: '60f', source: '60f' },
      ],
    },
    append('n-60', 'b60.mp4', 10, 60, 'plain'),
    { type: 'nest.add', timelineId, nestedTimelineId: 'plain', use: 'picture' },
    append('c-1', 'a30.mp4', 90, 120),
    append('c-2', 'a30.mp4', 130, 160),
    append('c-3', 'a30.mp4', 20, 50),
    transition('c-2', 'push', 'left'),
    transition('c-3', 'wipe', 'down'),
    append('c-turned', 'a30.mp4', 100, 130),
    {
      type: 'clip.setParameters',
      clipIds: ['c-turned'],
      parameters: {
        scaleX: 0.6,
        scaleY: 0.5,
        rotation: 30,
        positionX: 0.1,
        cropLeft: 0.2,
        opacity: 0.8,
      },
    },
    append('n-titled', 'b60.mp4', 10, 35, 'titled'),
    {
      type: 'title.add',
      timelineId: 'titled',
      at: '0f',
      duration: '25f',
      fields: { title: 'Inside' },
    },
    {
      type: 'nest.add',
      timelineId,
      nestedTimelineId: 'titled',
      use: 'picture',
      clipIds: ['c-titled'],
    },
    {
      type: 'clip.setParameters',
      clipIds: ['c-titled'],
      parameters: { scaleX: 0.7, scaleY: 0.7, rotation: -8 },
    },
    {
      ...append('c-last', 'a30.mp4', 100, 130),
      use: 'picture-and-sound',
      clipIds: ['c-last', 's-last'],
    },
    { type: 'clip.setSpeed', clipIds: ['c-last'], reverse: true },
    { type: 'clip.setParameters', clipIds: ['s-last'], parameters: { pan: -0.5, gainDb: -6 } },
    { type: 'effect.add', clipIds: ['c-last'], effect: 'blur' },
    { type: 'track.add', timelineId, trackKind: 'video', name: 'Over', trackId: 'over' },
    {
      type: 'clip.overwrite',
      timelineId,
      assetId: assets['b60.mp4'],
      at: '550f',
      in: '0f',
      out: '60f',
      use: 'picture',
      videoTrackId: 'over',
      clipIds: ['c-over'],
    },
    { type: 'clip.setBlend', clipIds: ['c-over'], blend: 'screen' },
    { type: 'clip.setParameters', clipIds: ['c-over'], parameters: { scaleX: 0.4, scaleY: 0.4 } },
  ];
}

async function makeFilm(): Promise<void> {
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, '--fps', '30', '--size', '320x180'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string; path: string }[] }>(
    ['media', 'import', project, at('a30.mp4'), at('b60.mp4')],
    env,
  );
  const ids = Object.fromEntries(assets.map(({ id, path }) => [basename(path), id]));
  writeFileSync(at('commands.json'), JSON.stringify(commandsFor(timelineId, ids)));
  await cliJson(['edit', project, '--commands', at('commands.json')], env);
}

beforeAll(async () => {
  await makeNumberedFootage({ path: at('a30.mp4'), frames: 240, rate: '30', gop: 250 });
  await makeNumberedFootage({ path: at('b60.mp4'), frames: 180, rate: '60' });
  await makeFilm();
  studio = await openStudio(env, { width: 1280, height: 800 }, [project]);
  await studio.page.getByRole('button', { name: /^Playhead at/ }).waitFor();
});
afterAll(async () => {
  await studio.close();
});

describe('the preview', () => {
  it('shows exactly the frame that was asked for, at any speed, both ways, at both sides of a cut', async () => {
    const wrong: string[] = [];
    for (const frame of LOOKED_AT) {
      await goToFrame(studio.page, frame);
      const expected = expectedNumber(frame);
      await expect
        .poll(() => shownNumber(studio.page), { timeout: 10_000 })
        .toBe(expected)
        .catch(async () => {
          wrong.push(`${frame}: ${await shownNumber(studio.page)} instead of ${expected}`);
        });
    }
    expect(wrong).toEqual([]);
  });

  it('shows what the export writes of transitions, looks, blending and nested titles', async () => {
    const { page } = studio;
    for (const frame of [LOOKS.push + 3, LOOKS.wipe + 6, LOOKS.turned + 5, LOOKS.titled + 12]) {
      const exported = await exportedFrame(frame);
      await goToFrame(page, frame);
      await expect
        .poll(() => differenceFrom(page, exported), { timeout: 10_000, message: `frame ${frame}` })
        .toBeLessThan(4);
    }
  });

  it('plays on from the playhead, and stops at the end', async () => {
    const { page } = studio;
    await goToFrame(page, LOOKS.end - 60);
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor({ timeout: 30_000 });
    const words = await page.getByRole('button', { name: /^Playhead at/ }).innerText();
    expect(words).toContain('00:00:21:09');
    // The last clip runs backwards: its first picture comes last.
    await expect.poll(() => shownNumber(page), { timeout: 20_000 }).toBe(100);
  });

  it('says what only the exported film shows, while it matters', async () => {
    const { page } = studio;
    const note = page.getByRole('region', { name: 'Preview' }).getByRole('status');
    await goToFrame(page, LOOKS.last);
    await expect.poll(() => note.innerText()).toBe('Effects show in the exported film');
    const monitor = new AxeBuilder({ page }).include('section[aria-label="Preview"]');
    expect((await monitor.analyze()).violations).toEqual([]);
    await goToFrame(page, 0);
    await expect.poll(() => note.innerText()).toBe('');
  });

  it('lets go of its media when another room opens while pictures are still to come', async () => {
    const { page } = studio;
    const room = (name: string) => page.getByRole('button', { name, exact: true });
    await room('Book').click();
    const asked: string[] = [];
    let answer = () => {};
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/media/**', async (route) => {
      asked.push(route.request().url());
      await isAnswered;
      await route.continue().catch(() => undefined);
    });
    const firstAsked = page.waitForRequest('**/media/**');
    await room('Film').click();
    await firstAsked;
    // While one frame is being found, another is wanted.
    await goToFrame(page, 70);
    await goToFrame(page, 75);
    const before = asked.length;
    await room('Book').click();
    await page.getByRole('region', { name: 'Preview' }).waitFor({ state: 'detached' });
    answer();
    await page.evaluate(async () => {
      for (let frame = 0; frame < 30; frame++)
        await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    expect(asked.slice(before)).toEqual([]);
    await page.unroute('**/media/**');
    await room('Film').click();
    await expect.poll(() => shownNumber(page), { timeout: 10_000 }).toBe(expectedNumber(75));
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });
});
