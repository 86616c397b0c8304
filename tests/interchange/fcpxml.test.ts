import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { makeCutProject } from '../support/cutProject.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('fcpxml');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('film.inkreel');

type Report = { timelineId: string; losses: { code: string }[] };

beforeAll(async () => {
  await makeCutProject(folder, {
    rate: '24000/1001',
    env,
    more: (timelineId) => [
      {
        type: 'clip.setSpeed',
        clipIds: ['three'],
        speed: { num: 1, den: 3 },
        reverse: true,
        mode: 'keep-duration',
      },
      { type: 'clip.setParameters', clipIds: ['one'], parameters: { opacity: 0.5, scaleX: 0.75 } },
      { type: 'marker.add', ownerId: timelineId, at: '30f', name: 'Start', markerKind: 'chapter' },
      { type: 'marker.add', ownerId: 'two', at: '90f', name: 'Look', note: 'Here' },
    ],
  });
});

const outInOut = async (ending: 'fcpxml' | 'otio') => {
  const out = await cliJson<Report>(['timeline', 'export', project, at(`one.${ending}`)], env);
  const made = await cliJson<Report>(['timeline', 'import', project, at(`one.${ending}`)], env);
  const args = ['timeline', 'export', project, at(`two.${ending}`), '--timeline', made.timelineId];
  await cliJson(args, env);
  const read = (name: string) => readFileSync(at(`${name}.${ending}`), 'utf8');
  return { one: read('one'), two: read('two'), losses: [...out.losses, ...made.losses] };
};

/** Without the ids, which every import makes new. */
const withoutIds = (text: string) =>
  text.replaceAll(/(clipId|linkId)(&quot;|"): ?(&quot;|")[\w-]+/g, '$1');

it('a timeline goes out as Final Cut Pro XML, in again, and out as the same file', async () => {
  const { one, two, losses } = await outInOut('fcpxml');
  expect(losses).toEqual([]);
  expect(one).toContain('frameDuration="1001/24000s"');
  expect(one).toMatch(/<media-rep kind="original-media" src="file:\/\/\/.*good%20one.mp4"\/>/);
  expect(one).toContain('<timept ');
  expect(one).toContain('<chapter-marker ');
  expect(withoutIds(two)).toBe(withoutIds(one));
});

it('a timeline goes out as OpenTimelineIO, in again, and out as the same file', async () => {
  const { one, two, losses } = await outInOut('otio');
  expect(losses.map(({ code }) => code)).toEqual(['interchange/opacity', 'interchange/transform']);
  expect(withoutIds(two)).toBe(withoutIds(one));
});

it('a huge file, one that is none, and an enemy’s are refused at once and change nothing', async () => {
  writeFileSync(at('huge.fcpxml'), '<fcpxml>');
  truncateSync(at('huge.fcpxml'), 500 * 1024 * 1024);
  writeFileSync(
    at('enemy.fcpxml'),
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  );
  const before = await cliJson(['project', 'info', project], env);
  const codeOf = async (path: string) => {
    const { exitCode, stdout } = await runCli(['timeline', 'import', project, path, '--json'], env);
    expect(exitCode).toBe(1);
    return (JSON.parse(stdout) as { error: { code: string } }).error.code;
  };
  expect(await codeOf(at('huge.fcpxml'))).toBe('interchange/too-large');
  expect(await codeOf(at('enemy.fcpxml'))).toBe('xml/unsafe');
  writeFileSync(at('enemy.txt'), '');
  expect(await codeOf(at('enemy.txt'))).toBe('interchange/format-not-supported');
  expect(await cliJson(['project', 'info', project], env)).toEqual(before);
});

it('media elsewhere is reported, and nothing is asked of other computers', async () => {
  const one = readFileSync(at('one.fcpxml'), 'utf8');
  for (const [url, code] of [
    ['file://elsewhere/share/a.mp4', 'interchange/media-elsewhere'],
    ['http://example.org/a.mp4', 'interchange/media-missing'],
    ['file:///dev/zero', 'interchange/media-missing'],
    ['../../../../nowhere/a.mp4', 'interchange/media-missing'],
  ] as const) {
    writeFileSync(at('far.fcpxml'), one.replaceAll(/src="[^"]*"/g, `src="${url}"`));
    const { losses } = await cliJson<Report>(
      ['timeline', 'import', project, at('far.fcpxml')],
      env,
    );
    expect(losses[0]?.code, url).toBe(code);
  }
});
