import { type Block, type Chapter, type Inline, type Manuscript } from '#core/book/manuscript.ts';
import type { ChapterFlow, FlowUnit, LineAt } from '#core/book/print/pageFilling.ts';
import { hasHeading } from '#core/book/print/printLabels.ts';
import type { BookLayout } from '#core/book/print/printLayout.ts';
import { LONGEST_WHOLE_STANZA, NOTE_SIZE } from '#core/book/print/typstStyle.ts';
import { inlineText } from '#core/book/words.ts';
import type { PdfBlock, PdfLine } from './pdfBlocks.ts';
import type { MeasuredBook, MeasuredPage } from './pageQuality.ts';

export type PlacedUnit = FlowUnit & { block: PdfBlock | null };
export type MeasuredFlow = ChapterFlow<PlacedUnit> & {
  /** The chapter’s first page, from 0. */
  firstPage: number;
};

/** How much of a line’s length a paragraph gives or takes at the furthest that it may be fitted. */
const GIVE_PER_LINE = 0.037;
/** Share of it that is counted on, since lines are not all at their natural width. */
const CAUTION = 0.9;
const LEAST_FITTED_LINES = 4;
const MATCHED_CHARS = 28;

/** What each chapter of a measured book is made of, for the search for better pages. */
export function chapterFlows(
  manuscript: Manuscript,
  layout: BookLayout,
  measured: MeasuredBook,
): MeasuredFlow[] {
  const chapters = manuscript.chapters.filter(hasHeading);
  const heads = measured.blocks.flatMap((block, index) =>
    block.type === 'H1' ? [{ index, line: block.lines[0] }] : [],
  );
  return chapters.flatMap((chapter, at) => {
    const head = heads[at];
    const end = heads[at + 1];
    if (head?.line === undefined || chapter.role === 'part') return [];
    const last = end?.line?.page ?? measured.pages.length;
    const blocks = measured.blocks
      .slice(head.index + 1, end?.index)
      .filter((block) => (block.lines[0]?.page ?? 0) < last);
    return [flowOf(chapter, layout, { firstPage: head.line.page, blocks, pages: measured.pages })];
  });
}

/** With which line each page of a chapter begins, in order; pages without running text are left out. */
export function pageStarts({ units }: MeasuredFlow): (LineAt & { page: number })[] {
  const starts: (LineAt & { page: number })[] = [];
  for (const [unit, { block }] of units.entries()) {
    for (const [line, { page }] of (block?.lines ?? []).entries()) {
      if (page <= (starts.at(-1)?.page ?? -1)) continue;
      // A scene break stays with what follows.
      const isAfterGap = line === 0 && units[unit - 1]?.kind === 'gap';
      starts.push({ unit: isAfterGap ? unit - 1 : unit, line, page });
    }
  }
  return starts;
}

type Printed = {
  firstPage: number;
  blocks: readonly PdfBlock[];
  pages: readonly MeasuredPage[];
};

