import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';
import { hashWholeFile } from '#engine/media/identity.ts';
import { testFolder } from '../support/folder.ts';
import { machine, newLibrary, type OpenLibrary, writeTone } from './mediaFixture.ts';

const root = testFolder('media-states');
const here = await machine(join(root, 'here'));
let count = 0;
let folder: string;
let tone: string;
let library: OpenLibrary;

beforeEach(async () => {
  folder = join(root, `case-${++count}`);
  tone = writeTone(join(folder, 'tone.wav'), 300, 4);
  library = await newLibrary(here, join(folder, 'film.inkreel'), [tone]);
});

/** Puts seconds of the tone at the end of the timeline. */
async function append(first: number, last: number): Promise<void> {
  await here.call('project.edit', {
    projectId: library.projectId,
    commands: [
      {
        type: 'clip.append',
        timelineId: library.timelineId,
        assetId: await library.idOf('tone.wav'),
        in: first * FLICKS_PER_SECOND,
        out: last * FLICKS_PER_SECOND,
      },
    ],
  });
}

const secondsOfClips = async () =>
  (await library.project())
    .all('clip')
    .map(({ sourceRange }) => [
      sourceRange.in / FLICKS_PER_SECOND,
      sourceRange.out / FLICKS_PER_SECOND,
    ])
    .sort((a, b) => Number(a[0]) - Number(b[0]));

async function useChanged(longClips: 'refuse' | 'trim' = 'refuse') {
  return {
    projectId: library.projectId,
    assetId: await library.idOf('tone.wav'),
    ifDifferent: 'use' as const,
    longClips,
  };
}

