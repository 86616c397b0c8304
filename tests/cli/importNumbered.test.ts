import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NumberedImport } from '#core/contract/media.ts';
import { run } from '#engine/process/run.ts';
import { writeColours, writeRow } from '../media/numberedFixture.ts';
import { cliEnvironment, cliJson, runCli, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('import-numbered');
const env = cliEnvironment(folder);
const film = join(folder, 'film.inkreel');
const at = (name: string) => join(folder, 'shots', name);
const COLOURS = ['ff0000', '00ff00', '0000ff', 'ffffff'];

let timelineId: string;

beforeAll(async () => {
  ({ timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', film, '--fps', '30000/1001', '--size', '64x36'],
    env,
  ));
  await writeColours(join(folder, 'shots'), 'walk ', 9, COLOURS);
});

/** The colour in the middle of a picture, each part as dark or bright. */
async function colourOf(picture: string): Promise<string> {
  const bytes: number[] = [];
  await run(
    'ffmpeg',
    ['-v', 'error', '-i', picture, '-vf', 'crop=1:1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', '-'],
    { onStdoutData: (chunk) => bytes.push(...chunk) },
  );
  return bytes.map((byte) => (byte > 127 ? 'ff' : '00')).join('');
}

const rateOf = async (movie: string) => {
  const { stdout } = await run('ffprobe', [
    ...['-v', 'error', '-show_entries', 'stream=r_frame_rate,nb_frames', '-of', 'csv=p=0', movie],
  ]);
  return stdout.trim();
};

describe('inkreel media import-numbered', () => {
  it('makes a clip at the rate of the timeline whose frames are the pictures, in order', async () => {
    const made = await cliJson<NumberedImport>(
      ['media', 'import-numbered', film, at('walk 10.png')],
      env,
    );
    expect(made).toMatchObject({
      ...{ count: 4, first: 'walk 9.png', last: 'walk 12.png', beyondGaps: 0, copied: true },
      output: at('walk 9–12.mov'),
    });
    expect(await rateOf(made.output)).toBe('30000/1001,4');
    const append = [{ type: 'clip.append', timelineId, assetId: made.assetId }];
    writeFileSync(join(folder, 'append.json'), JSON.stringify(append));
    await cliJson(['edit', film, '--commands', join(folder, 'append.json')], env);
    const seen: string[] = [];
    for (const frame of COLOURS.keys()) {
      const picture = join(folder, `frame-${frame}.png`);
      await cliJson(['frame', film, '--at', String(frame), '--out', picture], env);
      seen.push(await colourOf(picture));
    }
    expect(seen).toEqual(COLOURS);
  });

  it('takes a rate and a place, and says in words what came of it', async () => {
    const out = join(folder, 'slow.mov');
    const { exitCode, stdout } = await runCli(
      ['media', 'import-numbered', film, at('walk 9.png'), '--fps', '12', '--out', out],
      env,
    );
    expect(exitCode).toBe(0);
    expect(stdout).toContain('4 pictures, walk 9.png to walk 12.png, as they are');
    expect(await rateOf(out)).toBe('12/1,4');
    const again = ['media', 'import-numbered', film, at('walk 9.png'), '--out', out];
    const refused = await runCli([...again, '--json'], env);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'file/exists' } });
    expect(refused.exitCode).toBe(1);
    await cliJson([...again, '--force', '--fps', '23.976'], env);
    expect(await rateOf(out)).toBe('24000/1001,4');
  });

  it('is wrong usage with a rate that is none', async () => {
    const { exitCode, stderr } = await runCli(
      ['media', 'import-numbered', film, at('walk 9.png'), '--fps', 'fast'],
      env,
    );
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--fps takes')]);
  });

  it('that is interrupted ends with 130 and leaves nothing behind', async () => {
    const large = join(folder, 'large');
    const path = await writeRow(large, 'large', 400);
    const child = startCli(['media', 'import-numbered', film, path], env);
    const closed = once(child, 'close');
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    await expect.poll(() => said).toContain('Picture');
    child.kill('SIGINT');
    expect(await closed).toEqual([130, null]);
    expect(readdirSync(large)).toHaveLength(400);
    const { assets } = await cliJson<{ assets: { name: string }[] }>(['media', 'list', film], env);
    expect(assets.map(({ name }) => name)).not.toContain('large 001–400.mov');
  });
});
