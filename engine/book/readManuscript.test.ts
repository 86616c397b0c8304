import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settleAsync } from '#core/fault.ts';
import { readManuscript } from './readManuscript.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-read-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function read(name: string) {
  let count = 0;
  return readManuscript(join(folder, name), () => {
    count += 1;
    return `b${count}`;
  });
}

async function refusal(name: string): Promise<string> {
  const result = await settleAsync(() => read(name));
  return result.ok ? 'accepted' : result.error.code;
}

describe('readManuscript', () => {
  it('reads a file and counts its words', async () => {
    await writeFile(
      join(folder, 'book.md'),
      '\uFEFF---\ntitle: B\n---\r\n# One\r\n\r\nThree plain words.',
    );
    const book = await read('book.md');
    expect(book.metadata.title).toBe('B');
    expect(book.chapters.map((chapter) => chapter.title)).toEqual(['One']);
    expect(book.words).toBe(3);
  });

  it('takes a folder’s files in the order of their numbers, each heading a chapter', async () => {
    await mkdir(join(folder, 'book'));
    await writeFile(join(folder, 'book', '10-the_end.md'), 'Last.');
    await writeFile(join(folder, 'book', '2.md'), '# Two\n\n## Section\n\nb');
    await writeFile(join(folder, 'book', '1.md'), '---\nauthor: Ann\n---\n\n# One\n\na');
    await writeFile(join(folder, 'book', 'notes.pdf'), 'x');
    const book = await read('book');
    expect(book.chapters.map((chapter) => chapter.title)).toEqual(['One', 'Two', 'the end']);
    expect(book.metadata.authors).toEqual(['Ann']);
  });

  it('finds pictures beside the text and nowhere else', async () => {
    await mkdir(join(folder, 'book'));
    await writeFile(join(folder, 'secret.png'), 'x');
    await writeFile(join(folder, 'book', 'a b.png'), 'x');
    await symlink(join(folder, 'secret.png'), join(folder, 'book', 'way-out.png'));
    await writeFile(
      join(folder, 'book', 'book.md'),
      '![a](a%20b.png)\n\n![b](../secret.png)\n\n![c](way-out.png)\n\n![d](https://example.org/d.png)',
    );
    const book = await read('book/book.md');
    expect(book.pictures.map((picture) => picture.source)).toEqual(['a%20b.png']);
    expect(book.losses.map((loss) => loss.code)).toEqual(Array(3).fill('picture-missing'));
  });

  it('refuses what it cannot read, each with its own code', async () => {
    await writeFile(join(folder, 'book.epub'), 'PK');
    await writeFile(join(folder, 'latin.md'), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
    await writeFile(join(folder, 'binary.md'), Buffer.from([0x61, 0, 0x62]));
    await mkdir(join(folder, 'empty'));
    expect(await refusal('book.epub')).toBe('book/format-not-supported');
    expect(await refusal('latin.md')).toBe('book/not-text');
    expect(await refusal('binary.md')).toBe('book/not-text');
    expect(await refusal('empty')).toBe('book/nothing-to-read');
    expect(await refusal('missing.md')).toBe('file/missing');
  });
});
