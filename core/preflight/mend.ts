import { tidyInlines, textRun, marksOf } from '../book/inlines.ts';
import {
  type Block,
  type BookMetadata,
  bookMetadataSchema,
  blocksSchema,
  type Chapter,
  type Inline,
  type Manuscript,
} from '../book/manuscript.ts';
import { canMend, ManuscriptChecker } from './check.ts';
import { type Ignored, keyOf, NOTHING_IGNORED, placeOf } from './ignored.ts';
import type { Passage } from './passage.ts';
import type { Rule, Spot } from './rule.ts';
import { withInlines } from './withInlines.ts';

/** One place out of many: where a finding says it is. */
export type MendPlace = {
  chapterId?: string | undefined;
  blockId?: string | undefined;
  /** In the text of the block. */
  start?: number | undefined;
};

export type MendOptions = {
  /** Only this place; absent: everywhere. */
  at?: MendPlace | undefined;
  ignored?: Ignored;
};

export type Mended = {
  metadata: BookMetadata;
  chapters: Chapter[];
  /** Places that were mended. */
  places: number;
};

/** Mending one place can bring another to light; after so many rounds a rule is left as it is. */
const MAX_ROUNDS = 12;

/**
 * Mends what rules find and know how to mend, one rule after the other, each until it finds nothing more. What did not
 * change keeps its identity: chapters, blocks and details alike. Mending twice gives what mending once does.
 */
export function mend(
  manuscript: Manuscript,
  rules: readonly Rule[],
  options: MendOptions = {},
): Mended {
  const { at, ignored = NOTHING_IGNORED } = options;
  const left = new Set(ignored.places.map(keyOf));
  let book = manuscript;
  let places = 0;
  for (const rule of rules) {
    if (ignored.rules.includes(rule.id)) continue;
    const checker = new ManuscriptChecker([rule]);
    for (let round = 0; round < (at === undefined ? MAX_ROUNDS : 1); round += 1) {
      const spots = checker
        .spots(book)
        .map(({ spot }) => spot)
        .filter(
          (spot) => canMend(spot) && isAt(spot, at) && !left.has(keyOf(placeOf(rule.id, spot))),
        );
      const next = spots.length === 0 ? book : apply(book, spots);
      if (next === book) break;
      places += spots.length;
      book = next;
    }
  }
  return { metadata: book.metadata, chapters: book.chapters, places };
}

function isAt(spot: Spot, at: MendPlace | undefined): boolean {
  if (at === undefined) return true;
  if (spot.chapterId !== at.chapterId || spot.blockId !== at.blockId) return false;
  return at.start === undefined || (spot.passage?.base ?? 0) + (spot.start ?? 0) === at.start;
}

function apply(book: Manuscript, spots: readonly Spot[]): Manuscript {
  const metadata = mendDetails(book.metadata, spots);
  const byChapter = Map.groupBy(spots, ({ chapterId }) => chapterId);
  let isChanged = metadata !== book.metadata;
  const chapters = book.chapters.map((chapter) => {
    const own = byChapter.get(chapter.id);
    const mended = own === undefined ? chapter : mendChapter(chapter, own);
    isChanged ||= mended !== chapter;
    return mended;
  });
  return isChanged ? { metadata, chapters } : book;
}

function mendDetails(metadata: BookMetadata, spots: readonly Spot[]): BookMetadata {
  const changes: Record<string, string> = {};
  for (const [passage, edits] of editsOf(spots)) {
    if (passage.detail === null) continue;
    const text = editText(passage.text, edits);
    if (text !== '' && text !== passage.text) changes[passage.detail] = text;
  }
  if (Object.keys(changes).length === 0) return metadata;
  const parsed = bookMetadataSchema.safeParse({ ...metadata, ...changes });
  return parsed.success ? parsed.data : metadata;
}

type Edit = { start: number; end: number; instead: string };

/** The edits of each passage in order; of two that overlap the first one is kept. */
function editsOf(spots: readonly Spot[]): Map<Passage, Edit[]> {
  const edits = new Map<Passage, Edit[]>();
  for (const { passage, start, end, instead } of spots) {
    if (passage === undefined || start === undefined || end === undefined || instead === undefined)
      continue;
    const list = edits.get(passage) ?? [];
    edits.set(passage, list);
    list.push(narrowed(passage.text, { start, end, instead }));
  }
  for (const [passage, list] of edits) {
    let reached = 0;
    const apart = list
      .toSorted((a, b) => a.start - b.start || a.end - b.end)
      .filter(({ start, end }) => {
        if (start < reached) return false;
        reached = Math.max(end, start + 1);
        return true;
      });
    edits.set(passage, apart);
  }
  return edits;
}

/** The same edit without what it leaves as it is at either end, so that marks there stay. */
function narrowed(text: string, { start, end, instead }: Edit): Edit {
  let head = 0;
  while (
    head < instead.length &&
    start + head < end &&
    text.charAt(start + head) === instead.charAt(head)
  )
    head += 1;
  let tail = 0;
  while (
    tail < instead.length - head &&
    end - tail > start + head &&
    text.charAt(end - 1 - tail) === instead.charAt(instead.length - 1 - tail)
  ) {
    tail += 1;
  }
  return {
    start: start + head,
    end: end - tail,
    instead: instead.slice(head, instead.length - tail),
  };
}

