import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { cliEnvironment, cliJson, startCli } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { makeNumberedFootage } from '../support/numberedFootage.ts';

const KILLS = 50;
const COMMANDS = 400;

const folder = testFolder('killed');
const env = cliEnvironment(folder);
const at = (name: string) => join(folder, name);

describe('kill -9', () => {
  it('loses no acknowledged edit', async () => {
    const path = at('edits.inkreel');
    await cliJson(['project', 'new', path], env);
    const names = Array.from({ length: COMMANDS }, (_, index) => ({
      type: 'project.rename',
      name: `Name ${index}`,
    }));
    writeFileSync(at('names.json'), JSON.stringify(names));
    for (let kill = 0; kill < KILLS; kill++) {
      const child = startCli(['edit', path, '--commands', at('names.json'), '--each'], env);
      // Each run dies after another number of acknowledged edits, in the middle of the next one.
      const acknowledged = await acknowledgedBeforeKill(child, 1 + ((kill * 7) % 80));
      const file = ProjectFile.open(path);
      try {
        expect(file.revision).toBeGreaterThanOrEqual(acknowledged);
        expect(file.integrityProblems()).toEqual([]);
      } finally {
        file.close();
      }
    }
  });

  it('in the middle of an export leaves the project whole and no half film', async () => {
    const path = at('film.inkreel');
    await makeNumberedFootage({ path: at('long.mp4'), frames: 900, rate: '30' });
    const { timelineId } = await cliJson<{ timelineId: string }>(
      ['project', 'new', path, '--fps', '30', '--size', '1280x720'],
      env,
    );
    const { assets } = await cliJson<{ assets: { id: string }[] }>(
      ['media', 'import', path, at('long.mp4')],
      env,
    );
    writeFileSync(
      at('append.json'),
      JSON.stringify([{ type: 'clip.append', timelineId, assetId: assets[0]?.id }]),
    );
    await cliJson(['edit', path, '--commands', at('append.json')], env);

    const out = join(folder, 'out', 'film.mp4');
    const child = startCli(['export', path, '--out', out], env);
    // Progress on stderr says that encoding has begun.
    await seen(child.stderr, /Frame [1-9]/);
    child.kill('SIGKILL');
    await once(child, 'close');

    expect(existsSync(out)).toBe(false);
    expect(await cliJson<{ ok: boolean }>(['project', 'check', path], env)).toMatchObject({
      ok: true,
    });
    // The next export clears what the killed one left behind, and makes the film.
    await cliJson(
      ['export', path, '--out', out, '--encoder-preset', 'ultrafast', '--range', '0-60'],
      env,
    );
    expect(readdirSync(join(folder, 'out'))).toEqual(['film.mp4']);
    expect(readdirSync(join(folder, 'cache', 'work'))).toEqual([]);
  });
});

async function acknowledgedBeforeKill(
  child: ReturnType<typeof startCli>,
  wanted: number,
): Promise<number> {
  let text = '';
  let last = 0;
  let lines = 0;
  const closed = once(child, 'close');
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const complete = text.split('\n');
    text = complete.pop() ?? '';
    for (const line of complete) {
      last = (JSON.parse(line) as { revision: number }).revision;
      lines += 1;
      if (lines >= wanted) child.kill('SIGKILL');
    }
  });
  await closed;
  expect(lines).toBeGreaterThanOrEqual(wanted);
  return last;
}

async function seen(stream: NodeJS.ReadableStream | null, pattern: RegExp): Promise<void> {
  let text = '';
  for await (const chunk of stream ?? []) {
    text += String(chunk);
    if (pattern.test(text)) return;
  }
  throw new Error(`Never said ${String(pattern)}: ${text}`);
}
