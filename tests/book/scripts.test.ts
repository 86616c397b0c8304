import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { describe, expect, it } from 'vitest';
import type { Block, Inline, Manuscript } from '#core/book/manuscript.ts';
import { THEME_IDS, type ThemeId } from '#core/book/print/design.ts';
import { bookFonts } from '#engine/book/bookFonts.ts';
import { coverPdf } from '#engine/book/coverMaker.ts';
import { inspectPdf } from '#engine/book/inspectPdf.ts';
import { measureBook } from '#engine/book/pageQuality.ts';
import { trimBox } from '#engine/book/pdfBoxes.ts';
import { readPdfText } from '#engine/book/pdfText.ts';
import { typesetPdf } from '#engine/book/typesetter.ts';

/** Sentences of each language, enough of them that a page is full. */
const SENTENCES = {
  ar: [
    'كان البحر هادئا تحت ضوء المصباح الذي لم يشعله أحد منذ سنين، وكانت المياه تنحسر على الحجارة.',
    'قالت: «لا أحد يأتي الآن»، وعدّت القوارب (سبعة) قبل الغروب.',
  ],
  fa: ['دریا آرام بود زیر نور چراغی که سال‌هاست کسی روشنش نکرده، و آب از روی سنگ‌ها می‌رفت.'],
  he: ['הים היה שקט מתחת לאור המנורה שאיש לא הדליק שנים, והמים נסוגו מן האבנים בקול של נייר.'],
  hi: ['समुद्र शांत था उस दीपक के नीचे जिसे वर्षों से किसी ने नहीं जलाया, और पानी पत्थरों से उतर रहा था।'],
  ja: [
    '港は静かで、誰も灯さない灯台の下で潮が引いていた……。',
    '彼女は「また明日」と言った――返事はなかった！',
  ],
} as const;
type Language = keyof typeof SENTENCES;
const LANGUAGES = Object.keys(SENTENCES) as Language[];

function run(text: string): Inline {
  return { kind: 'text', text };
}

/** A book with one of everything, in a language. */
function bookIn(language: Language, paragraphs = 30): Manuscript {
  const sentences: readonly string[] = SENTENCES[language];
  const space = language === 'ja' ? '' : ' ';
  const [first = ''] = sentences;
  const name = first.slice(0, 12).trim();
  let count = 0;
  const id = () => `b${++count}`;
  const text = (length: number): string =>
    Array.from({ length }, (_, index) => sentences[index % sentences.length] ?? '').join(space);
  const paragraph = (...inlines: Inline[]) => ({ kind: 'paragraph' as const, id: id(), inlines });
  const prose = (index: number) =>
    paragraph(
      run(text(1 + (index % 4)) + space),
      { kind: 'text', text: name, emphasis: true },
      run(space + text(1 + (index % 2))),
      ...(index % 5 === 0
        ? [{ kind: 'note' as const, id: id(), blocks: [paragraph(run(text(2)))] }]
        : []),
    );
  const cell = () => ({ blocks: [paragraph(run(name))] });
  const others: Block[] = [
    { kind: 'heading', id: id(), level: 1, inlines: [run(name)] },
    { kind: 'blockquote', id: id(), blocks: [paragraph(run(text(2)))] },
    {
      kind: 'list',
      id: id(),
      start: 1,
      items: [
        { id: id(), blocks: [paragraph(run(name))] },
        { id: id(), blocks: [paragraph(run(name))] },
      ],
    },
    { kind: 'verse', id: id(), lines: [[run(name)], [run(first)]] },
    {
      kind: 'table',
      id: id(),
      headerRows: 1,
      caption: name,
      rows: [
        [cell(), cell()],
        [cell(), cell()],
      ],
    },
    { kind: 'code', id: id(), text: 'let light = "on";' },
    { kind: 'scene-break', id: id() },
  ];
  const chapter = () => ({
    id: id(),
    title: name,
    blocks: [...Array.from({ length: paragraphs }, (_, index) => prose(index))],
  });
  return {
    metadata: { title: name, authors: [name], language, identifier: 'urn:x' },
    chapters: [
      { id: id(), title: '', role: 'dedication', blocks: [paragraph(run(name))] },
      { ...chapter(), blocks: [...chapter().blocks, ...others, prose(3)] },
      chapter(),
    ],
  };
}

function setBook(manuscript: Manuscript, theme: ThemeId = 'classic', bleed = false) {
  return typesetPdf({
    manuscript,
    use: 'print',
    trim: '5.5x8.5in',
    design: { theme, bleed },
    createdAtSeconds: 0,
    pictures: new Map(),
  });
}

