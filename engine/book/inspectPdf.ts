import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from '@cantoo/pdf-lib';
import type { Manuscript } from '#core/book/manuscript.ts';
import { hasHeading, printLabels } from '#core/book/print/printLabels.ts';
import type { BookLayout } from '#core/book/print/printLayout.ts';
import { gutterIn, LEAST_MARGIN_IN, mostPages } from '#core/book/print/trims.ts';
import type { BookCheck } from './bookCheck.ts';
import { trimBox } from './pdfBoxes.ts';
import type { PageFaults } from './pageQuality.ts';
import type { TypesetPdf } from './typesetter.ts';

const POINTS_PER_INCH = 72;

/** Reads a finished PDF back and compares it with the book it should be. */
export async function inspectPdf(
  bytes: Uint8Array,
  manuscript: Manuscript,
  book: Pick<TypesetPdf, 'layout' | 'missingGlyphs' | 'isAccessible' | 'faults'>,
): Promise<BookCheck[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const pages = document.getPageCount();
  const titles = outlineTitles(document);
  const expected = printLabels(manuscript.chapters)
    .map(({ label }) => label)
    .filter((_, index) => hasHeadingAt(manuscript, index));
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
  const { insideIn, outsideIn, topIn, bottomIn, trim, paper, bleedIn } = book.layout;
  const most = mostPages(trim, paper);
  const leastIn = bleedIn > 0 ? LEAST_MARGIN_IN.kdpBleed : LEAST_MARGIN_IN.kdp;
  return [
    ...checks,
    { name: 'even-pages', ok: pages % 2 === 0, value: pages },
    {
      name: 'binding',
      ok: pages <= most,
      value: `${pages} of at most ${most} pages`,
    },
    { name: 'gutter', ok: insideIn >= gutterIn(pages), value: `${insideIn.toFixed(3)} in` },
    {
      name: 'outer-margins',
      ok: Math.min(outsideIn, topIn, bottomIn) >= leastIn,
      value: `${Math.min(outsideIn, topIn, bottomIn).toFixed(3)} in`,
    },
    ...(book.faults === null ? [] : qualityChecks(book.faults)),
  ];
}

const QUALITY_NAMES: Readonly<Record<keyof PageFaults, string>> = {
  widows: 'no-widows',
  orphans: 'no-orphans',
  runts: 'no-runts',
  unbalanced: 'even-spreads',
  hyphens: 'no-stacked-hyphens',
  strandedHeadings: 'headings-with-text',
  strayHeads: 'clean-openings',
  strayNotes: 'notes-with-calls',
  overfull: 'pages-hold-all',
};
const MOST_PAGES_NAMED = 8;

/** What was measured on the pages, with the numbers of those that are not as they should be. */
function qualityChecks(faults: PageFaults): BookCheck[] {
  return Object.entries(QUALITY_NAMES).map(([key, name]) => {
    const pages = faults[key as keyof PageFaults];
    const named = pages.slice(0, MOST_PAGES_NAMED).join(', ');
    const more =
      pages.length > MOST_PAGES_NAMED ? ` and ${pages.length - MOST_PAGES_NAMED} more` : '';
    return {
      name,
      ok: pages.length === 0,
      value: pages.length === 0 ? 0 : `pages ${named}${more}`,
    };
  });
}

function hasHeadingAt({ chapters }: Manuscript, index: number): boolean {
  const chapter = chapters[index];
  return chapter !== undefined && hasHeading(chapter);
}

function pageSize(document: PDFDocument, layout: BookLayout): { ok: boolean; value: string } {
  const width = layout.widthIn * POINTS_PER_INCH;
  const height = layout.heightIn * POINTS_PER_INCH;
  const bleed = layout.bleedIn * POINTS_PER_INCH;
  const isNear = (one: number, other: number) => Math.abs(one - other) < 0.05;
  const ok = document.getPages().every((page, index) => {
    const [media, trim, bleedBox] = [page.getMediaBox(), page.getTrimBox(), page.getBleedBox()];
    return (
      isNear(media.width, width + bleed) &&
      isNear(media.height, height + 2 * bleed) &&
      isNear(trim.width, width) &&
      isNear(trim.height, height) &&
      isNear(trim.x, trimBox(layout, index).left) &&
      isNear(bleedBox.width, media.width)
    );
  });
  const size = `${layout.widthIn.toFixed(2)} × ${layout.heightIn.toFixed(2)} in`;
  return { ok, value: bleed === 0 ? size : `${size} with ${layout.bleedIn} in of bleed` };
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
