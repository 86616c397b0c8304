import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildEpub } from '#core/book/epub/buildEpub.ts';
import { evenHeadings } from '#core/book/headings.ts';
import { isbn13 } from '#core/book/isbn.ts';
import { type Block, type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import { settleAsync } from '#core/fault.ts';
import { readSource } from '#engine/book/import/readSource.ts';
import { zipFiles } from '#engine/book/zipFiles.ts';
import { isBookHere, NOVEL, W3C_BOOKS } from '../support/booksOfOthers.ts';
import { lampPicture, richManuscript, sampleManuscript } from './richManuscript.ts';

/** Ids that no source has. */
function idCounter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `new-${count}`;
  };
}

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function exported(name: string, manuscript: Manuscript): Promise<string> {
  const path = join(folder, name);
  const pictures = lampPicture();
  await writeFile(
    path,
    zipFiles(buildEpub({ manuscript, modified: '2025-10-14T12:00:00Z', pictures })),
  );
  return path;
}

/** What an EPUB can say of a manuscript: pictures go by new names, headings step down evenly. */
function asExported(manuscript: Manuscript): unknown {
  const sources = new Map<string, string>();
  for (const block of manuscript.chapters.flatMap(({ blocks }) => [...walkBlocks(blocks)])) {
    if (block.kind === 'image' && !sources.has(block.source)) {
      sources.set(block.source, `EPUB/pictures/picture-${sources.size + 1}.png`);
    }
  }
  const { identifier } = manuscript.metadata;
  const chapters = manuscript.chapters.map((chapter) => ({
    ...chapter,
    title: chapter.title.replace(/ {2,}/g, ' '),
    blocks: evenHeadings(chapter.blocks),
  }));
  const text = JSON.stringify(
    {
      metadata: { ...manuscript.metadata, identifier: isbn13(identifier) ?? identifier },
      chapters,
    },
    (key, value: unknown) => {
      if (key === 'source') return sources.get(String(value));
      // The programming language of code is nothing that a page shows.
      return key === 'language' && value === 'rust' ? undefined : value;
    },
  );
  return JSON.parse(text);
}

describe('import of EPUB books', () => {
  it.each([
    ['everything', richManuscript],
    ['sample', sampleManuscript],
  ] as const)('reads back what was exported, ids and all: %s', async (name, make) => {
    const manuscript = await make();
    const read = await readSource(await exported(`${name}.epub`, manuscript), idCounter());
    const { metadata, chapters } = read;
    expect(JSON.parse(JSON.stringify({ metadata, chapters }))).toEqual(asExported(manuscript));
    expect(read.losses).toEqual([]);
    for (const { kind, inSource, inBook } of read.meter)
      expect([kind, inBook]).toEqual([kind, inSource]);
  });

  it.skipIf(!isBookHere(NOVEL))('loses nothing of a novel of 61 chapters', async () => {
    const read = await readSource(NOVEL, idCounter());
    const [words, italics] = read.meter;
    expect(words?.inSource).toBeGreaterThan(121_000);
    expect(words?.inBook).toBe(words?.inSource);
    expect(italics).toMatchObject({ kind: 'emphasis', inSource: 470, inBook: 470 });
    expect(read.losses.filter(({ code }) => code.endsWith('-lost'))).toEqual([]);
    const chapters = read.chapters.filter(({ role }) => role === undefined);
    expect(chapters).toHaveLength(61);
    expect(chapters.map(({ title }) => title)).toMatchObject({
      0: 'I',
      1: 'II',
      43: 'XLIV',
      60: 'LXI',
    });
    const letters = chapters
      .flatMap(({ blocks }) => blocks)
      .filter(({ kind }) => kind === 'letter');
    expect(letters.length).toBeGreaterThan(10);
    expect(read.metadata).toMatchObject({
      title: 'Pride and Prejudice',
      authors: ['Jane Austen'],
      language: 'en-GB',
    });
    expect(read.cover).toBe('epub/images/cover.svg');
  });

  it.skipIf(!isBookHere(W3C_BOOKS))(
    'reads every book of the W3C’s tests, or refuses it with a code',
    async () => {
      const names = (await readdir(W3C_BOOKS)).filter((name) => name.endsWith('.epub'));
      expect(names.length).toBeGreaterThan(20);
      for (const name of names) {
        const result = await settleAsync(() => readSource(join(W3C_BOOKS, name), idCounter()));
        if (!result.ok) {
          expect(result.error.code).toMatch(/^(?:book|xml)\//);
          continue;
        }
        expect(result.value.chapters.length).toBeGreaterThan(0);
        const lost = result.value.losses.filter(({ code }) => code === 'words-lost');
        expect([name, lost]).toEqual([name, []]);
      }
    },
  );

  it('reads an EPUB 2 with parts, endnotes in a file of their own, breaks and looks from its style sheet', async () => {
    const path = join(folder, 'old.epub');
    await writeFile(path, oldEpub());
    const read = await readSource(path, idCounter());
    expect(read.losses.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'remote-picture: The picture “https://evil.example/a.png” lies on the web. Nothing is loaded from there, so it was left out.',
      'script: A script was left out. Scripts of a book never run here.',
    ]);
    for (const { kind, inSource, inBook } of read.meter)
      expect([kind, inBook]).toEqual([kind, inSource]);
    expect(read.metadata).toMatchObject({
      title: 'Old Book',
      authors: ['Ann O’Neil'],
      contributors: [{ name: 'Bob', role: 'translator' }],
      series: { name: 'The Lamps', number: 2.5 },
      identifier: '9783161484100',
    });
    expect(
      read.chapters.map(({ title, role, blocks }) => [title, role, blocks.map(({ kind }) => kind)]),
    ).toEqual([
      ['Part One', 'part', []],
      [
        'Chapter 1: The Lamp',
        undefined,
        [
          'paragraph',
          'scene-break',
          'paragraph',
          'scene-break',
          'paragraph',
          'paragraph',
          'verse',
          'table',
        ],
      ],
      ['Chapter 2', undefined, ['paragraph', 'paragraph']],
    ]);
    const [first] = read.chapters[1]?.blocks ?? [];
    expect(first).toMatchObject({
      inlines: [
        { text: 'It was ' },
        { text: 'very', emphasis: true },
        { text: ' dark — ' },
        { text: 'bold', strong: true },
        { text: ' ' },
        { text: 'caps', smallCaps: true },
        {
          kind: 'note',
          blocks: [
            { inlines: [{ text: 'First ' }, { text: 'note', emphasis: true }, { text: '.' }] },
          ],
        },
        { text: '.' },
      ],
    });
    const second: Block | undefined = read.chapters[2]?.blocks[0];
    expect(second).toMatchObject({
      inlines: [
        { text: 'More' },
        { kind: 'note', blocks: [{ kind: 'paragraph' }, { kind: 'paragraph' }] },
        { text: '.' },
      ],
    });
  });
});

