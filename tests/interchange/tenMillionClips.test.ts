import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliEnvironment, cliJson, runCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';

const folder = testFolder('ten-million-clips');
/** Node ends with an abort, not with an answer, when an import needs more than this. */
const env = { ...cliEnvironment(folder), NODE_OPTIONS: '--max-old-space-size=1536' };

const TEN_MILLION = 10_000_000;
/** As many short clips as fit in a file that is just not too large to be opened. */
const JUST_NOT_TOO_LARGE = 63 * 1024 * 1024;

type Format = { ending: string; head: string; clip: string; tail: string };
const FORMATS: Format[] = [
  {
    ending: 'otio',
    head: '{"OTIO_SCHEMA":"Timeline.1","name":"x","tracks":{"OTIO_SCHEMA":"Stack.1","children":[{"OTIO_SCHEMA":"Track.1","kind":"Video","children":[{"OTIO_SCHEMA":"Clip.2"}',
    clip: ',{"OTIO_SCHEMA":"Clip.2"}',
    tail: ']}]}}',
  },
  {
    ending: 'fcpxml',
    head: '<?xml version="1.0"?><!DOCTYPE fcpxml><fcpxml version="1.10"><resources><format id="f" frameDuration="1/25s" width="64" height="36"/></resources><library><event><project><sequence format="f" duration="9s"><spine>',
    clip: '<gap duration="1s"/>',
    tail: '</spine></sequence></project></event></library></fcpxml>',
  },
  {
    ending: 'edl',
    head: 'TITLE: X\nFCM: NON-DROP FRAME\n',
    clip: '1 A V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n',
    tail: '',
  },
];

/** A file of `count` clips that are all alike, written in pieces. */
async function fileOf({ ending, head, clip, tail }: Format, count: number): Promise<string> {
  const path = join(folder, `clips.${ending}`);
  const file = await open(path, 'w');
  const piece = clip.repeat(100_000);
  await file.write(head);
  let left = count;
  for (; left >= 100_000; left -= 100_000) await file.write(piece);
  await file.write(clip.repeat(left) + tail);
  await file.close();
  return path;
}

test.each(FORMATS)(
  '$ending files of ten million clips end in a code, whatever they weigh',
  async (format) => {
    const project = join(folder, `${format.ending}.inkreel`);
    await cliJson(['project', 'new', project], env);
    const before = await cliJson(['project', 'info', project], env);
    for (const count of [TEN_MILLION, Math.floor(JUST_NOT_TOO_LARGE / format.clip.length)]) {
      const path = await fileOf(format, count);
      const { exitCode, stdout, stderr } = await runCli(
        ['timeline', 'import', project, path, '--json'],
        env,
      );
      expect(stderr + stdout).toMatch(/"(?:interchange|xml)\/too-large"/);
      expect(exitCode).toBe(1);
    }
    expect(await cliJson(['project', 'info', project], env)).toEqual(before);
  },
);