function flowOf(
  chapter: Chapter,
  layout: BookLayout,
  { firstPage, blocks, pages }: Printed,
): MeasuredFlow {
  const firstBaselinePt = (layout.topIn + layout.bleedIn) * 72 + 0.8 * layout.fontPt;
  const rowOf = ({ page, y }: PdfLine) =>
    Math.round(((pages[page]?.heightPt ?? 0) - firstBaselinePt - y) / layout.linePt);
  const texts = blocks.filter(isRunning);
  const sources = matchSources(chapter.blocks, texts);
  const notes = noteRowsByLine(blocks, layout);
  const units: PlacedUnit[] = [];
  let before: PdfLine | undefined;
  let known = -1;
  for (const block of texts) {
    const first = block.lines[0];
    if (first === undefined) continue;
    const source = sources.get(block);
    const at = source === undefined ? -1 : chapter.blocks.indexOf(source.top);
    let above =
      before?.page === first.page
        ? Math.max(0, rowOf(first) - rowOf(before) - 1)
        : before === undefined
          ? 0
          : rowOf(first);
    const gap =
      at > 0
        ? chapter.blocks
            .slice(Math.max(known + 1, at - 1), at)
            .find((one) => one.kind === 'scene-break')
        : undefined;
    if (gap !== undefined) {
      const lines = layout.ornament === 'blank' ? 1 : 2;
      units.push({
        id: gap.id,
        kind: 'gap',
        lines,
        above: 0,
        notes: [],
        isSticky: true,
        block: null,
      });
      above = Math.max(0, above - lines);
    } else if (before !== undefined && before.page !== first.page) above = 0;
    if (at >= 0) known = at;
    const id = source?.id ?? null;
    const isSticky = source?.isSticky ?? false;
    units.push(
      unitOf(block, { id, above, isSticky, isNested: source?.isNested ?? true, layout, notes }),
    );
    before = block.lines.at(-1);
  }
  const firstLine = texts[0]?.lines[0];
  const lastPage = before?.page ?? firstPage;
  return {
    chapterId: chapter.id,
    units,
    firstPage,
    openingRows: firstLine === undefined ? 0 : rowOf(firstLine),
    startsOnVerso: firstPage % 2 === 1,
    pages: lastPage - firstPage + 1,
    capacity: layout.lines,
    noteRuleRows: (1.25 * layout.fontPt) / layout.linePt,
  };
}

function isRunning({ type, isInNote, isInTable }: PdfBlock): boolean {
  return !isInNote && !isInTable && /^(?:P|H\d|LBody|Code)$/.test(type);
}

function unitOf(
  block: PdfBlock,
  about: {
    id: string | null;
    above: number;
    isSticky: boolean;
    isNested: boolean;
    layout: BookLayout;
    notes: ReadonlyMap<PdfLine, number>;
  },
): PlacedUnit {
  const { lines, type } = block;
  const measure = Math.max(...lines.map((line) => line.right - line.left));
  const last = lines.at(-1);
  const filled = last === undefined ? 1 : (last.right - last.left) / measure;
  const count = lines.length;
  const give = GIVE_PER_LINE * CAUTION * (about.layout.justify ? 1 : 0.7);
  const canFit = about.id !== null && count >= LEAST_FITTED_LINES;
  const tight = filled / (give * (count - 1));
  const loose = (1 - filled + 0.14) / (give * count);
  const strength = (share: number) => Math.min(10, Math.max(4, Math.ceil(share * 10)));
  return {
    id: about.id,
    kind: 'text',
    lines: count,
    above: about.above,
    notes: lines.map((line) => about.notes.get(line) ?? 0),
    isNested: about.isNested,
    isSticky: about.isSticky || /^H[2-6]$/.test(type),
    ...(canFit && tight <= 1 && { tighter: strength(tight) }),
    ...(canFit && loose <= 1 && { looser: strength(loose) }),
    block,
  };
}

type Source = {
  /** Of the chapter itself, whatever stands inside it. */
  top: Block;
  /** Where a paragraph of running text can be adjusted. */
  id: string | null;
  isSticky: boolean;
  isNested: boolean;
};

/** What blocks of the PDF show of a manuscript, found by their first letters, in order. */
function matchSources(blocks: readonly Block[], texts: readonly PdfBlock[]): Map<PdfBlock, Source> {
  const found = new Map<PdfBlock, Source>();
  const printed = texts.map(printedLetters);
  let at = 0;
  // How far ahead the next one can be: no further than what was passed over can have printed.
  let ahead = 2;
  for (const { inlines, ...source } of blocks.flatMap(leavesOf)) {
    ahead += 1;
    const wanted = lettersOf(inlineText(inlines)).slice(0, MATCHED_CHARS);
    if (wanted === '') continue;
    const until = at + ahead;
    const index = printed.findIndex(
      (letters, place) => place >= at && place < until && letters.startsWith(wanted),
    );
    const text = texts[index];
    if (text === undefined) continue;
    found.set(text, source);
    at = index + 1;
    ahead = 2;
  }
  return found;
}

type Leaf = Source & { inlines: Inline[] };

