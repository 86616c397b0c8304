import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { run } from '#engine/process/run.ts';
import { cliEnvironment, cliJson, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';

const folder = testFolder('resume');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('film.inkreel');
const WORKERS = 2;
const PIECE_FRAMES = 150;
const PIECES = 9;

type Resumed = FilmResult & { resumed?: { pieces: number; frames: number } };

const command = (out: string) => [
  ...['export', project, '--out', out, '--jobs', String(WORKERS)],
  ...['--encoder-preset', 'ultrafast', '--mode', 'encode'],
];

beforeAll(async () => {
  const frames = PIECES * PIECE_FRAMES;
  await makeNumberedFootage({ path: at('long.mp4'), frames, rate: '10', size: '160x90' });
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, '--fps', '10', '--size', '320x180'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string }[] }>(
    ['media', 'import', project, at('long.mp4')],
    env,
  );
  writeFileSync(
    at('append.json'),
    JSON.stringify([{ type: 'clip.append', timelineId, assetId: assets[0]?.id }]),
  );
  await cliJson(['edit', project, '--commands', at('append.json')], env);
});

/** Starts an export and kills it as soon as it says that it is so far. Gives the frames that it spoke of last. */
async function killedAt(percent: number, args: string[], own: NodeJS.ProcessEnv): Promise<number> {
  const child = startCli(args, own);
  const closed = once(child, 'close');
  let frames = 0;
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    for (const [, share, frame] of text.matchAll(/: (\d+) %, Frame (\d+) of/g)) {
      frames = Number(frame);
      if (Number(share) >= percent) child.kill('SIGKILL');
    }
  });
  await closed;
  expect(child.signalCode).toBe('SIGKILL');
  return frames;
}

/** Kept pieces with pictures; the encoded sound is kept beside them. */
async function keptPictures(pieces: string): Promise<string[]> {
  const stream = ['-v', 'error', '-show_entries', 'stream=codec_type', '-of', 'csv=p=0'];
  const names = readdirSync(pieces);
  const kinds = await Promise.all(
    names.map((name) => run('ffprobe', [...stream, join(pieces, name)])),
  );
  return names.filter((_, index) => kinds[index]?.stdout.includes('video'));
}

describe('an export that is killed', () => {
  let whole: Buffer;

  beforeAll(async () => {
    const calm = { ...env, INKREEL_CACHE: at('cache-calm') };
    const film = await cliJson<FilmResult>(command(at('calm.mp4')), calm);
    expect(film.spans).toHaveLength(PIECES);
    whole = readFileSync(at('calm.mp4'));
  });

  it.each([25, 50, 75])(
    'at %i percent goes on with what it had, and ends with the same bytes',
    async (percent) => {
      const own = { ...env, INKREEL_CACHE: at(`cache-${percent}`) };
      const out = at(`film-${percent}.mp4`);
      const frames = await killedAt(percent, command(out), own);
      expect(existsSync(out)).toBe(false);
      const kept = await keptPictures(join(at(`cache-${percent}`), 'pieces'));
      // Lost is at most the piece that each worker was at.
      expect(kept.length * PIECE_FRAMES).toBeGreaterThanOrEqual(frames - WORKERS * PIECE_FRAMES);
      expect(kept.length).toBeLessThan(PIECES);
      const resumes = percent === 50 ? ['--resume'] : [];
      const film = await cliJson<Resumed>([...command(out), ...resumes], own);
      const cached = film.spans.filter((span) => span.cached);
      expect(cached).toHaveLength(kept.length);
      expect(film.resumed).toEqual(
        percent === 50 ? { pieces: kept.length, frames: kept.length * PIECE_FRAMES } : undefined,
      );
      expect(readFileSync(out).equals(whole)).toBe(true);
      expect(readdirSync(join(at(`cache-${percent}`), 'work'))).toEqual([]);
    },
  );
});
