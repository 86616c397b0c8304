import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { findNumbered } from './findNumbered.ts';
import { movieBeside } from './movieName.ts';
import { patternOf } from './picturesInput.ts';

const root = mkdtempSync(join(tmpdir(), 'inkreel-numbered-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function folderOf(...names: string[]): string {
  const folder = mkdtempSync(join(root, 'pictures-'));
  for (const name of names) writeFileSync(join(folder, name), 'a picture');
  return folder;
}

/** Numbered names from one number to another. */
function row(first: number, last: number, nameOf: (number: number) => string): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => nameOf(first + index));
}

const padded = (digits: number) => (number: number) =>
  `shot_${String(number).padStart(digits, '0')}.png`;

async function found(names: string[], chosen: string) {
  const pictures = await findNumbered(join(folderOf(...names), chosen));
  const { first, last, digits, beyondGaps } = pictures;
  const movie = basename(movieBeside(pictures));
  expect(pictures.names.at(0)).toBe(first.name);
  expect(pictures.names.at(-1)).toBe(last.name);
  return { names: pictures.names, digits, beyondGaps, movie, pattern: patternOf(pictures) };
}

async function codeOf(path: string): Promise<string> {
  const answer = await settleAsync(() => findNumbered(path));
  return answer.ok ? 'found' : answer.error.code;
}

describe('numbered pictures', () => {
  it('are all that stand in a row with the chosen one, in the order of their numbers', async () => {
    const names = row(1, 12, padded(4));
    expect(await found(names.toReversed(), 'shot_0007.png')).toEqual({
      names,
      digits: 4,
      beyondGaps: 0,
      movie: 'shot 0001–0012.mov',
      pattern: 'shot_%04d.png',
    });
  });

  it('may have numbers without zeros, and such that outgrow their zeros', async () => {
    const plain = row(8, 11, (number) => `${number}.jpg`);
    expect(await found(plain, '11.jpg')).toMatchObject({
      names: plain,
      digits: 1,
      movie: '8–11.mov',
    });
    const outgrown = row(98, 101, padded(2));
    expect(await found(outgrown, 'shot_101.png')).toMatchObject({ names: outgrown });
    const zeros = row(98, 101, padded(3));
    expect(await found(zeros, 'shot_100.png')).toMatchObject({ names: zeros, digits: 3 });
  });

  it('end at a gap, and tell how many lie beyond', async () => {
    const names = [...row(1, 2, padded(3)), ...row(4, 7, padded(3)), ...row(9, 11, padded(3))];
    expect(await found(names, 'shot_005.png')).toMatchObject({
      names: row(4, 7, padded(3)),
      beyondGaps: 5,
    });
  });

  it('are no others with a like name', async () => {
    const names = row(1, 3, padded(3));
    const others = [
      ...['shot_004.jpg', 'shot_04.png', 'Shot_004.png', 'shot_004.PNG', 'shot-004.png'],
      ...['.shot_004.png', '._shot_004.png', 'shot_004.png.part', 'shot_4.png', 'shot_.png'],
    ];
    expect(await found([...names, ...others], 'shot_001.png')).toMatchObject({
      names,
      beyondGaps: 0,
    });
    expect(await found(['a1b_2.png', 'a1b_3.png', 'a2b_4.png'], 'a1b_2.png')).toMatchObject({
      names: ['a1b_2.png', 'a1b_3.png'],
      movie: 'a1b 2–3.mov',
    });
  });

  it('are files, not folders', async () => {
    const folder = folderOf(...row(1, 2, padded(2)));
    mkdirSync(join(folder, 'shot_03.png'));
    const { names } = await findNumbered(join(folder, 'shot_01.png'));
    expect(names).toEqual(row(1, 2, padded(2)));
  });

  it('keep a percent sign of their name', async () => {
    const names = row(1, 2, (number) => `50%d “done” ${number}.tif`);
    expect(await found(names, names[0] ?? '')).toMatchObject({
      movie: '50%d “done” 1–2.mov',
      pattern: '50%%d “done” %01d.tif',
    });
  });

  it('are refused with the reason where there are none', async () => {
    const folder = folderOf(
      ...['cover.png', 'shot_1.png', 'shot_3.png', 'notes_1.txt', 'notes_2.txt'],
      ...['long_99999999999999999999.png', 'long_99999999999999999998.png'],
    );
    const codes = Object.fromEntries(
      await Promise.all(
        [
          'cover.png',
          'shot_1.png',
          'notes_1.txt',
          'gone_1.png',
          'long_99999999999999999999.png',
        ].map(async (name) => [name, await codeOf(join(folder, name))] as const),
      ),
    );
    expect(codes).toEqual({
      'cover.png': 'media/not-numbered',
      'shot_1.png': 'media/one-picture',
      'notes_1.txt': 'media/not-a-picture',
      'gone_1.png': 'file/missing',
      'long_99999999999999999999.png': 'media/not-numbered',
    });
    expect(await codeOf(folder)).toBe('file/is-folder');
  });
});
