import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import { chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import {
  type BookLayout,
  gutterIn,
  MAX_PRINT_PAGES,
  MIN_OUTER_MARGIN_IN,
} from '#core/book/printLayout.ts';
import type { BookCheck } from './bookCheck.ts';
import type { TypesetPdf } from './typesetter.ts';

const POINTS_PER_INCH = 72;

/** Reads a finished PDF back and compares it with the book it should be. */
export async function inspectPdf(
  bytes: Uint8Array,
  manuscript: Manuscript,
  book: Pick<TypesetPdf, 'layout' | 'missingGlyphs' | 'isAccessible'>,
): Promise<BookCheck[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const pages = document.getPageCount();
  const titles = outlineTitles(document);
  const expected = manuscript.chapters.map(chapterLabel);
  const fonts = readFonts(document);
  const checks: BookCheck[] = [
    { name: 'page-size', ...pageSize(document, book.layout) },
    {
      name: 'fonts-embedded',
      ok: fonts.count > 0 && fonts.unembedded.length === 0,
      value: fonts.unembedded.join(', ') || fonts.count,
    },
    { name: 'no-type-3-fonts', ok: fonts.type3 === 0, value: fonts.type3 },
    {
      name: 'outline',
      ok: JSON.stringify(titles) === JSON.stringify(expected),
      value: titles.length,
    },
    {
      name: 'tagged',
      ok: book.isAccessible && document.catalog.has(PDFName.of('StructTreeRoot')),
      value: book.isAccessible ? 'PDF/UA-1' : 'tagged, not PDF/UA-1',
    },
    {
      name: 'glyphs',
      ok: book.missingGlyphs.length === 0,
      value: book.missingGlyphs.map(glyphName).join(' ') || 0,
    },
  ];
  if (book.layout.use === 'screen') return checks;
  const { insideIn, outsideIn, topIn, bottomIn } = book.layout;
  return [
    ...checks,
    { name: 'even-pages', ok: pages % 2 === 0, value: pages },
    {
      name: 'binding',
      ok: pages <= MAX_PRINT_PAGES,
      value: `${pages} of at most ${MAX_PRINT_PAGES} pages`,
    },
    { name: 'gutter', ok: insideIn >= gutterIn(pages), value: `${insideIn.toFixed(3)} in` },
    {
      name: 'outer-margins',
      ok: Math.min(outsideIn, topIn, bottomIn) >= MIN_OUTER_MARGIN_IN,
      value: `${Math.min(outsideIn, topIn, bottomIn).toFixed(3)} in`,
    },
  ];
}

function pageSize(document: PDFDocument, layout: BookLayout): { ok: boolean; value: string } {
  const width = layout.widthIn * POINTS_PER_INCH;
  const height = layout.heightIn * POINTS_PER_INCH;
  const ok = document
    .getPages()
    .every((page) =>
      [page.getMediaBox(), page.getTrimBox()].every(
        (box) => Math.abs(box.width - width) < 0.05 && Math.abs(box.height - height) < 0.05,
      ),
    );
  return { ok, value: `${layout.widthIn.toFixed(2)} × ${layout.heightIn.toFixed(2)} in` };
}

/** The titles of the outline's first level, in order. */
export function outlineTitles(document: PDFDocument): string[] {
  const titles: string[] = [];
  const outlines = document.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict);
  let item = outlines?.lookupMaybe(PDFName.of('First'), PDFDict);
  while (item) {
    const title = item.lookup(PDFName.of('Title'));
    if (title instanceof PDFHexString || title instanceof PDFString) {
      titles.push(title.decodeText());
    }
    item = item.lookupMaybe(PDFName.of('Next'), PDFDict);
  }
  return titles;
}

/** The fonts of a PDF, those that are not part of it by name. */
export function readFonts(document: PDFDocument): {
  count: number;
  unembedded: string[];
  type3: number;
} {
  const embedded = ['FontFile', 'FontFile2', 'FontFile3'].map((key) => PDFName.of(key));
  const unembedded: string[] = [];
  let count = 0;
  let type3 = 0;
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFRawStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) continue;
    if (dict.lookup(PDFName.of('Type')) !== PDFName.of('Font')) continue;
    const subtype = dict.lookup(PDFName.of('Subtype'));
    if (subtype === PDFName.of('Type3')) type3 += 1;
    // A composite font has its file in the descendant, which is counted on its own.
    if (
      subtype === PDFName.of('Type0') &&
      dict.lookup(PDFName.of('DescendantFonts')) instanceof PDFArray
    ) {
      continue;
    }
    count += 1;
    const descriptor = dict.lookupMaybe(PDFName.of('FontDescriptor'), PDFDict);
    if (!embedded.some((key) => descriptor?.has(key))) {
      unembedded.push(String(dict.lookup(PDFName.of('BaseFont'))));
    }
  }
  return { count, unembedded, type3 };
}

/** A character as it can be read in a report: itself, or its code point where nothing would be seen. */
function glyphName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character)
    ? character
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
