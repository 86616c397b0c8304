import type { Block, Chapter, Inline, Note, TextRun } from '../manuscript.ts';

/** What the loss meter counts besides words, in the order of a report. */
export const METERED_MARKS = [
  'emphasis',
  'strong',
  'smallCaps',
  'underline',
  'strike',
  'super',
  'sub',
  'code',
  'language',
  'link',
] as const;
export type MeteredMark = (typeof METERED_MARKS)[number];

/** A stretch of text whose marks do not change; `marks` has a bit for each of `METERED_MARKS`. */
export type MeterRun = { text: string; marks: number };

/** One line as a reader of the source sees it: a paragraph, a heading, a cell. `where` names its file. */
export type MeterLine = { where: string; runs: MeterRun[] };

/** The bit of a mark. */
export function markBit(mark: MeteredMark): number {
  return 1 << METERED_MARKS.indexOf(mark);
}

/** A line of text without marks. */
export function plainLine(where: string, text: string): MeterLine {
  return { where, runs: [{ text, marks: 0 }] };
}

/** Everything that stands in chapters, titles first, line by line; notes after the line that calls them. */
export function* chapterLines(chapters: readonly Chapter[]): Generator<MeterLine> {
  for (const chapter of chapters) {
    const where = chapter.title;
    if (chapter.title !== '') yield plainLine(where, chapter.title);
    yield* blockLines(chapter.blocks, where);
  }
}

function* blockLines(blocks: readonly Block[], where: string): Generator<MeterLine> {
  for (const block of blocks) yield* linesOf(block, where);
}

function* linesOf(block: Block, where: string): Generator<MeterLine> {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      yield* inlineLines(block.inlines, where);
      break;
    case 'verse':
      for (const line of block.lines) yield* inlineLines(line, where);
      break;
    case 'blockquote':
    case 'letter':
    case 'epigraph':
      yield* blockLines(block.blocks, where);
      break;
    case 'list':
      for (const item of block.items) yield* blockLines(item.blocks, where);
      break;
    case 'table':
      if (block.caption !== undefined) yield plainLine(where, block.caption);
      for (const cell of block.rows.flat()) yield* blockLines(cell.blocks, where);
      break;
    case 'code':
      yield { where, runs: [{ text: block.text, marks: CODE }] };
      break;
    case 'image':
      if (block.caption !== undefined) yield plainLine(where, block.caption);
      break;
    case 'scene-break':
  }
}

const CODE = markBit('code');

function* inlineLines(inlines: readonly Inline[], where: string): Generator<MeterLine> {
  const runs: MeterRun[] = [];
  const notes: Note[] = [];
  for (const inline of inlines) {
    if (inline.kind === 'note') notes.push(inline);
    else runs.push({ text: inline.text, marks: marksOfRun(inline) });
  }
  yield { where, runs };
  for (const note of notes) yield* blockLines(note.blocks, where);
}

function marksOfRun(run: TextRun): number {
  const on = (isOn: unknown, mark: MeteredMark) => (isOn === undefined ? 0 : markBit(mark));
  return (
    on(run.emphasis, 'emphasis') |
    on(run.strong, 'strong') |
    on(run.smallCaps, 'smallCaps') |
    on(run.underline, 'underline') |
    on(run.strike, 'strike') |
    on(run.code, 'code') |
    on(run.language, 'language') |
    on(run.link, 'link') |
    (run.script === undefined ? 0 : markBit(run.script))
  );
}
