import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { buildEpub } from '#core/book/epub/buildEpub.ts';
import { type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import { type ImportedBook, importBook } from '#engine/book/import/importBook.ts';
import { exportBook } from '#engine/book/exportBook.ts';
import { manuscriptOf, picturesOf } from '#engine/book/projectBook.ts';
import { zipFiles } from '#engine/book/zipFiles.ts';
import { Cancelled } from '#engine/process/run.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { findFfmpeg } from '#engine/tools/ffmpeg.ts';
import { cliEnvironment, cliJson } from '../support/cli.ts';
import { testFolder } from '../support/folder.ts';
import { lampPicture, richManuscript } from './richManuscript.ts';

const folder = testFolder('import-book');
const DATE = '2025-10-14T12:00:00Z';
const files: ProjectFile[] = [];
afterEach(() => {
  for (const file of files.splice(0)) file.close();
});

async function project(name: string): Promise<ProjectFile> {
  await mkdir(join(folder, name), { recursive: true });
  const file = ProjectFile.create(join(folder, name, `${name}.inkreel`), name);
  files.push(file);
  return file;
}

function take(
  file: ProjectFile,
  path: string,
  signal = new AbortController().signal,
): Promise<ImportedBook> {
  return importBook(file, path, { tools: findFfmpeg, signal, onProgress: () => undefined });
}

async function richEpub(name: string): Promise<string> {
  const path = join(folder, name);
  const made = buildEpub({ manuscript: richManuscript(), modified: DATE, pictures: lampPicture() });
  await writeFile(path, zipFiles(made));
  return path;
}

/** What a project holds of a book; chapters are new objects in each project. */
function contentOf(file: ProjectFile, bookId: string): unknown {
  const manuscript: Manuscript = manuscriptOf(file, bookId);
  const chapters = manuscript.chapters.map(({ id: _, ...chapter }) => chapter);
  return { ...manuscript, chapters };
}

describe('importBook', () => {
  it('gives the same book again when it is exported and imported', {
    timeout: 60_000,
  }, async () => {
    const first = await project('first');
    const book = await take(first, await richEpub('rich.epub'));
    expect(book.losses.map(({ code }) => code)).toEqual(['picture-converted']);
    const manuscript = manuscriptOf(first, book.bookId);
    const pictures = await picturesOf(first, manuscript);
    expect([...pictures.keys()]).toEqual(['picture-1.png']);
    const out = join(folder, 'again.epub');
    await exportBook({ manuscript, format: 'epub', out, date: DATE, pictures });
    const second = await project('second');
    const again = await take(second, out);
    expect(contentOf(second, again.bookId)).toEqual(contentOf(first, book.bookId));
    expect(again.meter).toEqual(book.meter);
  });

  it('is one edit, which undo takes back, and leaves its pictures beside the project', {
    timeout: 60_000,
  }, async () => {
    const file = await project('undo');
    const before = file.revision;
    const { bookId } = await take(file, await richEpub('undo.epub'));
    expect(file.revision).toBe(before + 1);
    const asset = file.project.all('asset').find(({ name }) => name === 'picture-1.png');
    expect(asset?.location.relative).toMatch(
      /^undo pictures\/A “Rich” Book & Other #Things\/picture-1\.png$/,
    );
    expect(await readFile(join(folder, 'undo', asset?.location.relative ?? ''))).toHaveLength(
      lampPicture().get('lamp.png')?.bytes.length ?? 0,
    );
    file.undo();
    expect(file.project.find('book', bookId)).toBeUndefined();
    expect(file.project.all('asset')).toEqual([]);
  });

  it('names pictures apart that have one name, and adds none twice', {
    timeout: 60_000,
  }, async () => {
    const file = await project('names');
    const first = await take(file, await richEpub('names.epub'));
    const second = await take(file, await richEpub('names.epub'));
    expect(contentOf(file, second.bookId)).toEqual(contentOf(file, first.bookId));
    const png = lampPicture().get('lamp.png')?.bytes ?? new Uint8Array();
    const other = Buffer.concat([png, Buffer.from('other')]);
    await writeFile(
      join(folder, 'other.epub'),
      zipSync(
        pictureBook({ 'i/picture-1.png': other, 'i/PICTURE-1.gif': await gif() }, [
          'i/picture-1.png',
          'i/PICTURE-1.gif',
        ]),
      ),
    );
    const third = await take(file, join(folder, 'other.epub'));
    const sources = manuscriptOf(file, third.bookId)
      .chapters.flatMap(({ blocks }) => [...walkBlocks(blocks)])
      .flatMap((block) => (block.kind === 'image' ? [block.source] : []));
    expect(sources).toEqual(['picture-1 (2).png', 'PICTURE-1 (3).png']);
    expect(third.losses.map(({ code }) => code)).toEqual(['picture-converted']);
    expect((await picturesOf(file, manuscriptOf(file, third.bookId))).size).toBe(2);
  });

  it('leaves out a picture that is far too large, in bounded memory, and says so', {
    timeout: 60_000,
  }, async () => {
    const file = await project('large');
    const large = Buffer.alloc(120 * 1024 * 1024);
    lampPicture()
      .get('lamp.png')
      ?.bytes.forEach((byte, at) => {
        large[at] = byte;
      });
    const packed = zipSync(pictureBook({ 'i/large.png': large }, ['i/large.png']), { level: 0 });
    await writeFile(join(folder, 'large.epub'), packed);
    const book = await take(file, join(folder, 'large.epub'));
    expect(book.losses.map(({ code }) => code)).toContain('picture-too-large');
    expect(manuscriptOf(file, book.bookId).chapters[0]?.blocks.map(({ kind }) => kind)).toEqual([
      'paragraph',
    ]);
    expect(existsSync(join(folder, 'large', 'large pictures'))).toBe(false);
  });

  it('changes nothing when it is stopped or refused', { timeout: 60_000 }, async () => {
    const file = await project('stopped');
    const before = file.revision;
    const controller = new AbortController();
    const stopped = importBook(file, await richEpub('stopped.epub'), {
      tools: findFfmpeg,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toBeInstanceOf(Cancelled);
    await writeFile(join(folder, 'broken.epub'), 'PK broken');
    await expect(take(file, join(folder, 'broken.epub'))).rejects.toMatchObject({
      fault: { code: 'book/archive-damaged' },
    });
    expect(file.revision).toBe(before);
    const left = await readdir(join(folder, 'stopped'));
    expect(left.filter((name) => !name.startsWith('stopped.inkreel'))).toEqual([]);
  });

  it('answers the command line with counts and losses', { timeout: 120_000 }, async () => {
    const env = cliEnvironment(folder);
    const path = join(folder, 'cli.inkreel');
    await cliJson(['project', 'new', path], env);
    await writeFile(join(folder, 'story.txt'), 'Chapter 1\n\nFour _plain_ words here.\n');
    expect(await cliJson(['book', 'import', path, join(folder, 'story.txt')], env)).toMatchObject({
      chapters: 1,
      words: 4,
      losses: [],
      meter: [
        { kind: 'words', inSource: 6, inBook: 6 },
        { kind: 'emphasis', inSource: 1, inBook: 1 },
      ],
    });
  });
});

function pictureBook(
  pictures: Record<string, Uint8Array>,
  shown: readonly string[],
): Record<string, Uint8Array> {
  const items = Object.keys(pictures).map(
    (name, at) => `<item id="i${at}" href="${name}" media-type="image/png"/>`,
  );
  const images = shown.map((name) => `<p><img src="${name}" alt="A"/></p>`);
  return {
    mimetype: strToU8('application/epub+zip'),
    'META-INF/container.xml': strToU8(
      '<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>',
    ),
    'b.opf': strToU8(
      `<package unique-identifier="u"><metadata xmlns:dc="x"><dc:title>P</dc:title><dc:identifier id="u">urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11</dc:identifier></metadata><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>${items.join('')}</manifest><spine><itemref idref="a"/></spine></package>`,
    ),
    'a.xhtml': strToU8(`<html><body><h1>One</h1><p>Words.</p>${images.join('')}</body></html>`),
    ...pictures,
  };
}

/** A GIF of one red pixel. */
async function gif(): Promise<Uint8Array> {
  return Buffer.from('R0lGODlhAQABAIAAAP8AAAAAACwAAAAAAQABAAACAkQBADs=', 'base64');
}
