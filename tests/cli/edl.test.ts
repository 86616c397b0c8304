import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { makeCutProject } from '../support/cutProject.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('edl');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('film.inkreel');

type Report = { timelineId: string; losses: { code: string }[] };

beforeAll(() => makeCutProject(folder, { rate: '30000/1001', env }));

it('a timeline goes out as an edit decision list, in again, and out as the same list', async () => {
  const out = await cliJson<Report>(['timeline', 'export', project, at('one.edl')], env);
  expect(out.losses).toEqual([]);
  const text = readFileSync(at('one.edl'), 'utf8');
  expect(text).toContain('FCM: DROP FRAME');
  expect(text).toContain(
    '002  GOODONE  V     D    012 00:00:03;05 00:00:05;00 00:00:02;05 00:00:04;00',
  );
  expect(text).toContain('* SOURCE FILE: good%20one.mp4');
  const made = await cliJson<Report>(['timeline', 'import', project, at('one.edl')], env);
  expect(made.losses).toEqual([]);
  await cliJson(['timeline', 'export', project, at('two.edl'), '--timeline', made.timelineId], env);
  const withoutTitle = (list: string) => list.slice(list.indexOf('\n'));
  expect(withoutTitle(readFileSync(at('two.edl'), 'utf8'))).toBe(withoutTitle(text));
});

it('a list made for another frame rate is refused and changes nothing', async () => {
  writeFileSync(
    at('fast.edl'),
    'TITLE: Fast\n001  A  V  C  00:00:00:00 00:00:00:59 00:00:00:00 00:00:00:59\n',
  );
  const before = await cliJson(['project', 'info', project], env);
  const { exitCode, stdout } = await runCli(
    ['timeline', 'import', project, at('fast.edl'), '--json'],
    env,
  );
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'interchange/no-such-timecode' } });
  expect(await cliJson(['project', 'info', project], env)).toEqual(before);
});
