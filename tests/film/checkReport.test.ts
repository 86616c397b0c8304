import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FilmResult } from '#core/contract/films.ts';
import { createEngine } from '#engine/engine.ts';
import { engineFolders } from '#engine/folders.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';

it('what was checked about a film is there after a restart', async () => {
  const folder = testFolder('check-report');
  const env = cliEnvironment(folder);
  const [project, output] = [join(folder, 'film.inkreel'), join(folder, 'film.mp4')];
  await makeNumberedFootage({ path: join(folder, 'numbers.mp4'), frames: 30, rate: '30' });
  const size = ['--fps', '30', '--size', '320x180'];
  const { timelineId } = await cliJson<{ timelineId: string }>(
    ['project', 'new', project, ...size],
    env,
  );
  const { assets } = await cliJson<{ assets: { id: string }[] }>(
    ['media', 'import', project, join(folder, 'numbers.mp4')],
    env,
  );
  const engine = await createEngine({ ...engineFolders(folder, env), appVersion: '0.0.0' });
  const opened = await engine.call('project.open', { path: project });
  if (!opened.ok) throw new Error(opened.error.message);
  const { projectId } = opened.value;
  const assetId = assets[0]?.id ?? '';
  const commands = [{ type: 'clip.append' as const, timelineId, assetId }];
  const edited = await engine.call('project.edit', { projectId, commands });
  if (!edited.ok) throw new Error(edited.error.message);
  await engine.close();

  const film = await cliJson<FilmResult>(['export', project, '--out', output], env);
  expect(film.checks.filter((check) => !check.ok)).toEqual([]);

  const next = await createEngine({ ...engineFolders(folder, env), appVersion: '0.0.0' });
  try {
    await next.call('project.open', { path: project });
    const told = await next.call('film.reports', { projectId });
    expect(told.ok && told.value.reports).toEqual([
      { madeAtMs: expect.any(Number) as number, result: film },
    ]);
  } finally {
    await next.close();
  }
});
