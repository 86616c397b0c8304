import type { Block, Chapter, ChapterRole, Inline } from '../manuscript.ts';
import { roleOfTerm, roleOfTitle } from './chapterRoles.ts';
import type { TocEntry } from './epubPackage.ts';
import { plainText } from './pageLine.ts';
import { type Flow, lose, tally } from './pageReader.ts';

export type ReadPage = {
  flow: Flow;
  entries: TocEntry[];
  /** Whether the page had notes, which now stand where they are called. */
  hadNotes: boolean;
};

const MAX_TITLE_CHARS = 500;
const MAX_BLOCKS = 50_000;
/** More words than a page that opens a part has. */
const PART_WORDS = 400;

type Start = { index: number; entry: TocEntry | undefined };
type Draft = {
  title: string;
  role: ChapterRole | undefined;
  blocks: Block[];
  wantedId?: string | undefined;
};

/** A chapter without its id, and the id that its page has for it. */
export type PageChapter = Omit<Chapter, 'id'> & { wantedId?: string | undefined };

/**
 * Chapters of a book from its pages in reading order. A page begins a chapter if the table of contents leads to it, if it
 * says so itself, or begins with a heading; another goes on with the chapter before it. Inside a page, chapters begin
 * where the table of contents leads to a heading as high as the page's first, or, without one, at such headings.
 */
export function chaptersOfPages(pages: readonly ReadPage[], hasToc: boolean): PageChapter[] {
  const drafts: Draft[] = [];
  let isBeforeToc = true;
  for (const page of pages) {
    const blocks = withoutLooseBreaks(page);
    const { flow } = page;
    if (page.entries.length > 0) isBeforeToc = false;
    const starts = startsIn(page, hasToc, isBeforeToc || drafts.length === 0);
    let at = 0;
    for (const [number, start] of starts.entries()) {
      const end = starts[number + 1]?.index ?? flow.out.length;
      if (number === 0 && start.index > 0) addToLast(drafts, blocks(0, start.index));
      drafts.push(openChapter(page, start, blocks(start.index, end)));
      at = end;
    }
    if (starts.length === 0) addToLast(drafts, blocks(at, flow.out.length));
  }
  return drafts
    .filter(({ title, blocks }) => title !== '' || blocks.length > 0)
    .flatMap((draft) => inPieces(draft));
}

function addToLast(drafts: Draft[], blocks: Block[]): void {
  if (blocks.length === 0) return;
  const last = drafts.at(-1);
  if (last) last.blocks.push(...blocks);
  else drafts.push({ title: '', role: undefined, blocks });
}

function inPieces({ title, role, blocks, wantedId }: Draft): PageChapter[] {
  const known = role === undefined || role === 'chapter' ? {} : { role };
  if (blocks.length <= MAX_BLOCKS) return [{ title, ...known, blocks, wantedId }];
  const pieces: PageChapter[] = [];
  for (let at = 0; at < blocks.length; at += MAX_BLOCKS) {
    pieces.push({
      title: at === 0 ? title : '',
      ...known,
      blocks: blocks.slice(at, at + MAX_BLOCKS),
    });
  }
  return pieces;
}

function startsIn(page: ReadPage, hasToc: boolean, isOpening: boolean): Start[] {
  const { flow, entries } = page;
  const { out } = flow;
  const firstHeading = out.findIndex((block) => block.kind === 'heading');
  const isNearTop = firstHeading >= 0 && out.slice(0, firstHeading).every(isDecoration);
  const first = out[firstHeading];
  const topLevel = isNearTop && first ? (flow.levels.get(first) ?? 7) : 7;
  const placed = entries.map((entry) => ({ entry, index: placeOf(flow, entry.id) }));
  const atTop = placed.find(({ index }) => index === 0 || (isNearTop && index <= firstHeading));
  const saysSo = flow.sections.some(
    ({ index, terms }) => index === 0 && terms.some((term) => roleOfTerm(term) !== undefined),
  );
  const starts: Start[] = [];
  if (out.length > 0 && (!hasToc || isOpening || atTop || saysSo || isNearTop)) {
    starts.push({ index: 0, entry: atTop?.entry });
  }
  if (!hasToc) {
    for (const [index, block] of out.entries()) {
      if (index > firstHeading && flow.levels.get(block) === topLevel)
        starts.push({ index, entry: undefined });
    }
    return starts;
  }
  // A heading right above its first sub-heading is a part or a book, and the sub-headings are chapters.
  const second = out[firstHeading + 1];
  const secondLevel = second === undefined ? undefined : flow.levels.get(second);
  const chapterLevel =
    isNearTop && secondLevel !== undefined && placed.some(({ index }) => index === firstHeading + 1)
      ? Math.max(topLevel, secondLevel)
      : topLevel;
  for (const { entry, index } of placed) {
    const block = out[index];
    if (block === undefined || index <= (starts.at(-1)?.index ?? -1) || index === 0) continue;
    const level = flow.levels.get(block);
    const isTitle =
      level === undefined ? sameText(block, entry.label) : level <= chapterLevel || !isNearTop;
    const isAtTop = starts.length > 0 && isNearTop && index <= firstHeading;
    if (isTitle && !isAtTop) starts.push({ index, entry });
  }
  return starts;
}

function isDecoration(block: Block): boolean {
  return block.kind === 'image' || block.kind === 'scene-break';
}

function placeOf(flow: Flow, id: string): number {
  if (id === '') return 0;
  return flow.anchors?.get(id) ?? -1;
}

function sameText(block: Block, label: string): boolean {
  return (
    block.kind === 'paragraph' && normal(plainText(block.inlines)) === normal(label) && label !== ''
  );
}

