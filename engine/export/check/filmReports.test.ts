import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FilmReport } from '#core/contract/films.ts';
import { FilmReports } from './filmReports.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'inkreel-reports-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

function report(output: string, madeAtMs: number): FilmReport {
  const checks = [{ name: 'Frames', ok: true, value: '30 of 30', level: 'failure' as const }];
  const result = { output, frames: 30, spans: [], elapsedMs: 5, sizeBytes: 7, checks };
  return { madeAtMs, result };
}

it('shows after a restart what was checked, newest first, the last word on each file', async () => {
  await new FilmReports(cache, 'project').keep(report('/films/a.mp4', 1));
  await new FilmReports(cache, 'project').keep(report('/films/b.mp4', 2));
  await new FilmReports(cache, 'project').keep(report('/films/a.mp4', 3));
  const told = await new FilmReports(cache, 'project').list();
  expect(told.map(({ madeAtMs, result }) => [result.output, madeAtMs])).toEqual([
    ['/films/a.mp4', 3],
    ['/films/b.mp4', 2],
  ]);
  expect(told[0]?.result.checks[0]?.value).toBe('30 of 30');
  expect(await new FilmReports(cache, 'another').list()).toEqual([]);
});

it('keeps a bounded number', async () => {
  const reports = new FilmReports(cache, 'project');
  for (let index = 0; index < 25; index++) await reports.keep(report(`/films/${index}.mp4`, index));
  expect((await reports.list()).map(({ madeAtMs }) => madeAtMs)).toEqual(
    Array.from({ length: 20 }, (_, index) => 24 - index),
  );
});

it('takes a damaged file for none and goes on', async () => {
  mkdirSync(join(cache, 'reports'));
  writeFileSync(join(cache, 'reports', 'project.json'), '[{"madeAt');
  const reports = new FilmReports(cache, 'project');
  expect(await reports.list()).toEqual([]);
  await reports.keep(report('/films/a.mp4', 1));
  expect(await reports.list()).toHaveLength(1);
});

it('lets a film be where its report cannot be kept', async () => {
  writeFileSync(join(cache, 'reports'), 'a file in the way');
  await new FilmReports(cache, 'project').keep(report('/films/a.mp4', 1));
  expect(readdirSync(cache)).toEqual(['reports']);
});
