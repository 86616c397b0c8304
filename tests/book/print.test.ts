import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Block, Chapter, Manuscript } from '#core/book/manuscript.ts';
import { parseMarkdownBlocks } from '#core/book/parseMarkdown.ts';
import { THEME_IDS } from '#core/book/print/design.ts';
import { bookLayout } from '#core/book/print/printLayout.ts';
import { gutterIn, LEAST_MARGIN_IN, TRIM_NAMES, TRIM_SIZES } from '#core/book/print/trims.ts';
import { inspectPdf } from '#engine/book/inspectPdf.ts';
import { measureBook } from '#engine/book/pageQuality.ts';
import { trimBox } from '#engine/book/pdfBoxes.ts';
import { readPdfText } from '#engine/book/pdfText.ts';
import { type TypesetJob, typesetPdf } from '#engine/book/typesetter.ts';
import { generatedBook } from './generatedBooks.ts';
import { idCounter, sampleManuscript } from './richManuscript.ts';

const LENGTHS = [1_000, 20_000, 60_000, 110_000, 170_000];
const failed = (checks: { name: string; ok: boolean }[]) =>
  checks.filter((check) => !check.ok).map((check) => check.name);

function job(manuscript: Manuscript, over: Partial<TypesetJob> = {}): TypesetJob {
  const base = { manuscript, use: 'print', trim: '5.5x8.5in', createdAtSeconds: 0 } as const;
  return { ...base, pictures: new Map(), ...over };
}

/** A novel of plain paragraphs of many lengths, drawn from the sample: the same in every run. */
async function novel(words: number): Promise<Manuscript> {
  const sample = await sampleManuscript();
  const sentences = sample.chapters
    .flatMap((chapter) => chapter.blocks)
    .flatMap((block) =>
      block.kind === 'paragraph'
        ? block.inlines.flatMap((inline) => (inline.kind === 'text' ? [inline.text] : []))
        : [],
    )
    .join(' ')
    .split(/(?<=[.?!”]) +(?=[“\p{Lu}])/u)
    .filter((sentence) => sentence.length > 20);
  let state = 20_260_501;
  const below = (limit: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * limit);
  };
  const newId = idCounter();
  const chapters: Chapter[] = [];
  let count = 0;
  while (count < words) {
    const blocks = Array.from({ length: 24 + below(40) }, (_, index) => {
      const isBreak = index > 5 && below(17) === 0;
      const text = Array.from(
        { length: 1 + below(9) },
        () => sentences[below(sentences.length)] ?? '',
      ).join(' ');
      count += isBreak ? 0 : text.split(' ').length;
      return isBreak
        ? { kind: 'scene-break' as const, id: newId() }
        : { kind: 'paragraph' as const, id: newId(), inlines: [{ kind: 'text' as const, text }] };
    });
    chapters.push({ id: newId(), title: `Chapter ${chapters.length + 1}`, blocks });
  }
  return { ...sample, chapters };
}

describe('geometry', () => {
  it.each(TRIM_NAMES)('on %s keeps to the shops’ tables at every length', (trim) => {
    for (const design of THEME_IDS) {
      for (const pages of LENGTHS.map((words) => Math.max(24, Math.min(820, words / 260)))) {
        const page = bookLayout({ use: 'print', trim, pages, design: { theme: design } });
        expect(page.insideIn).toBeGreaterThanOrEqual(gutterIn(pages) + 0.125);
        const edges = [page.outsideIn, page.topIn, page.bottomIn];
        expect(Math.min(...edges)).toBeGreaterThanOrEqual(LEAST_MARGIN_IN.ingram);
        expect(page.lines * page.linePt).toBeLessThan(TRIM_SIZES[trim].heightIn * 72);
      }
    }
  });

  it('puts every word of a bled book inside the margins of its page, and says where it is cut', async () => {
    const manuscript = await sampleManuscript();
    const design = { theme: 'fantasy', bleed: true } as const;
    const book = await typesetPdf(job(manuscript, { design, trim: '6x9in' }));
    expect(failed(await inspectPdf(book.pdf, manuscript, book))).toEqual([]);
    const pdf = await PDFDocument.load(book.pdf, { updateMetadata: false });
    expect(pdf.getPage(0).getMediaBox()).toMatchObject({ width: 6.125 * 72, height: 9.25 * 72 });
    const { layout } = book;
    for (const [index, { pieces }] of readPdfText(pdf).entries()) {
      const cut = trimBox(layout, index);
      const [left, right] =
        index % 2 === 0 ? [layout.insideIn, layout.outsideIn] : [layout.outsideIn, layout.insideIn];
      for (const piece of pieces.filter((one) => one.mcid !== null && one.text.trim() !== '')) {
        // Hanging punctuation may reach out by a little.
        expect(piece.x).toBeGreaterThan(cut.left + left * 72 - 4);
        expect(piece.x + piece.width).toBeLessThan(cut.right - right * 72 + 8);
        expect(piece.y).toBeGreaterThan(cut.bottom + layout.bottomIn * 72 - 4);
      }
    }
  });
});