function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function openChapter(page: ReadPage, start: Start, blocks: Block[]): Draft {
  const { flow } = page;
  const { entry } = start;
  const sections = flow.sections.filter(({ index }) => index === start.index);
  const terms = sections.flatMap((section) => section.terms).reverse();
  const { title, rest } = takeTitle(page, entry, blocks);
  let role = terms.map(roleOfTerm).find((known) => known !== undefined);
  const isMatter = terms.includes('frontmatter') || terms.includes('backmatter');
  role ??= roleOfTitle(title);
  if (role === undefined && isMatter && !terms.includes('bodymatter')) {
    role = terms.includes('backmatter') ? 'appendix' : 'introduction';
  }
  if (role === undefined && entry?.holdsPages && wordsIn(rest) <= PART_WORDS) role = 'part';
  const wantedId = sections.findLast(({ id }) => id !== undefined)?.id;
  return { title, role, blocks: rest, wantedId };
}

function wordsIn(blocks: readonly Block[]): number {
  return blocks.reduce(
    (sum, block) =>
      sum + (block.kind === 'paragraph' ? plainText(block.inlines).split(/\s+/).length : 0),
    0,
  );
}

function takeTitle(
  page: ReadPage,
  entry: TocEntry | undefined,
  blocks: Block[],
): { title: string; rest: Block[] } {
  const { flow } = page;
  const { reader } = flow;
  const at = blocks.findIndex((block) => !isDecoration(block));
  const block = blocks[at];
  const label = (entry?.label ?? '').slice(0, MAX_TITLE_CHARS);
  if (block === undefined) return { title: label, rest: blocks };
  const isHeading = block.kind === 'heading';
  if (!isHeading && !sameText(block, label)) {
    // A table of contents that says nothing but where a picture or text begins names no chapter.
    return { title: label, rest: levelled(flow, blocks, 0) };
  }
  const lines = [block];
  const second = blocks[at + 1];
  const both = [block, second].map(textOfBlock).join(' ');
  if (second?.kind === 'heading' && label !== '' && normal(both) === normal(label))
    lines.push(second);
  const inlines = lines.flatMap((line) => ('inlines' in line ? line.inlines : []));
  const text = lines.length > 1 ? label : titleText(textOfBlock(block), label);
  if (text.length > MAX_TITLE_CHARS) {
    lose(
      reader,
      flow.page,
      'title-too-long',
      'A title of more than 500 characters became a paragraph.',
    );
    return { title: '', rest: levelled(flow, blocks, 0) };
  }
  const moved = movedFrom(flow, inlines, text);
  const before = at > 0 && blocks[0]?.kind === 'scene-break' ? [] : blocks.slice(0, at);
  const after = blocks.slice(at + lines.length);
  const isNumber = flow.numbers.has(block);
  if (isNumber) reader.asides.push({ where: flow.page.name, runs: [{ text, marks: 0 }] });
  const level = flow.levels.get(block) ?? 1;
  return {
    title: isNumber ? '' : text,
    rest: levelled(flow, [...before, ...moved, ...after], level),
  };
}

/** A heading's text, in the form that the table of contents gives it when that only sets its lines apart otherwise. */
function titleText(heading: string, label: string): string {
  return normal(heading) === normal(label) &&
    /[:.\u2014-]/.test(label) &&
    !/[:.\u2014-]/.test(heading) &&
    label.length > heading.length
    ? label
    : heading;
}

function textOfBlock(block: Block | undefined): string {
  return block?.kind === 'heading' || block?.kind === 'paragraph'
    ? plainText(block.inlines).replace(/\s+/g, ' ').trim()
    : '';
}

function movedFrom(flow: Flow, inlines: readonly Inline[], title: string): Block[] {
  const { reader, page } = flow;
  const moved = inlines.flatMap((inline) => (inline.kind === 'note' ? inline.blocks : []));
  if (inlines.some((inline) => inline.kind === 'text' && Object.keys(inline).length > 2)) {
    tally(reader, page, 'title-marks', () => `The title “${title}” was kept as plain text.`);
  }
  if (moved.length > 0) {
    lose(reader, page, 'title-moved', `A footnote in the title “${title}” now stands below it.`);
  }
  return moved;
}

/** Headings counted from the chapter's own: level 1 stands directly below it. */
function levelled(flow: Flow, blocks: readonly Block[], base: number): Block[] {
  const own =
    base === 0 ? Math.min(...blocks.map((block) => flow.levels.get(block) ?? 7)) - 1 : base;
  return blocks.map((block) => {
    const level = flow.levels.get(block);
    if (block.kind !== 'heading' || level === undefined) return block;
    const made: Block = { ...block, level: Math.min(5, Math.max(1, level - own)) };
    flow.levels.set(made, level);
    return made;
  });
}

/** A way to cut the page's blocks that leaves out breaks which separate nothing. */
function withoutLooseBreaks({ flow, hadNotes }: ReadPage): (from: number, to: number) => Block[] {
  return (from, to) => {
    const blocks = flow.out.slice(from, to);
    const kept = blocks.filter((block, index) => {
      if (!flow.softBreaks.has(block)) return true;
      const [before, after] = [blocks[index - 1], blocks[index + 1]];
      return isProse(before) && isProse(after);
    });
    while (hadNotes && kept.at(-1)?.kind === 'scene-break') kept.pop();
    return kept;
  };
}

function isProse(block: Block | undefined): boolean {
  return (
    block !== undefined &&
    block.kind !== 'scene-break' &&
    block.kind !== 'heading' &&
    block.kind !== 'image'
  );
}
