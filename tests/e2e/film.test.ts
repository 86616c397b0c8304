import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '#engine/process/run.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { accessibilityViolations, openStudio, type Studio } from '../support/studio.ts';

const folder = testFolder('e2e-film');
const env = cliEnvironment(folder);
const project = join(folder, 'projects', 'Harbour light', 'Harbour light.inkreel');
const film = join(folder, 'exports', 'harbour.mp4');
let studio: Studio;

type Info = {
  timelines: {
    durationFrames: number;
    tracks: { kind: string; items: { kind: string; name?: string; startFrame: number }[] }[];
  }[];
};
const info = () => cliJson<Info>(['project', 'info', project], env);
const clipsOf = async (kind: string) =>
  (await info()).timelines[0]?.tracks
    .filter((track) => track.kind === kind)
    .flatMap((track) => track.items.filter((item) => item.kind === 'clip')) ?? [];

beforeAll(async () => {
  studio = await openStudio(env);
});
afterAll(async () => {
  await studio.close();
});

async function goTo(time: string): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: /^Playhead at/ }).click();
  await page.getByRole('textbox', { name: 'Go to time' }).fill(time);
  await page.keyboard.press('Enter');
}

/** Pixels of the middle of a frame that are nearly white, from 0 to 1. */
async function whiteShare(path: string, frame: number): Promise<number> {
  const pixels: Buffer[] = [];
  await run(
    'ffmpeg',
    [
      '-v',
      'error',
      '-i',
      path,
      '-vf',
      `select=eq(n\\,${frame}),crop=iw*0.8:ih*0.3:iw*0.1:ih*0.35,format=gray`,
      '-frames:v',
      '1',
      '-f',
      'rawvideo',
      'pipe:1',
    ],
    {
      onStdoutData: (chunk) => pixels.push(chunk),
    },
  );
  const bytes = Buffer.concat(pixels);
  return bytes.filter((value) => value > 200).length / bytes.length;
}

describe('a film in the studio', () => {
  it('opens the sample and shows its clips', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: /sample project/i }).click();
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByText('lighthouse.mp4')
      .first()
      .waitFor();
    expect(await clipsOf('video')).toHaveLength(5);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('splits at the playhead, and undoes it', async () => {
    const { page } = studio;
    await goTo('00:00:09:00');
    await page.keyboard.press('s');
    await page.getByRole('button', { name: 'Undo: Split clip' }).waitFor();
    const split = await clipsOf('video');
    expect(split.map((clip) => clip.startFrame)).toEqual([0, 135, 240, 270, 360, 465]);
    // With nothing selected everything under the playhead is cut: the shot, its sound, and the music.
    expect((await clipsOf('audio')).map((clip) => clip.startFrame)).toEqual([
      0, 270, 0, 135, 240, 270, 360, 465,
    ]);

    await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'Redo: Split clip' }).waitFor();
    expect(await clipsOf('video')).toHaveLength(5);
  });

  it('adds a title that says what was typed', async () => {
    const { page } = studio;
    await goTo('00:00:08:10');
    await page.keyboard.press('t');
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('WRITTEN IN A TEST');
    await page.getByRole('textbox', { name: 'Title', exact: true }).press('Tab');
    await page
      .getByRole('region', { name: 'Timeline' })
      .getByText('WRITTEN IN A TEST')
      .first()
      .waitFor();
    const titles = (await info()).timelines[0]?.tracks
      .flatMap((track) => track.items)
      .filter((item) => item.kind === 'title');
    expect(titles?.map((title) => title.startFrame)).toContain(250);
  });

  it('exports a film that is on disk, right, and shows the title', async () => {
    const { page } = studio;
    await page.getByRole('button', { name: 'Export film' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Draft/ }).check();
    await dialog.getByRole('textbox', { name: 'File' }).fill('harbour');
    expect(await accessibilityViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Export film' }).click();
    await dialog.getByText('Finished, and every check passed').waitFor({ timeout: 150_000 });
    expect(existsSync(film)).toBe(true);

    const probe = await run('ffprobe', [
      '-v',
      'error',
      '-count_packets',
      '-select_streams',
      'v',
      '-show_entries',
      'stream=width,height,nb_read_packets',
      '-of',
      'csv=p=0',
      film,
    ]);
    expect(probe.stdout.trim()).toBe('960,540,630');
    const decoded = await run('ffmpeg', ['-v', 'warning', '-i', film, '-f', 'null', '-']);
    expect(decoded.stderr).toBe('');

    // The studio writes to the project, so it is the one that takes the title back.
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    for (let step = 0; step < 2; step++)
      await page.getByRole('button', { name: /^Undo: / }).click();
    await page.getByRole('button', { name: 'Redo: Add title' }).waitFor();
    const plain = join(folder, 'exports', 'plain.mp4');
    await cliJson(
      ['export', project, '--out', plain, '--preset', 'draft', '--range', '290-292'],
      env,
    );
    expect(await whiteShare(film, 290)).not.toBe(await whiteShare(plain, 0));
  });

  it('had nothing to complain about', () => {
    expect(studio.complaints).toEqual([]);
  });
});
