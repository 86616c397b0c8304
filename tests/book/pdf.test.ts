import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chapterLabel } from '#core/book/manuscript.ts';
import { bookLayout } from '#core/book/print/printLayout.ts';
import { TRIM_NAMES } from '#core/book/print/trims.ts';
import { toTypst } from '#core/book/print/typst.ts';
import { bookFonts } from '#engine/book/bookFonts.ts';
import { type ExportBookInput, exportBook } from '#engine/book/exportBook.ts';
import { outlineTitles } from '#engine/book/inspectPdf.ts';
import { measureBook } from '#engine/book/pageQuality.ts';
import { createBookPreview } from '#engine/book/previewPages.ts';
import { Cancelled } from '#engine/process/run.ts';
import { lampPicture, manuscriptOf, richManuscript, sampleManuscript } from './richManuscript.ts';

const DATE = '2025-10-14T12:00:00Z';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-pdf-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Over = Partial<ExportBookInput> & Pick<ExportBookInput, 'manuscript'>;

async function build(name: string, over: Over) {
  const out = join(folder, `${name}.pdf`);
  const book = await exportBook({
    format: 'print',
    out,
    date: DATE,
    pictures: lampPicture(),
    force: true,
    ...over,
  });
  const bytes = await readFile(out);
  return { ...book, bytes, pdf: await PDFDocument.load(bytes, { updateMetadata: false }) };
}

const failed = (checks: { name: string; ok: boolean }[]) =>
  checks.filter((check) => !check.ok).map((check) => check.name);

describe('print PDF', () => {
  it('passes its own checks: fonts, boxes, outline, tags, gutter, even pages', async () => {
    const manuscript = richManuscript();
    const { checks, pages, pdf } = await build('rich', { manuscript });
    expect(failed(checks)).toEqual([]);
    expect(pages).toBe(pdf.getPageCount());
    expect(pdf.getPageCount() % 2).toBe(0);
    // A dedication stands alone, without a heading.
    const headed = manuscript.chapters.filter((chapter) => chapter.role !== 'dedication');
    expect(outlineTitles(pdf)).toEqual(headed.map(chapterLabel));
    expect(pdf.getTitle()).toBe(manuscript.metadata.title);
    expect(pdf.catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
    expect(String(pdf.catalog.lookup(PDFName.of('Lang')))).toContain('en-GB');
  });

  it('gives the same bytes twice', async () => {
    const manuscript = await sampleManuscript();
    const first = await build('a', { manuscript });
    const second = await build('b', { manuscript });
    expect(first.bytes.equals(second.bytes)).toBe(true);
  });

  it.each(TRIM_NAMES)('sets the sample on %s', async (trim) => {
    const { checks } = await build('sized', { manuscript: await sampleManuscript(), trim });
    // A spread of so short a book can resist every means; then the check names it.
    expect(failed(checks).filter((name) => name !== 'even-spreads')).toEqual([]);
  });

  it('opens chapters on right-hand pages when asked', async () => {
    const layout = bookLayout({ use: 'print', trim: '5.5x8.5in', pages: 30 });
    const manuscript = manuscriptOf('# One\n\nText.\n\n# Two\n\nText.\n\n# Three\n\nText.');
    const next = await build('next', { manuscript });
    const recto = await build('recto', { manuscript, openings: 'recto' });
    expect(failed(recto.checks)).toEqual([]);
    const openings = async ({ bytes }: { bytes: Buffer }) =>
      (await measureBook(bytes, layout)).pages.flatMap((page, index) =>
        page.isOpening ? [(index + 1) % 2] : [],
      );
    expect(await openings(next)).toContain(0);
    expect(await openings(recto)).toEqual(manuscript.chapters.map(() => 1));
  });

  it('widens the gutter until it fits the page count of a thick book', async () => {
    const sample = await sampleManuscript();
    const chapters = Array.from({ length: 45 }, (_, copy) =>
      sample.chapters.map((chapter) => ({ ...chapter, title: `${chapter.title} ${copy}` })),
    ).flat();
    const { checks, pages } = await build('thick', { manuscript: { ...sample, chapters } });
    expect(pages).toBeGreaterThan(500);
    expect(failed(checks).filter((name) => name !== 'even-spreads')).toEqual([]);
  });

  it('takes no character of the text for markup', () => {
    const hostile = '#let x = 1; $y$ @z <w> *a* _b_ `c` \\ "d" // e /* f */ ~ [g] {h} = - + #"i"';
    const manuscript = manuscriptOf('Text.');
    const compiler = NodeCompiler.create({
      workspace: '/book',
      fontArgs: [{ fontBlobs: bookFonts() }],
    });
    const source = toTypst({
      manuscript: {
        ...manuscript,
        chapters: [{ id: 'c', title: hostile, blocks: manuscript.chapters[0]?.blocks ?? [] }],
      },
      layout: bookLayout({ use: 'print', trim: 'a5', pages: 10 }),
      pictures: new Map(),
      lastPage: 'text',
    });
    for (const [path, text] of source.files) compiler.mapShadow(`/book${path}`, Buffer.from(text));
    const main = { mainFileContent: source.document };
    const [heading] = compiler.query(main, { selector: 'heading' }) as {
      body: unknown;
    }[];
    expect(heading?.body).toEqual({ func: 'text', text: hostile });
  });

  it('stops when cancelled and leaves no file', async () => {
    const control = new AbortController();
    const out = join(folder, 'cancelled.pdf');
    const manuscript = await sampleManuscript();
    const onProgress = () => setImmediate(() => control.abort());
    const promise = exportBook({
      manuscript,
      format: 'print',
      out,
      date: DATE,
      signal: control.signal,
      onProgress,
    });
    await expect(promise).rejects.toBeInstanceOf(Cancelled);
    expect(await readFile(out).catch(() => null)).toBeNull();
  });
});

describe('screen PDF', () => {
  it('opens with a cover and passes its checks', async () => {
    const manuscript = richManuscript();
    const { checks } = await build('screen', { manuscript, format: 'pdf', trim: 'A5' });
    expect(failed(checks)).toEqual([]);
  });
});

describe('missing characters', () => {
  const manuscript = manuscriptOf('# One\n\nPlain.\n\n# Two\n\nA ꦲ and 😀 here.', {
    description: 'D',
  });

  it('fail the check of an export, which is made all the same', async () => {
    const { checks, pages } = await build('glyphs', { manuscript });
    expect(failed(checks)).toEqual(['tagged', 'glyphs']);
    expect(pages).toBeGreaterThan(0);
  });
});

describe('preview', () => {
  it('shows the pages of the print PDF one by one', async () => {
    const manuscript = await sampleManuscript();
    const preview = await createBookPreview(manuscript);
    const { pages } = await build('same', { manuscript });
    expect(preview.pageCount).toBe(pages);
    const page = preview.page(6);
    expect(page).toContain(`viewBox="0 ${6 * 8.5 * 72} ${5.5 * 72} ${8.5 * 72}"`);
    const glyphs = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(glyphs.length).toBeGreaterThan(500);
    for (const id of new Set(glyphs)) expect(page).toContain(`id="${id}"`);
    expect(preview.page(preview.pageCount)).toBe('');
  });
});