function editText(text: string, edits: readonly Edit[]): string {
  let edited = '';
  let from = 0;
  for (const { start, end, instead } of edits) {
    edited += text.slice(from, start) + instead;
    from = end;
  }
  return edited + text.slice(from);
}

/** The inlines of a passage with its text edited: new letters take the marks of the run they begin in. */
function editInlines(passage: Passage, edits: readonly Edit[]): Inline[] {
  const starts = new Map(passage.runs.map(({ start, run }) => [run, start]));
  const last = passage.runs.at(-1)?.run;
  return tidyInlines(
    passage.inlines.flatMap((inline): Inline[] => {
      const start = inline.kind === 'text' ? starts.get(inline) : undefined;
      if (inline.kind !== 'text' || start === undefined) return [inline];
      const end = start + inline.text.length;
      let text = '';
      let from = start;
      for (const edit of edits) {
        const begins =
          edit.start >= start && (edit.start < end || (inline === last && edit.start === end));
        if (!begins && (edit.end <= start || edit.start >= end)) continue;
        text += inline.text.slice(from - start, Math.max(from, edit.start) - start);
        if (begins) text += edit.instead;
        from = Math.min(end, Math.max(from, edit.end));
      }
      text += inline.text.slice(from - start);
      return text === '' ? [] : [textRun(text, marksOf(inline))];
    }),
  );
}

function mendChapter(chapter: Chapter, spots: readonly Spot[]): Chapter {
  let title = chapter.title;
  const changed = new Map<string, readonly Block[]>();
  for (const [passage, edits] of editsOf(spots)) {
    const { block } = passage;
    if (passage.field === 'title') {
      const text = editText(passage.text, edits);
      if (text.length <= 500) title = text;
    } else if (block !== null) {
      const mended = editBlock(changed.get(block.id)?.[0] ?? block, passage, edits);
      if (mended !== null) changed.set(block.id, [mended]);
    }
  }
  for (const { blockId, becomes } of spots) {
    if (blockId !== undefined && becomes !== undefined) changed.set(blockId, becomes);
  }
  const blocks = replaced(chapter.blocks, changed);
  if (title === chapter.title && blocks === chapter.blocks) return chapter;
  // What a mended chapter cannot be stored as is left as it was.
  return blocks === chapter.blocks || blocksSchema.safeParse(blocks).success
    ? { ...chapter, title, blocks }
    : chapter;
}

function editBlock(block: Block, passage: Passage, edits: readonly Edit[]): Block | null {
  if (block.kind !== 'image' && block.kind !== 'table') {
    const inlines = editInlines(passage, edits);
    return inlines.some(({ kind }) => kind === 'text')
      ? withInlines(block, passage.inlines, inlines)
      : null;
  }
  const text = editText(passage.text, edits);
  if (text === '') return null;
  return passage.field === 'alt' && block.kind === 'image'
    ? { ...block, alt: text }
    : { ...block, caption: text };
}

/** Blocks with some of them, named by id, in other forms, wherever they stand; the same list when nothing changed. */
function replaced(blocks: Block[], by: ReadonlyMap<string, readonly Block[]>): Block[] {
  if (by.size === 0) return blocks;
  let isChanged = false;
  const result = blocks.flatMap((block): readonly Block[] => {
    const other = by.get(block.id);
    const [first, ...rest] = other ?? [block];
    const own = first === undefined ? [] : [replacedInside(first, by), ...rest];
    isChanged ||= own.length !== 1 || own[0] !== block;
    return own;
  });
  return isChanged ? result : blocks;
}

function replacedInside(block: Block, by: ReadonlyMap<string, readonly Block[]>): Block {
  const held = <T extends { blocks: Block[] }>(holder: T): T => {
    const blocks = replaced(holder.blocks, by);
    return blocks === holder.blocks ? holder : { ...holder, blocks };
  };
  if (block.kind === 'blockquote' || block.kind === 'letter' || block.kind === 'epigraph') {
    return held(block);
  }
  if (block.kind === 'list') {
    const items = sameOr(block.items, held);
    return items === block.items ? block : { ...block, items };
  }
  if (block.kind === 'table') {
    const rows = sameOr(block.rows, (row) => sameOr(row, held));
    return rows === block.rows ? block : { ...block, rows };
  }
  const inside = (inlines: Inline[]) =>
    sameOr(inlines, (inline) => {
      if (inline.kind !== 'note') return inline;
      const blocks = replaced(inline.blocks, by);
      return blocks === inline.blocks ? inline : { ...inline, blocks };
    });
  if (block.kind === 'paragraph' || block.kind === 'heading') {
    const inlines = inside(block.inlines);
    return inlines === block.inlines ? block : { ...block, inlines };
  }
  if (block.kind !== 'verse') return block;
  const lines = sameOr(block.lines, inside);
  return lines === block.lines ? block : { ...block, lines };
}

/** A list with each member changed, or the same list when none was. */
function sameOr<T>(list: T[], change: (member: T) => T): T[] {
  const changed = list.map(change);
  return changed.every((member, index) => member === list[index]) ? list : changed;
}
