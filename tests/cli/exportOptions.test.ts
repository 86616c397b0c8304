import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { run } from '#engine/process/run.ts';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';

const folder = testFolder('export-options');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const film = at('film.inkreel');

beforeAll(async () => {
  await makeNumberedFootage({ path: at('numbers.mp4'), frames: 20, rate: '25', size: '160x90' });
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', film, '--fps', '25', '--size', '160x90'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string }[] }>(
    ['media', 'import', film, at('numbers.mp4')],
    env,
  );
  const command = { type: 'clip.append', timelineId, assetId: assets[0]?.id, in: '0f', out: '20f' };
  writeFileSync(at('edit.json'), JSON.stringify([command]));
  await cliJson(['edit', film, '--commands', at('edit.json')], env);
});

async function refusalOf(args: readonly string[]): Promise<{ code: string; message: string }> {
  const { exitCode, stdout } = await runCli(['export', film, ...args, '--json'], env);
  expect(exitCode).toBe(1);
  return (JSON.parse(stdout) as { error: { code: string; message: string } }).error;
}

describe('inkreel export', () => {
  it('writes what the options say, in the container that the name means', async () => {
    const options = '--codec vp9 --bitrate 300 --encoder-preset ultrafast --channels mono';
    const made = await cliJson<FilmResult>(
      ['export', film, '--out', at('film.webm'), ...options.split(' '), '--title', 'Mine'],
      env,
    );
    expect(made.encoder).toEqual({ name: 'libvpx-vp9', isHardware: false });
    const { stdout } = await run('ffprobe', [
      ...['-v', 'error', '-show_entries', 'stream=codec_name,channels:format_tags=title'],
      ...['-of', 'compact', at('film.webm')],
    ]);
    expect(stdout).toMatch(/codec_name=vp9[^]*codec_name=opus\|channels=1[^]*title=Mine/i);
  });

  it('refuses what cannot be written, with the way out', async () => {
    expect(await refusalOf(['--out', at('no.mp4'), '--codec', 'prores'])).toMatchObject({
      code: 'export/video-not-in-container',
      message: expect.stringContaining('Choose MOV') as string,
    });
    const tooShort = await refusalOf(['--out', at('no.mp4'), '--preset', 'tiktok']);
    expect(tooShort.code).toBe('export/too-short-for-platform');
    expect(existsSync(at('no.mp4'))).toBe(false);
  });

  it('takes no option that it does not know', async () => {
    const { exitCode, stderr } = await runCli(
      ['export', film, '--out', at('a.mp4'), '--codec', 'divx'],
      env,
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--codec takes one of')]);
  });
});
