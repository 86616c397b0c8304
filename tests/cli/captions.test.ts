import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('captions');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);
const project = at('film.inkreel');

type Report = { cues: number; losses: { code: string }[] };

const SRT = `1
00:00:01,000 --> 00:00:02,500
First & <i>foremost</i>

2
00:01:00,040 --> 00:01:03,000
Two lines,
{not} one
`;

beforeAll(async () => {
  await cliJson(['project', 'new', project, '--fps', '25', '--size', '320x180'], env);
  writeFileSync(at('in.srt'), SRT);
  const report = await cliJson<Report>(['captions', 'import', project, at('in.srt')], env);
  expect(report).toMatchObject({ cues: 2, losses: [{ code: 'captions/styling' }] });
});

it('captions come out as WebVTT', async () => {
  const report = await cliJson<Report>(['captions', 'export', project, at('out.vtt')], env);
  expect(report).toEqual({ output: at('out.vtt'), cues: 2, losses: [] });
  expect(readFileSync(at('out.vtt'), 'utf8')).toBe(
    'WEBVTT\n\n00:00:01.000 --> 00:00:02.520\nFirst &amp; foremost\n\n00:01:00.040 --> 00:01:03.000\nTwo lines,\n{not} one\n',
  );
});

it('captions come out as ASS and back in another project, on the same frames', async () => {
  const report = await cliJson<Report>(['captions', 'export', project, at('out.ass')], env);
  expect(report.losses).toMatchObject([{ code: 'captions/braces' }]);
  const other = at('other.inkreel');
  await cliJson(['project', 'new', other, '--fps', '25', '--size', '320x180'], env);
  await cliJson(['captions', 'import', other, at('out.ass')], env);
  await cliJson(['captions', 'export', other, at('back.srt')], env);
  expect(readFileSync(at('back.srt'), 'utf8')).toBe(
    SRT.replace(/<\/?i>/g, '')
      .replace('{not}', '(not)')
      .replace('02,500', '02,520'),
  );
});

it('languages stand on tracks of their own, and come out one by one', async () => {
  const other = at('languages.inkreel');
  await cliJson(['project', 'new', other, '--fps', '25', '--size', '320x180'], env);
  const file = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;
  for (const [language, text] of [
    ['en', 'Good day'],
    ['de-AT', 'Grüß Gott'],
  ] as const) {
    writeFileSync(at(`${language}.srt`), file(text));
    await cliJson(
      ['captions', 'import', other, at(`${language}.srt`), '--language', language],
      env,
    );
  }
  await cliJson(['captions', 'export', other, at('german.srt'), '--language', 'de'], env);
  expect(readFileSync(at('german.srt'), 'utf8')).toBe(file('Grüß Gott'));
  const both = await cliJson<Report>(['captions', 'export', other, at('both.srt')], env);
  expect(both.cues).toBe(2);
  for (const [code, choice] of [
    ['captions/no-such-language', ['--language', 'fr']],
    ['captions/no-such-track', ['--track', 'gone']],
  ] as const) {
    const { exitCode, stdout } = await runCli(
      ['captions', 'export', other, at('none.srt'), ...choice, '--json'],
      env,
    );
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  }
});

it('word times go from WebVTT to ASS and back, and SubRip says that it has none', async () => {
  const other = at('words.inkreel');
  await cliJson(['project', 'new', other, '--fps', '25', '--size', '320x180'], env);
  const vtt =
    'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nOne <00:00:01.500>two<00:00:02.000> <00:00:02.400>three\n';
  writeFileSync(at('words.vtt'), vtt);
  await cliJson(['captions', 'import', other, at('words.vtt')], env);
  const srt = await cliJson<Report>(['captions', 'export', other, at('words.srt')], env);
  expect(srt.losses).toMatchObject([{ code: 'captions/no-word-times' }]);
  await cliJson(['captions', 'export', other, at('words.ass')], env);
  const back = at('words-back.inkreel');
  await cliJson(['project', 'new', back, '--fps', '25', '--size', '320x180'], env);
  await cliJson(['captions', 'import', back, at('words.ass')], env);
  const report = await cliJson<Report>(['captions', 'export', back, at('back.vtt')], env);
  expect(report.losses).toEqual([]);
  expect(readFileSync(at('back.vtt'), 'utf8')).toBe(vtt);
});

it('an import is one edit, which undo takes back', async () => {
  const other = at('undone.inkreel');
  await cliJson(['project', 'new', other, '--fps', '25', '--size', '320x180'], env);
  type Info = { timelines: { tracks: unknown[] }[] };
  const before = await cliJson<Info>(['project', 'info', other], env);
  await cliJson(['captions', 'import', other, at('in.srt')], env);
  await cliJson(['undo', other], env);
  const after = await cliJson<Info>(['project', 'info', other], env);
  expect(after.timelines).toEqual(before.timelines);
});

it('an old Western file is read, and the guess is said', async () => {
  writeFileSync(at('latin.srt'), Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nCafé\n', 'latin1'));
  const other = at('latin.inkreel');
  await cliJson(['project', 'new', other, '--fps', '25', '--size', '320x180'], env);
  const report = await cliJson<Report>(['captions', 'import', other, at('latin.srt')], env);
  expect(report.losses).toMatchObject([{ code: 'captions/encoding' }]);
  await cliJson(['captions', 'export', other, at('latin.vtt')], env);
  expect(readFileSync(at('latin.vtt'), 'utf8')).toContain('\nCafé\n');
});

it.each([
  ['captions/not-captions', ['import', project, project]],
  ['file/missing', ['import', project, at('gone.srt')]],
  ['captions/format-not-supported', ['export', project, at('out.txt')]],
  ['file/exists', ['export', project, at('in.srt')]],
])('%s', async (code, args) => {
  const { exitCode, stdout } = await runCli(['captions', ...args, '--json'], env);
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code } });
  expect(readFileSync(at('in.srt'), 'utf8')).toBe(SRT);
});
