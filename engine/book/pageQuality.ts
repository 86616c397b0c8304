import { ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import type { BookLayout } from '#core/book/print/printLayout.ts';
import { VERSE_HANG_EM } from '#core/book/print/typstStyle.ts';
import { type PdfBlock, type PdfLine, readPdfBlocks } from './pdfBlocks.ts';
import { type PdfTextPage, type ReadPages, readPdfText } from './pdfText.ts';

/** What a typesetter would not let pass, with the pages (from 1) where it is. */
export type PageFaults = {
  /** Last lines of paragraphs alone at the head of a page. */
  widows: number[];
  /** First lines of paragraphs alone at the foot of a page. */
  orphans: number[];
  /** Last lines of fewer than four letters, or of less than a tenth of the measure; but those of verse are turned over. */
  runts: number[];
  /** Left pages that end higher or lower than the right page beside them. */
  unbalanced: number[];
  /** More than two lines in a row that end in a hyphen. */
  hyphens: number[];
  /** Headings with no text under them. */
  strandedHeadings: number[];
  /** Running heads over openings and blank pages. */
  strayHeads: number[];
  /** Notes that stand before the page of what calls them. */
  strayNotes: number[];
  /** Pages with more on them than they hold. */
  overfull: number[];
};

export type MeasuredPage = {
  /** More than it should be where the page does not hold what is on it. */
  heightPt: number;
  /** Baseline of the lowest line, points from the foot; null on an empty page. */
  lastBaseline: number | null;
  /** Whether a chapter or part opens here, or something that stands alone. */
  isOpening: boolean;
  /** Whether the text of a chapter ends here, so that the page may be short. */
  isEnding: boolean;
};

export type MeasuredBook = { faults: PageFaults; blocks: PdfBlock[]; pages: MeasuredPage[] };

const BALANCE_TOLERANCE_PT = 0.25;
const MOST_HYPHENS = 2;
const RUNT_CHARS = 4;
const RUNT_SHARE = 0.1;
const HANG_TOLERANCE_EM = 0.2;

/**
 * Measures a finished print PDF by the positions of its text. `known` keeps what was read, for the same book set again.
 */
export async function measureBook(
  bytes: Uint8Array,
  layout: BookLayout,
  known?: ReadPages,
): Promise<MeasuredBook> {
  const document = await PDFDocument.load(bytes, {
    updateMetadata: false,
    // Without pauses: a book is measured in a thread that has nothing else to do.
    parseSpeed: ParseSpeeds.Fastest,
  });
  return measurePages(document, layout, known);
}

/** The same for a PDF that is open already. */
function measurePages(
  document: PDFDocument,
  layout: BookLayout,
  known: ReadPages | undefined,
): MeasuredBook {
  const texts = readPdfText(document, known);
  const blocks = readPdfBlocks(document, texts);
  const pages = measureEach(texts, blocks);
  const faults: PageFaults = {
    widows: [],
    orphans: [],
    runts: [],
    unbalanced: unbalancedPages(pages),
    hyphens: [],
    strandedHeadings: [],
    strayHeads: strayHeads(texts, pages, layout),
    strayNotes: strayNotes(blocks),
    overfull: overfullPages(texts, layout),
  };
  for (const block of blocks) {
    if (block.type === 'P' || block.type === 'LBody') checkParagraph(block, faults);
    if (/^H\d$/.test(block.type) && isStranded(block, blocks)) {
      faults.strandedHeadings.push(pageOf(block.lines.at(-1)));
    }
  }
  return { faults, blocks, pages };
}

function pageOf(line: PdfLine | undefined): number {
  return (line?.page ?? 0) + 1;
}

function checkParagraph({ lines, isInNote, isInTable }: PdfBlock, faults: PageFaults): void {
  const [first, second] = lines;
  const last = lines.at(-1);
  const beforeLast = lines.at(-2);
  if (first === undefined || last === undefined || second === undefined) return;
  if (isInNote || isInTable) return;
  if (first.page !== second.page) faults.orphans.push(pageOf(first));
  if (beforeLast !== undefined && beforeLast.page !== last.page) faults.widows.push(pageOf(last));
  const { isRunt, hasHyphenStack } = paragraphFaults({ lines });
  if (isRunt) faults.runts.push(pageOf(last));
  if (hasHyphenStack) faults.hyphens.push(pageOf(first));
}

/** What is wrong with a paragraph in itself, wherever its page ends. */
export function paragraphFaults({ lines }: Pick<PdfBlock, 'lines'>): {
  isRunt: boolean;
  hasHyphenStack: boolean;
} {
  const last = lines.at(-1);
  if (last === undefined || lines.length < 2) return { isRunt: false, hasHyphenStack: false };
  const measure = Math.max(...lines.map((line) => line.right - line.left));
  const isShort =
    [...last.text.trim()].length < RUNT_CHARS || last.right - last.left < measure * RUNT_SHARE;
  const isRunt = isShort && !isTurnedOver(lines);
  let inARow = 0;
  let most = 0;
  for (const line of lines) {
    inARow = /[-\u00ad\u2010]\s*$/u.test(line.text) ? inARow + 1 : 0;
    most = Math.max(most, inARow);
  }
  return { isRunt, hasHyphenStack: most > MOST_HYPHENS };
}

/** Whether all lines but the first hang, as those of verse do that are turned over, from whichever side they are read. */
function isTurnedOver([first, ...others]: readonly PdfLine[]): boolean {
  if (first === undefined) return false;
  const isHang = (by: number) => Math.abs(by / first.size - VERSE_HANG_EM) < HANG_TOLERANCE_EM;
  return (
    others.every((line) => isHang(line.left - first.left)) ||
    others.every((line) => isHang(first.right - line.right))
  );
}

function isStranded(heading: PdfBlock, blocks: readonly PdfBlock[]): boolean {
  const line = heading.lines.at(-1);
  const next = blocks[blocks.indexOf(heading) + 1]?.lines[0];
  return (
    line !== undefined && next !== undefined && !heading.type.endsWith('1') && next.page > line.page
  );
}

function measureEach(texts: readonly PdfTextPage[], blocks: readonly PdfBlock[]): MeasuredPage[] {
  const pages = texts.map(({ pieces, heightPt }) => {
    const own = pieces.filter((piece) => piece.mcid !== null && piece.text.trim() !== '');
    return {
      heightPt,
      lastBaseline: own.length === 0 ? null : Math.min(...own.map((piece) => piece.y)),
      isOpening: false,
      isEnding: false,
    };
  });
  for (const block of blocks) {
    const page = pages[block.lines[0]?.page ?? -1];
    if (page && block.type === 'H1') page.isOpening = true;
  }
  const firstOpening = pages.findIndex((page) => page.isOpening);
  pages.forEach((page, index) => {
    const next = pages[index + 1];
    if (next === undefined || next.lastBaseline === null || next.isOpening) page.isEnding = true;
    // What stands before the first heading has no running text.
    if (index < firstOpening) page.isEnding = true;
  });
  return pages;
}

/** Left pages whose last line does not lie where the right page's does; the ends of chapters are free. */
function unbalancedPages(pages: readonly MeasuredPage[]): number[] {
  const found: number[] = [];
  for (let verso = 1; verso + 1 < pages.length; verso += 2) {
    const [left, right] = [pages[verso], pages[verso + 1]];
    if (left === undefined || right === undefined || left.isEnding || right.isEnding) continue;
    if (left.lastBaseline === null || right.lastBaseline === null) continue;
    if (Math.abs(left.lastBaseline - right.lastBaseline) > BALANCE_TOLERANCE_PT)
      found.push(verso + 1);
  }
  return found;
}

/** Pages that open a chapter, or are empty, and have artifacts of text in the space of the running head. */
function strayHeads(
  texts: readonly PdfTextPage[],
  pages: readonly MeasuredPage[],
  layout: BookLayout,
): number[] {
  const headFrom = (layout.topIn + layout.bleedIn) * 72 - layout.fontPt * 0.4;
  return pages.flatMap((page, index) => {
    const text = texts[index];
    if (text === undefined || (!page.isOpening && page.lastBaseline !== null)) return [];
    const isStray = text.pieces.some(
      (piece) =>
        piece.mcid === null &&
        piece.text.trim() !== '' &&
        (page.lastBaseline === null || piece.y > text.heightPt - headFrom),
    );
    return isStray ? [index + 1] : [];
  });
}

/** Notes follow in the structure on what calls them; on paper one may go on to the next page, but not stand before. */
function strayNotes(blocks: readonly PdfBlock[]): number[] {
  const found = new Set<number>();
  let callPage = 0;
  for (const { type, isInNote, lines } of blocks) {
    const page = lines[0]?.page ?? 0;
    if (type === 'Lbl' && !isInNote) callPage = page;
    if (isInNote && page < callPage) found.add(page + 1);
  }
  return [...found];
}

/** The typesetter makes a page larger when what belongs together on it does not fit. */
function overfullPages(texts: readonly PdfTextPage[], layout: BookLayout): number[] {
  const heightPt = (layout.heightIn + 2 * layout.bleedIn) * 72;
  return texts.flatMap((page, index) => (page.heightPt > heightPt + 0.5 ? [index + 1] : []));
}