describe('pages', () => {
  it.each(THEME_IDS)('of “%s” are as a typesetter would have them', async (theme) => {
    const manuscript = await sampleManuscript();
    const book = await typesetPdf(job(manuscript, { design: { theme } }));
    expect(failed(await inspectPdf(book.pdf, manuscript, book))).toEqual([]);
  });

  it('of a novel have no widows, orphans or runts, and hardly a spread that is uneven', async () => {
    const manuscript = await novel(100_000);
    const book = await typesetPdf(job(manuscript));
    const { faults } = await measureBook(book.pdf, book.layout);
    const { unbalanced, ...others } = faults;
    expect(others).toEqual({
      widows: [],
      orphans: [],
      runts: [],
      hyphens: [],
      strandedHeadings: [],
      strayNotes: [],
      overfull: [],
      strayHeads: [],
    });
    expect(faults).toEqual(book.faults);
    expect(unbalanced.length).toBeLessThan(book.pages / 2 / 50);
    const draft = await typesetPdf(job(manuscript, { isDraft: true }));
    const before = await measureBook(draft.pdf, draft.layout);
    expect(before.faults.unbalanced.length).toBeGreaterThan(unbalanced.length * 5);
    const checks = await inspectPdf(book.pdf, manuscript, book);
    expect(failed(checks).filter((name) => name !== 'even-spreads')).toEqual([]);
  });

  // Raised marks of notes and first pages of one paragraph, which pages were once reckoned wrongly for.
  it.each(['victorian', 'large-print'] as const)(
    'leave no line alone in a book of notes: %s',
    async (theme) => {
      const manuscript = generatedBook('footnotes', 20_000);
      const { faults } = await typesetPdf(job(manuscript, { design: { theme } }));
      const none = { widows: [], orphans: [], runts: [], strayNotes: [], overfull: [] };
      expect(faults).toMatchObject(none);
    },
  );

  it('say what is wrong with them when it is', async () => {
    const manuscript = await novel(20_000);
    const draft = await typesetPdf(job(manuscript, { isDraft: true }));
    const { faults } = await measureBook(draft.pdf, draft.layout);
    expect(faults.unbalanced.length).toBeGreaterThan(0);
    const checks = await inspectPdf(draft.pdf, manuscript, { ...draft, faults });
    expect(failed(checks)).toEqual(['even-spreads']);

    const document = await PDFDocument.load(draft.pdf);
    const page = document.getPage(6);
    page.setMediaBox(0, 0, page.getWidth(), page.getHeight() + 15);
    const { faults: grown } = await measureBook(await document.save(), draft.layout);
    expect(grown.overfull).toEqual([7]);
  });

  it('hold letters and quotations of one paragraph as paragraphs, on the lines of the page', async () => {
    const sample = await sampleManuscript();
    const newId = idCounter();
    const long =
      'We set out early and came late, and nothing that was seen on the way is told. '.repeat(6);
    const [paragraph] = parseMarkdownBlocks(long, () => `p${newId()}`).blocks;
    if (paragraph === undefined) throw new Error('No paragraph');
    const made = (kind: 'letter' | 'blockquote', count: number): Block => ({
      kind,
      id: newId(),
      blocks: Array.from({ length: count }, () => ({ ...paragraph, id: newId() })),
    });
    const blocks = [1, 3, 1].flatMap((count) => [
      { ...paragraph, id: newId() },
      made('letter', count),
      made('blockquote', count),
    ]);
    const manuscript = { ...sample, chapters: [{ id: newId(), title: 'Letters', blocks }] };
    const book = await typesetPdf(job(manuscript));
    const { blocks: printed } = await measureBook(book.pdf, book.layout);
    const texts = printed.filter(({ lines }) => lines.some(({ text }) => text.includes('early')));
    // A drop cap takes the first paragraph apart.
    expect(texts.filter(({ type }) => type === 'P')).toHaveLength(13 + 1);
    const lines = texts.flatMap((block) => block.lines);
    const first = lines[0]?.y ?? 0;
    const offGrid = lines.filter(({ y }) => {
      const rows = (first - y) / book.layout.linePt;
      return Math.abs(rows - Math.round(rows)) > 0.02;
    });
    expect(offGrid).toEqual([]);
  });

  it('number what stands before the story in roman, and open parts on the right', async () => {
    const sample = await sampleManuscript();
    const newId = idCounter();
    const text = (words: string) => parseMarkdownBlocks(words, () => `p${newId()}`).blocks;
    const chapters: Chapter[] = [
      { id: 'd', title: 'Dedication', role: 'dedication', blocks: text('## For\n\nnobody') },
      { id: 'f', title: 'Foreword', role: 'foreword', blocks: text('Before all this.') },
      { id: 'p', title: 'The First Part', role: 'part', blocks: [] },
      ...sample.chapters,
    ];
    const manuscript = { ...sample, chapters };
    const book = await typesetPdf(job(manuscript));
    expect(failed(await inspectPdf(book.pdf, manuscript, book))).toEqual([]);
    const pages = readPdfText(await PDFDocument.load(book.pdf, { updateMetadata: false }));
    const textOf = (index: number) => (pages[index]?.pieces ?? []).map((one) => one.text).join(' ');
    const part = pages.findIndex((_, index) => index > 7 && /The First Part/i.test(textOf(index)));
    expect(part % 2).toBe(0);
    expect(textOf(part + 1).trim()).toBe('');
    const foreword = pages.findIndex((_, index) => textOf(index).includes('Before all this.'));
    expect(textOf(foreword)).toMatch(/\b[ivx]+\s*$/);
  });
});
