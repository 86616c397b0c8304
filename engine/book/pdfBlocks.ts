import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, PDFRef } from '@cantoo/pdf-lib';
import { isRightToLeft } from './pdfGlyphs.ts';
import type { PdfPiece, PdfTextPage } from './pdfText.ts';

/** A line of a block as it is printed. */
export type PdfLine = {
  /** From 0. */
  page: number;
  /** Baseline, points from the foot of the page. */
  y: number;
  left: number;
  right: number;
  text: string;
  size: number;
  /** How many notes are called in it. */
  calls: number;
};

/** A block of the structure tree with its lines: `P`, `H1`, `Note` and so on. */
export type PdfBlock = { type: string; isInNote: boolean; isInTable: boolean; lines: PdfLine[] };

const RUN_TOLERANCE_PT = 0.5;
/** Lines that are justified are spaced. */
const WIDEST_SPACE_EM = 3;
const BLOCKS = /^(?:P|H\d?|Caption|Lbl|LBody|TOCI|TD|TH|Code|Title|Figure|BlockQuote)$/;

/** The text of a tagged PDF by the blocks of its structure tree, in reading order (ISO 32000-1, 14.7). */
export function readPdfBlocks(document: PDFDocument, pages: readonly PdfTextPage[]): PdfBlock[] {
  const pageIndex = new Map(document.getPages().map((page, index) => [page.ref.tag, index]));
  const root = document.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  const blocks: PdfBlock[] = [];
  const runs: Runs = new Map();
  const pieces = pages.map((page) => {
    const byMark = new Map<number, PdfPiece[]>();
    for (const piece of page.pieces) {
      if (piece.mcid === null) continue;
      const list = byMark.get(piece.mcid);
      if (list) list.push(piece);
      else byMark.set(piece.mcid, [piece]);
    }
    return byMark;
  });
  type Context = { page: string; block: PdfBlock | null; isInNote: boolean; isInTable: boolean };
  const K = PDFName.of('K');
  const walk = (kid: unknown, context: Context): void => {
    if (kid instanceof PDFRef) walk(document.context.lookup(kid), context);
    else if (kid instanceof PDFArray) for (const one of kid.asArray()) walk(one, context);
    else if (kid instanceof PDFNumber) place(kid.asNumber(), context.page, context);
    else if (kid instanceof PDFDict) {
      const pageRef = kid.get(PDFName.of('Pg'));
      const page = pageRef instanceof PDFRef ? pageRef.tag : context.page;
      const mark = kid.lookup(PDFName.of('MCID'));
      if (mark instanceof PDFNumber) {
        place(mark.asNumber(), page, context);
        return;
      }
      const type = String(kid.lookup(PDFName.of('S'))).slice(1);
      const isInNote = context.isInNote || type === 'Note';
      const isInTable = context.isInTable || type === 'Table';
      let block = context.block;
      if (BLOCKS.test(type) || (type === 'Note' && block === null)) {
        block = { type, isInNote, isInTable, lines: [] };
        blocks.push(block);
      } else if (type === 'Note') block = null;
      walk(kid.lookup(K), { page, block, isInNote, isInTable });
    }
  };
  const place = (mark: number, page: string, { block, isInNote, isInTable }: Context): void => {
    const index = pageIndex.get(page);
    const found = index === undefined ? undefined : pieces[index]?.get(mark);
    if (index === undefined || found === undefined) return;
    let target = block;
    if (target === null) {
      target = { type: 'Span', isInNote, isInTable, lines: [] };
      blocks.push(target);
    }
    for (const piece of found) addPiece(target, piece, { page: index, runs });
  };
  walk(root?.lookup(K), { page: '', block: null, isInNote: false, isInTable: false });
  return blocks.filter((block) => block.lines.length > 0);
}

/** Where in the text of a line its last run from right to left begins, and where that run ends on the page. */
type Runs = Map<PdfLine, { at: number; right: number }>;

function addPiece(
  block: PdfBlock,
  piece: PdfPiece,
  { page, runs }: { page: number; runs: Runs },
): void {
  if (piece.text === '') return;
  const line = block.lines.at(-1);
  const isSmall = line !== undefined && piece.size < line.size * 0.85;
  const isSameLine =
    line?.page === page && Math.abs(line.y - piece.y) < Math.max(line.size, piece.size) * 0.55;
  if (!isSameLine || line === undefined) {
    const added = {
      page,
      y: piece.y,
      left: piece.x,
      right: piece.x + piece.width,
      text: '',
      size: piece.size,
      calls: 0,
    };
    block.lines.push(added);
    addText(added, piece, runs);
    return;
  }
  if (isSmall && /^[\p{Nd}*†‡§¶‖]+$/u.test(piece.text.trim())) line.calls += 1;
  else addText(line, piece, runs);
  if (piece.size > line.size) {
    line.size = piece.size;
    line.y = piece.y;
  }
  line.left = Math.min(line.left, piece.x);
  line.right = Math.max(line.right, piece.x + piece.width);
}

/** Adds to a line in the order of reading: pieces of a run from right to left stand in the file from left to right. */
function addText(line: PdfLine, { x, width, text, size }: PdfPiece, runs: Runs): void {
  const run = runs.get(line);
  const gap = run === undefined ? Number.NaN : x - run.right;
  const isOfRun = isRightToLeft(text) || !/[\p{L}\p{N}]/u.test(text);
  if (run !== undefined && isOfRun && gap > -RUN_TOLERANCE_PT && gap < WIDEST_SPACE_EM * size) {
    line.text = line.text.slice(0, run.at) + text + line.text.slice(run.at);
    run.right = x + width;
    return;
  }
  if (isRightToLeft(text)) runs.set(line, { at: line.text.length, right: x + width });
  else runs.delete(line);
  line.text += text;
}
