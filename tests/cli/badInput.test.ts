import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '#engine/process/run.ts';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { mountSmallDisk } from '../support/smallDisk.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';

const folder = testFolder('bad-input');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('film.inkreel');
let before: unknown;

type Failure = { code: string; message: string };

/** A sentence for a person: a capital or quoted beginning, a full stop, no code words. */
const SENTENCE = /^[“A-Z].*[.]$/s;

async function refusal(args: readonly string[]): Promise<Failure & { exitCode: number | null }> {
  const { exitCode, stdout, stderr } = await runCli([...args, '--json'], env);
  expect(stderr).not.toMatch(/\bat .*\.ts:\d/);
  const { error } = JSON.parse(stdout) as { error: Failure };
  return { exitCode, ...error };
}

beforeAll(async () => {
  await makeNumberedFootage({ path: at('good.mp4'), frames: 90, rate: '30' });
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, '--fps', '30', '--size', '320x180'],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string }[] }>(
    ['media', 'import', project, at('good.mp4')],
    env,
  );
  writeFileSync(
    at('append.json'),
    JSON.stringify([{ type: 'clip.append', timelineId, assetId: assets[0]?.id }]),
  );
  await cliJson(['edit', project, '--commands', at('append.json')], env);
  before = await cliJson(['project', 'info', project], env);
});