/** A book as converters of ten years ago made them. */
function oldEpub(): Uint8Array {
  const page = (title: string, body: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>${title}</title><link rel="stylesheet" href="../s%20t.css" type="text/css"/></head><body>${body}</body></html>`;
  const point = (id: string, label: string, src: string, inner = '') =>
    `<navPoint id="${id}"><navLabel><text>${label}</text></navLabel><content src="${src}"/>${inner}</navPoint>`;
  const files: Record<string, string> = {
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container><rootfiles><rootfile full-path="O%20PS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    'META-INF/encryption.xml':
      '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="http://www.idpf.org/2008/embedding"/></enc:EncryptedData></encryption>',
    'O PS/book.opf': `<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Old Book</dc:title><dc:creator opf:role="aut">Ann O’Neil</dc:creator><dc:creator opf:role="trl">Bob</dc:creator><dc:language>en</dc:language><dc:identifier id="i" opf:scheme="ISBN">9783161484100</dc:identifier><meta name="calibre:series" content="The Lamps"/><meta name="calibre:series_index" content="2.5"/></metadata><manifest><item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="t" href="text/title.html" media-type="application/xhtml+xml"/><item id="p" href="text/part.html" media-type="application/xhtml+xml"/><item id="a" href="text/a%20b.html" media-type="application/xhtml+xml"/><item id="a2" href="text/split.html" media-type="application/xhtml+xml"/><item id="b" href="text/b.html" media-type="application/xhtml+xml"/><item id="n" href="text/notes.html" media-type="application/xhtml+xml"/><item id="c" href="s t.css" media-type="text/css"/></manifest><spine toc="ncx"><itemref idref="t"/><itemref idref="p"/><itemref idref="a"/><itemref idref="a2"/><itemref idref="b"/><itemref idref="n"/></spine></package>`,
    'O PS/toc.ncx': `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>${point('1', 'Part One', 'text/part.html', point('2', 'Chapter 1: The Lamp', 'text/a%20b.html#start') + point('3', 'Chapter 2', 'text/b.html'))}${point('4', 'Notes', 'text/notes.html')}</navMap></ncx>`,
    'O PS/s t.css':
      '@import url("http://evil.example/x.css"); /* looks */ .it, .x .y { font-style: italic } b { font-weight: bold } .sc { font-variant: small-caps } p.mid { text-align: center }',
    'O PS/text/title.html': page('t', '<h1>Old Book</h1><p>by Ann O’Neil</p>'),
    'O PS/text/part.html': page('p', '<h1>Part One</h1>'),
    'O PS/text/a b.html': page(
      'a',
      '<a id="start"/><h2>Chapter 1<br/>The Lamp</h2><p>It was <span class="it">very</span> dark&nbsp;&mdash; <b>bold</b> <span class="sc">caps</span><a id="r1" href="notes.html#n1"><sup>1</sup></a>.</p><p class="mid">* * *</p><p>Text.</p><p>&nbsp;</p><p>After an empty line.</p><script src="x.js">alert("secret")</script><p><img src="https://evil.example/a.png" alt="x"/></p>'.replace(
        '&nbsp;&mdash;',
        ' &mdash;',
      ),
    ),
    'O PS/text/split.html': page(
      'a2',
      '<p>Goes on.</p><div class="poem"><p>Line one</p><p>Line two</p></div><table><tr><th>A</th><th>B</th></tr><tr><td colspan="2">C</td></tr></table>',
    ),
    'O PS/text/b.html': page(
      'b',
      '<h2>Chapter 2</h2><p>More<a id="r2" href="notes.html#n2">[2]</a>.</p><p>End.</p>',
    ),
    'O PS/text/notes.html': page(
      'n',
      '<h2>Notes</h2><p id="n1"><a href="a%20b.html#r1">1</a>. First <em>note</em>.</p><div class="note"><p id="n2"><a href="b.html#r2">[2]</a> Second.</p><p>And more. <a href="b.html#r2">↩</a></p></div>',
    ),
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
}