describe('a file that was changed', () => {
  it('is known by its size, and by its content where the size is the same', async () => {
    expect(await library.status('tone.wav')).toMatchObject({ state: 'online', missing: false });
    writeTone(tone, 301, 4);
    expect(await library.status('tone.wav')).toMatchObject({
      state: 'changed',
      missing: false,
      path: tone,
      reason: { code: 'media/changed' },
    });
    writeTone(tone, 300, 5);
    expect((await library.status('tone.wav')).reason?.message).toContain('longer on disk');
    writeTone(tone, 300, 4);
    expect(await library.status('tone.wav')).toMatchObject({ state: 'online', reason: null });
  });

  it('is the same file when only its times were touched', async () => {
    utimesSync(tone, 1_000, 1_000);
    expect(await library.status('tone.wav')).toMatchObject({ state: 'online' });
  });

  it('is used when that is asked for: facts and clips follow, and one undo takes it back', async () => {
    await append(0, 4);
    writeTone(tone, 301, 6);
    await here.call('media.locate', await useChanged());
    const asset = (await library.project()).all('asset')[0];
    expect(asset?.facts.duration).toBe(6 * FLICKS_PER_SECOND);
    expect(asset?.contentHash).toBe(await hashWholeFile(tone));
    expect(await library.status('tone.wav')).toMatchObject({ state: 'online' });
    expect(await secondsOfClips()).toEqual([[0, 4]]);
    await here.call('project.undo', { projectId: library.projectId });
    expect(await library.status('tone.wav')).toMatchObject({ state: 'changed' });
  });

  it('is refused when clips use more than is left, unless they are to be shortened', async () => {
    await append(0, 3);
    await append(1, 2);
    writeTone(tone, 301, 2);
    const refused = await here.refusal('media.locate', await useChanged());
    expect(refused).toMatchObject({ code: 'edit/media-shorter' });
    expect(refused.message).toContain('A clip uses more of “tone.wav” than the file has now.');
    expect(await secondsOfClips()).toEqual([
      [0, 3],
      [1, 2],
    ]);
    const { trimmedClipIds } = await here.call('media.locate', await useChanged('trim'));
    expect(trimmedClipIds).toHaveLength(1);
    expect(await secondsOfClips()).toEqual([
      [0, 2],
      [1, 2],
    ]);
    await here.call('project.undo', { projectId: library.projectId });
    expect(await secondsOfClips()).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  it('is refused when nothing of a clip would be left, whatever was asked for', async () => {
    await append(0, 1);
    await append(3, 4);
    writeTone(tone, 301, 2);
    const refused = await here.refusal('media.locate', await useChanged('trim'));
    expect(refused).toMatchObject({ code: 'edit/media-shorter' });
    expect(refused.message).toContain('nothing would be left');
  });

  it('is refused when it is no media any more', async () => {
    writeFileSync(tone, 'Dear reader, this is not a sound.\n');
    expect(await here.refusal('media.locate', await useChanged())).toMatchObject({
      code: 'media/not-media',
    });
  });
});

describe('a file that cannot be used', () => {
  const SENTENCE = /^[“A-Z].*[.]$/s;
  const cases: Record<string, () => void> = {
    'file/missing': () => rmSync(tone),
    'file/is-folder': () => {
      rmSync(tone);
      mkdirSync(tone);
    },
    'media/broken-link': () => {
      rmSync(tone);
      symlinkSync(join(folder, 'nowhere.wav'), tone);
    },
    'media/empty': () => writeFileSync(tone, ''),
    'media/not-a-file': () => {
      rmSync(tone);
      symlinkSync('/dev/null', tone);
    },
  };
  for (const [code, spoil] of Object.entries(cases)) {
    it(`is offline with the reason ${code}, in the library and on import`, async () => {
      spoil();
      const { state, path, reason } = await library.status('tone.wav');
      expect({ state, path, code: reason?.code }).toEqual({ state: 'offline', path: null, code });
      expect(reason?.message).toMatch(SENTENCE);
      const { projectId } = library;
      if (code === 'file/is-folder') return;
      const { failed } = await here.call('media.import', { projectId, paths: [tone] });
      expect(failed).toMatchObject([{ path: tone, code }]);
    });
  }

  it('is offline without permission to read it', async ({ skip }) => {
    if (process.getuid?.() === 0) skip('The administrator may read everything.');
    chmodSync(tone, 0o000);
    expect(await library.status('tone.wav')).toMatchObject({
      state: 'offline',
      reason: { code: 'file/no-permission' },
    });
  });

  it('is told by name when the name is not text', async () => {
    const bad = Buffer.concat([Buffer.from(join(folder, 'found', 'ta')), Buffer.from([0xff])]);
    mkdirSync(join(folder, 'found'));
    try {
      renameSync(tone, bad);
    } catch {
      // This system takes no such names, so there is none to meet.
      return;
    }
    const { projectId } = library;
    const { relinked, skipped } = await here.call('media.relink', {
      projectId,
      folders: [join(folder, 'found')],
    });
    expect(relinked).toEqual([]);
    expect(skipped).toMatchObject([{ code: 'media/bad-name' }]);
    const { failed } = await here.call('media.import', {
      projectId,
      paths: [join(folder, 'found')],
    });
    expect(failed).toMatchObject([{ code: 'media/bad-name' }]);
  });
});

describe('the hash of a whole file', () => {
  it('is the one that everybody computes', async () => {
    const abc = join(folder, 'abc.txt');
    writeFileSync(abc, 'abc');
    // The first example of FIPS 180-2.
    expect(await hashWholeFile(abc)).toBe(
      'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('counts for nothing when the file is written to meanwhile', async () => {
    const hashed = hashWholeFile(tone, () => appendFileSync(tone, 'more'));
    await expect(hashed).rejects.toMatchObject({ fault: { code: 'media/changing' } });
  });

  it('counts for nothing when another file takes its place meanwhile', async () => {
    const other = writeTone(join(folder, 'other.wav'), 300, 4);
    const hashed = hashWholeFile(tone, () => renameSync(other, tone));
    await expect(hashed).rejects.toMatchObject({ fault: { code: 'media/changing' } });
  });
});