async function faceNames(pdf: Uint8Array): Promise<string> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const names = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
    const name = object instanceof PDFDict ? object.get(PDFName.of('FontName')) : undefined;
    return name === undefined ? [] : [String(name)];
  });
  return names.join(' ');
}

const failed = (checks: { name: string; ok: boolean }[]) =>
  checks.filter((check) => !check.ok).map((check) => check.name);
/** Spreads that cannot be evened are a matter of chance, whatever the script. */
const isOfScript = (name: string) => name !== 'even-spreads' && name !== 'no-widows';

describe('a book in another script', () => {
  it.each(LANGUAGES)('is tagged, has all its letters and opens cleanly: %s', async (language) => {
    const manuscript = bookIn(language);
    const book = await setBook(manuscript);
    expect(failed(await inspectPdf(book.pdf, manuscript, book)).filter(isOfScript)).toEqual([]);
    expect(book.isAccessible).toBe(true);
  });

  it.each(THEME_IDS)('has a face in every theme: %s', async (theme) => {
    for (const language of ['ar', 'ja'] as const) {
      const manuscript = bookIn(language, 6);
      const book = await setBook(manuscript, theme);
      expect(failed(await inspectPdf(book.pdf, manuscript, book)).filter(isOfScript)).toEqual([]);
    }
  });

  it.each(['ar', 'fa', 'he', 'ja'] as const)(
    'is read back as it is written: %s',
    async (language) => {
      const manuscript = bookIn(language, 12);
      const book = await setBook(manuscript);
      const { blocks } = await measureBook(book.pdf, book.layout);
      const letters = (text: string) => text.replaceAll(/[^\p{L}]/gu, '');
      const printed = blocks.map((block) => letters(block.lines.map(({ text }) => text).join('')));
      const [first] = SENTENCES[language];
      const start = letters(first).slice(0, 20);
      expect(printed.filter((text) => text.startsWith(start)).length).toBeGreaterThan(12);
    },
  );

  it('is bound on the right where lines run from the right', async () => {
    const book = await setBook(bookIn('he'), 'fantasy', true);
    const pdf = await PDFDocument.load(book.pdf, { updateMetadata: false });
    const preferences = String(pdf.catalog.lookup(PDFName.of('ViewerPreferences')));
    expect(preferences).toContain('/Direction /R2L');
    const { layout } = book;
    for (const [index, { pieces }] of readPdfText(pdf).entries()) {
      const cut = trimBox(layout, index);
      expect(cut.left).toBeCloseTo(index % 2 === 0 ? layout.bleedIn * 72 : 0);
      const [left, right] =
        index % 2 === 0 ? [layout.outsideIn, layout.insideIn] : [layout.insideIn, layout.outsideIn];
      for (const piece of pieces.filter((one) => one.mcid !== null && one.text.trim() !== '')) {
        expect(piece.x).toBeGreaterThan(cut.left + left * 72 - 8);
        expect(piece.x + piece.width).toBeLessThan(cut.right - right * 72 + 8);
      }
    }
  });

  it('has its letters on its cover', async () => {
    const faces = { ar: 'Amiri', fa: 'Amiri', he: 'FrankRuhl', hi: 'TiroDeva', ja: 'BIZUDMincho' };
    for (const language of LANGUAGES) {
      const { pdf } = coverPdf({
        metadata: bookIn(language, 1).metadata,
        cover: { template: 'frame' },
        trim: '5.5x8.5in',
        pages: 200,
        paper: 'cream',
        createdAtSeconds: 0,
      });
      expect(await faceNames(pdf)).toContain(faces[language]);
    }
  });
});

describe('a book in Latin letters', () => {
  const quoting = (text: string): Manuscript => ({
    metadata: { title: 'Light', authors: [], language: 'en', identifier: 'urn:x' },
    chapters: [
      {
        id: 'c',
        title: 'One',
        blocks: [{ kind: 'paragraph', id: 'p', inlines: [run(`They said ${text} and left.`)] }],
      },
    ],
  });

  it.each(LANGUAGES)('may quote words of another script: %s', async (language) => {
    const manuscript = quoting(SENTENCES[language].join(' '));
    const book = await setBook(manuscript);
    expect(failed(await inspectPdf(book.pdf, manuscript, book))).toEqual([]);
  });

  it('loads no face but those of themes', async () => {
    expect(bookFonts(['cjk']).length - bookFonts().length).toBe(2);
    const { pdf } = await setBook(quoting('nothing'));
    expect(await faceNames(pdf)).toMatch(/^\S*EBGaramond-Regular$/);
  });
});