describe('media that cannot be imported', () => {
  const makers: Record<string, { name: string; make: (path: string) => void | Promise<void> }> = {
    'file/missing': { name: 'gone.mp4', make: () => undefined },
    'media/not-media': {
      name: 'letter.mp4',
      make: (path) => writeFileSync(path, 'Dear reader, this is not a film.\n'.repeat(50)),
    },
    'media/empty': { name: 'empty.mp4', make: (path) => closeSync(openSync(path, 'w')) },
    'media/truncated': {
      name: 'cut-off.mp4',
      make: async (path) => {
        await run('ffmpeg', [
          '-v',
          'error',
          '-i',
          at('good.mp4'),
          '-c',
          'copy',
          '-movflags',
          '+faststart',
          path,
        ]);
        truncateSync(path, Math.floor(readFileSync(path).length * 0.4));
      },
    },
    'media/damaged': {
      name: 'no-index.mp4',
      make: async (path) => {
        await run('ffmpeg', ['-v', 'error', '-i', at('good.mp4'), '-c', 'copy', path]);
        // The index stands at the end of such a file.
        truncateSync(path, Math.floor(readFileSync(path).length * 0.4));
      },
    },
    'file/name-too-long': { name: `${'n'.repeat(300)}.mp4`, make: () => undefined },
  };

  it.each(Object.entries(makers))('%s', async (code, { name, make }) => {
    await make(at(name));
    const { exitCode, stdout } = await runCli(
      ['media', 'import', project, at(name), at('good.mp4'), '--json'],
      env,
    );
    const result = JSON.parse(stdout) as {
      assets: unknown[];
      failed: (Failure & { path: string })[];
    };
    expect(result.failed).toHaveLength(1);
    expect(result.failed[0]).toMatchObject({ code, path: at(name) });
    expect(result.failed[0]?.message).toMatch(SENTENCE);
    // The good file beside it came in all the same.
    expect(result.assets).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  it('a four-hour recording is imported like any other', async () => {
    await run('ffmpeg', [
      '-v',
      'error',
      '-y',
      '-f',
      'lavfi',
      '-i',
      'anullsrc=sample_rate=8000',
      '-t',
      '14400',
      '-c:a',
      'pcm_u8',
      '-ac',
      '1',
      at('four-hours.wav'),
    ]);
    const { assets } = await cliJson<{ assets: { durationFlicks: number }[] }>(
      ['media', 'import', project, at('four-hours.wav')],
      env,
    );
    expect(assets[0]?.durationFlicks).toBe(14_400 * 705_600_000);
    await cliJson(['undo', project], env);
  });
});

describe('projects that cannot be opened or made', () => {
  it.each([
    ['file/missing', ['project', 'info', at('nowhere.inkreel')]],
    ['project/not-a-project', ['project', 'info', at('good.mp4')]],
    ['file/exists', ['project', 'new', project]],
    ['file/no-permission', ['project', 'new', '/proc/film.inkreel']],
  ])('%s', async (code, args) => {
    const failure = await refusal(args);
    expect(failure).toMatchObject({ code, exitCode: 1 });
    expect(failure.message).toMatch(SENTENCE);
  });

  it('a project of a newer version is left alone', async () => {
    copyFileSync(project, at('newer.inkreel'));
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(at('newer.inkreel'));
    db.pragma('user_version = 9999');
    db.close();
    const bytes = readFileSync(at('newer.inkreel'));
    expect(await refusal(['project', 'info', at('newer.inkreel')])).toMatchObject({
      code: 'project/newer',
    });
    expect(readFileSync(at('newer.inkreel')).equals(bytes)).toBe(true);
  });
});

describe('exports that cannot be written', () => {
  it('are refused over their own source', async () => {
    const source = readFileSync(at('good.mp4'));
    expect(await refusal(['export', project, '--out', at('good.mp4'), '--force'])).toMatchObject({
      code: 'file/is-source',
    });
    expect(readFileSync(at('good.mp4')).equals(source)).toBe(true);
  });

  it('are refused over another file unless that is wanted', async () => {
    writeFileSync(at('taken.mp4'), 'something of value');
    expect(await refusal(['export', project, '--out', at('taken.mp4')])).toMatchObject({
      code: 'file/exists',
    });
    expect(readFileSync(at('taken.mp4'), 'utf8')).toBe('something of value');
  });

  it('are refused in a folder that may not be written', async () => {
    // A kernel file system refuses even the administrator, as a read-only folder refuses everybody else.
    expect(await refusal(['export', project, '--out', '/proc/film.mp4'])).toMatchObject({
      code: 'file/no-permission',
    });
    const locked = at('locked');
    mkdirSync(locked);
    chmodSync(locked, 0o555);
    if (process.getuid?.() !== 0) {
      expect(await refusal(['export', project, '--out', join(locked, 'film.mp4')])).toMatchObject({
        code: 'file/no-permission',
      });
    }
    expect(readdirSync(locked)).toEqual([]);
  });

  it('leave nothing behind on a full disk', async ({ skip }) => {
    const disk = mountSmallDisk(at('full'), 16);
    if (disk === null) {
      skip('A disk of limited size can only be mounted by the administrator.');
      return;
    }
    try {
      const failure = await refusal(['export', project, '--out', join(disk.path, 'film.mp4')]);
      expect(failure).toMatchObject({ code: 'file/disk-full' });
      expect(failure.message).toMatch(SENTENCE);
      expect(readdirSync(disk.path)).toEqual([]);
    } finally {
      disk.unmount();
    }
  });

  it('are refused when media is missing', async () => {
    copyFileSync(project, at('moved.inkreel'));
    mkdirSync(at('elsewhere'));
    const { default: Database } = await import('better-sqlite3');
    const db = new Database(at('moved.inkreel'));
    db.prepare(
      "UPDATE registers SET value = replace(value, 'good.mp4', 'lost.mp4') WHERE register = 'location'",
    ).run();
    db.close();
    const failure = await refusal(['export', at('moved.inkreel'), '--out', at('moved.mp4')]);
    expect(failure).toMatchObject({ code: 'export/media-missing' });
    expect(failure.message).toContain('lost.mp4');
    expect(existsSync(at('moved.mp4'))).toBe(false);
  });
});

describe('edits that cannot be', () => {
  it.each([
    ['edit/unknown-command', [{ type: 'clip.explode' }]],
    ['edit/bad-command', [{ type: 'clip.split', clipId: 'x' }]],
    ['edit/no-such-item', [{ type: 'clip.split', clipId: 'x', at: '1f' }]],
  ])('%s', async (code, commands) => {
    writeFileSync(at('bad.json'), JSON.stringify(commands));
    const failure = await refusal(['edit', project, '--commands', at('bad.json')]);
    expect(failure).toMatchObject({ code, exitCode: 1 });
    expect(failure.message).toMatch(SENTENCE);
  });

  it('wrong usage ends with 2', async () => {
    expect((await runCli(['export', project], env)).exitCode).toBe(2);
    expect((await runCli(['fly'], env)).exitCode).toBe(2);
  });
});

describe('after all of that', () => {
  it('the project is as it was', async () => {
    expect(await cliJson(['project', 'check', project], env)).toMatchObject({ ok: true });
    const after = await cliJson<{ timelines: unknown; assets: unknown }>(
      ['project', 'info', project],
      env,
    );
    expect(after.timelines).toEqual((before as typeof after).timelines);
    expect(after.assets).toEqual((before as typeof after).assets);
  });
});
