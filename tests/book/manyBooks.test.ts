import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manuscriptSchema } from '#core/book/manuscript.ts';
import { exportBook } from '#engine/book/exportBook.ts';
import { openAce } from '../support/ace.ts';
import { epubcheck } from '../support/epubcheck.ts';
import { testFolder } from '../support/folder.ts';
import { BOOK_KINDS, BOOK_LENGTHS, type BookKind, generatedBook } from './generatedBooks.ts';
import { lampPicture } from './richManuscript.ts';

const DATE = '2025-10-14T12:00:00Z';
const SEED = Number(process.env['INKREEL_SEED'] ?? '1');
/** All sixty take an hour or two, nearly all of it in Ace; by default a few are drawn, other ones for another seed. */
const IS_ALL = process.env['INKREEL_ALL_BOOKS'] === '1';
const MAX_MS = 1_800_000;

/** What of a printed book the press and its readers need, whatever stands in it. */
const GEOMETRY = [
  ...['page-size', 'fonts-embedded', 'no-type-3-fonts', 'outline', 'even-pages', 'gutter'],
  ...['outer-margins', 'headings-with-text', 'notes-with-calls', 'pages-hold-all', 'no-widows'],
  ...['no-orphans', 'no-runts', 'tagged', 'glyphs', 'clean-openings'],
];

type Choice = { kind: BookKind; words: number };

function chosenBooks(): Choice[] {
  const all = BOOK_KINDS.flatMap((kind) => BOOK_LENGTHS.map((words) => ({ kind, words })));
  if (IS_ALL) return all;
  const short = BOOK_KINDS.map((_, index) => BOOK_KINDS[(index + SEED) % BOOK_KINDS.length]);
  return [
    ...short.slice(0, 3).map((kind) => ({ kind: kind ?? 'novel', words: 1_000 })),
    { kind: 'parts', words: 1_000 },
    { kind: 'edge', words: 10_000 },
  ];
}

/** Setting pages takes seconds, so that all kinds are printed in every run. */
function printedBooks(): Choice[] {
  const lengths = IS_ALL ? BOOK_LENGTHS : ([1_000, 10_000] as const);
  return BOOK_KINDS.flatMap((kind) => lengths.map((words) => ({ kind, words })));
}

const folder = testFolder('books');
let ace: Awaited<ReturnType<typeof openAce>>;

beforeAll(async () => {
  ace = await openAce();
});
afterAll(() => ace.close());

describe('generated books', () => {
  it.each(chosenBooks())(
    'pass EPUBCheck and Ace without a word: $kind of $words words',
    { timeout: MAX_MS },
    async ({ kind, words }) => {
      const manuscript = manuscriptSchema.parse(generatedBook(kind, words, SEED));
      const out = join(folder, `${kind}-${words}.epub`);
      const pictures = lampPicture();
      const book = await exportBook({ manuscript, format: 'epub', out, date: DATE, pictures });
      expect(book.checks.filter((check) => !check.ok)).toEqual([]);
      expect(await epubcheck(out)).toEqual([]);
      expect(await ace.check(out)).toEqual([]);
    },
  );

  it.each(printedBooks())(
    'keep to the measures of the press, read from the PDF itself: $kind of $words words',
    { timeout: MAX_MS },
    async ({ kind, words }) => {
      const manuscript = manuscriptSchema.parse(generatedBook(kind, words, SEED));
      const out = join(folder, `${kind}-${words}.pdf`);
      const pictures = lampPicture();
      const { checks } = await exportBook({
        manuscript,
        format: 'print',
        out,
        date: DATE,
        pictures,
      });
      const failed = checks.filter(({ ok }) => !ok).map(({ name }) => name);
      expect(failed.filter((name) => GEOMETRY.includes(name))).toEqual([]);
      expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining([...GEOMETRY]));
    },
  );

  it.each(['epub', 'docx', 'html', 'md'] as const)(
    'keep their words and chapters in every format: %s',
    async (format) => {
      for (const kind of BOOK_KINDS) {
        const manuscript = generatedBook(kind, 1_000, SEED);
        const out = join(folder, `${kind}.${format}`);
        const book = await exportBook({
          manuscript,
          format,
          out,
          date: DATE,
          pictures: lampPicture(),
        });
        expect(book.checks.filter((check) => !check.ok)).toEqual([]);
      }
    },
  );

  it('have the same bytes wherever and whenever they are made', async () => {
    const script = fileURLToPath(new URL('writeBooks.ts', import.meta.url));
    const formats = ['epub', 'docx', 'html', 'md', 'print'];
    const places = [
      { TZ: 'Pacific/Kiritimati', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
      { TZ: 'America/Los_Angeles', LANG: 'C', LC_ALL: 'C' },
    ];
    for (const place of places) {
      const env = { ...process.env, ...place };
      const target = join(folder, place.TZ.replace('/', '-'));
      await promisify(execFile)(process.execPath, [script, target, ...formats], { env });
    }
    for (const format of formats) {
      const [east, west] = await Promise.all(
        places.map(({ TZ }) => readFile(join(folder, TZ.replace('/', '-'), `book.${format}`))),
      );
      expect(east?.length).toBeGreaterThan(1_000);
      expect(east?.equals(west ?? Buffer.alloc(0)), format).toBe(true);
    }
  });
});

describe('Ace', () => {
  it('runs here: it objects to a book that does not say how it can be read', async () => {
    const out = join(folder, 'silent.epub');
    const manuscript = generatedBook('novel', 1_000);
    await exportBook({ manuscript, format: 'epub', out, date: DATE });
    const files = unzipSync(await readFile(out));
    const opf = strFromU8(files['EPUB/package.opf'] ?? new Uint8Array());
    const title = strFromU8(files['EPUB/text/title.xhtml'] ?? new Uint8Array());
    files['EPUB/package.opf'] = strToU8(
      opf.replaceAll(/<meta property="schema:accessMode">.*\n/g, ''),
    );
    files['EPUB/text/title.xhtml'] = strToU8(
      title.replace('</section>', '<img src="../cover.svg"/></section>'),
    );
    await writeFile(out, zipSync(files));
    const objections = (await ace.check(out)).join('\n');
    expect(objections).toContain('metadata-accessmode (serious) in EPUB/package.opf');
    expect(objections).toContain('image-alt (critical) in text/title.xhtml');
  });
});