/** The texts of a block that are blocks of the PDF. */
function leavesOf(top: Block): Leaf[] {
  return [...blocksWithin(top)].flatMap((block): Leaf[] => {
    if (block.kind === 'verse') {
      const count = block.lines.length;
      return block.lines.map((inlines, index) => {
        const isEdge = index === 0 || index === count - 2;
        const isSticky = index < count - 1 && (count <= LONGEST_WHOLE_STANZA || isEdge);
        return { top, id: null, isSticky, isNested: block !== top, inlines };
      });
    }
    if (block.kind !== 'paragraph' && block.kind !== 'heading') return [];
    const isRunningText = block === top && block.kind === 'paragraph' && block.align === undefined;
    const id = isRunningText ? block.id : null;
    return [{ top, id, isSticky: false, isNested: block !== top, inlines: block.inlines }];
  });
}

/** A block and those inside it, without notes and tables. */
function* blocksWithin(block: Block): Generator<Block> {
  yield block;
  if (block.kind === 'blockquote' || block.kind === 'letter' || block.kind === 'epigraph') {
    for (const inner of block.blocks) yield* blocksWithin(inner);
  }
  if (block.kind === 'list') {
    for (const inner of block.items.flatMap((item) => item.blocks)) yield* blocksWithin(inner);
  }
}

function printedLetters({ lines }: PdfBlock): string {
  let letters = '';
  for (const line of lines) {
    letters += lettersOf(line.text);
    if (letters.length >= MATCHED_CHARS) break;
  }
  return letters;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** How many rows the notes take that are called in each line, with those that are called in notes. */
function noteRowsByLine(blocks: readonly PdfBlock[], layout: BookLayout): Map<PdfLine, number> {
  const start = startOfNotes(blocks, layout);
  const calls: { line: PdfLine; lines: PdfLine[]; marks: number }[] = [];
  let before: PdfLine | undefined;
  let body: PdfBlock | undefined;
  for (const block of blocks) {
    const line = block.lines[0];
    if (line === undefined) continue;
    if (block.isInNote) {
      // Notes stand in the structure where they are called.
      const call = calls.at(-1);
      if (call === undefined) continue;
      for (const one of block.lines) {
        // A raised mark stands on the line of its note.
        const isNew = !call.lines.some(
          ({ page, y }) => page === one.page && Math.abs(y - one.y) < 0.5 * layout.fontPt,
        );
        if (isNew) call.lines.push(one);
      }
      const isMark = block.type === 'Lbl' && reach(line, layout) - (start.get(line.page) ?? 0) < 1;
      if (isMark) call.marks += 1;
    } else if (block.type === 'Lbl') {
      const home = body?.lines.find(
        (one) => one.page === line.page && Math.abs(one.y - line.y) < layout.fontPt,
      );
      calls.push({ line: home ?? before ?? line, lines: [], marks: 0 });
    } else if (isRunning(block)) {
      body = block;
      before = block.lines.at(-1);
    }
  }
  const rows = new Map<PdfLine, number>();
  // As `typstStyle` sets notes: lines of 0.8384 em, their leading in the size of notes, notes 0.22 em apart.
  const em = layout.fontPt / layout.linePt;
  const between = NOTE_SIZE * layout.noteLeadingEm;
  for (const { line, lines, marks } of calls) {
    const notes = Math.max(1, marks);
    const high = 0.22 * notes + 0.8384 * lines.length + between * Math.max(0, lines.length - notes);
    rows.set(line, (rows.get(line) ?? 0) + high * em);
  }
  return rows;
}

/** Where the marks of notes stand on each page; calls of notes within notes stand further in. */
function startOfNotes(blocks: readonly PdfBlock[], layout: BookLayout): Map<number, number> {
  const start = new Map<number, number>();
  for (const { isInNote, lines } of blocks) {
    if (!isInNote) continue;
    for (const line of lines) {
      const before = start.get(line.page) ?? Number.POSITIVE_INFINITY;
      start.set(line.page, Math.min(before, reach(line, layout)));
    }
  }
  return start;
}

/** How far a line is from the side where lines begin, but for what is the same for all. */
function reach({ left, right }: PdfLine, { letters }: BookLayout): number {
  return letters.direction === 'rtl' ? -right : left;
}
