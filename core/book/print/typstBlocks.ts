import { evenHeadings } from '../headings.ts';
import type {
  Block,
  Chapter,
  Heading,
  Inline,
  Paragraph,
  Picture,
  Table,
  TableCell,
} from '../manuscript.ts';
import { inlineText } from '../words.ts';
import type { Adjustments } from './adjustments.ts';
import type { BookLayout } from './printLayout.ts';
import type { PlacedPicture } from './placedPicture.ts';
import { lineSource, runSource, tieLastWords } from './typstLine.ts';
import { firstMark, markedText } from './typstMarks.ts';
import { printText, typstString } from './typstText.ts';

export type BlockContext = {
  placed: ReadonlyMap<string, PlacedPicture>;
  layout: BookLayout;
  adjustments: Adjustments;
  /** The language in which sentences are told apart, where each is to be marked. */
  marks?: string;
  /** The page has no heading, under which others could stand: what looks like one is none. */
  isAlone?: boolean;
};

/** The part of the text's height that a picture may take, so that its caption stays with it. */
export const MAX_PICTURE_HEIGHT = 0.7;
/** Tables with more rows than this may go on over the page. */
const LONGEST_WHOLE_TABLE = 14;

/** The text of a chapter, its first paragraph opened as the design has it. */
export function chapterBlocks(chapter: Chapter, context: BlockContext): string {
  const blocks = evenHeadings(chapter.blocks);
  const first = blocks.findIndex((block) => block.kind !== 'epigraph');
  let isAfterCap = false;
  return blocks
    .map((block, index) => {
      if (block.kind !== 'paragraph' || block.align !== undefined || index > first + 1)
        return blockSource(block, context);
      if (index < first) return blockSource(block, context);
      if (index === first) {
        const source = opening(block, context);
        isAfterCap = source.startsWith('#drop-cap(');
        return adjusted(
          block,
          context.marks === undefined ? source : firstMark(block) + source,
          context,
        );
      }
      // Typst takes what a drop cap stands in for a block, after which it would not indent.
      return isAfterCap ? `#indented[${blockSource(block, context)}]` : blockSource(block, context);
    })
    .join('\n\n');
}

export function blocksSource(blocks: readonly Block[], context: BlockContext): string {
  return blocks.map((block) => blockSource(block, context)).join('\n\n');
}

/** What stands in a block. Typst takes text that is alone in one for no paragraph, and would not tag it as such. */
function innerSource(blocks: readonly Block[], context: BlockContext): string {
  const source = blocksSource(blocks, context);
  const [only, ...others] = blocks;
  return only?.kind === 'paragraph' && others.length === 0 ? `#par[${source}]` : source;
}

function line(inlines: readonly Inline[], context: BlockContext): string {
  const { marks: _marks, ...inNote } = context;
  return lineSource(inlines, (note) => `#footnote[${blocksSource(note.blocks, inNote)}]`);
}

/** The text of a paragraph or heading, its sentences marked where that is asked for. */
function textSource(block: Paragraph | Heading, context: BlockContext): string {
  return context.marks === undefined
    ? line(block.inlines, context)
    : markedText(block, context.marks, (inlines) => line(inlines, context));
}

function blockSource(block: Block, context: BlockContext): string {
  switch (block.kind) {
    case 'paragraph':
      if (block.align !== undefined)
        return `#aligned(${block.align})[${textSource(block, context)}]`;
      return adjusted(
        block,
        textSource({ ...block, inlines: tieLastWords(block.inlines) }, context),
        context,
      );
    case 'heading':
      if (context.isAlone) return `#heading-line-${block.level}[${textSource(block, context)}]`;
      return `#heading(level: ${block.level + 1}, outlined: false)[${textSource(block, context)}]`;
    case 'blockquote':
      return `#quote(block: true)[\n${innerSource(block.blocks, context)}\n]`;
    case 'letter':
      return `#letter[\n${innerSource(block.blocks, context)}\n]`;
    case 'epigraph':
      return `#epigraph[\n${innerSource(block.blocks, context)}\n]`;
    case 'table':
      return tableSource(block, context);
    case 'list': {
      const items = block.items.map((item) => `[\n${blocksSource(item.blocks, context)}\n]`);
      const open = block.start === undefined ? '#list(' : `#enum(start: ${block.start}, `;
      return `${open}${items.join(', ')})`;
    }
    case 'verse':
      return `#verse(${block.lines.map((inlines) => `[${line(inlines, context)}]`).join(', ')})`;
    case 'code':
      return `#raw(block: true, ${typstString(block.text)})`;
    case 'scene-break': {
      const more = context.adjustments.breaks.get(block.id) ?? 0;
      return `#scene-break(${more === 0 ? '' : `more: ${more}`})`;
    }
    case 'image':
      return pictureSource(block, context);
  }
}

/** A paragraph with what was changed by hand about it. */
function adjusted({ id }: Paragraph, source: string, { adjustments }: BlockContext): string {
  const fit = adjustments.fits.get(id) ?? 0;
  const rows = adjustments.shortPages.get(id) ?? 0;
  const short = rows === 0 ? '' : `#short-page(${rows})\n`;
  const whole = adjustments.unhyphenated.has(id)
    ? `#[#set text(hyphenate: false)\n${source}]`
    : source;
  return `${short}${fit === 0 ? whole : `#fitted(${fit})[${whole}]`}`;
}

const LEAD_IN_WORDS = 4;
/** Letters that a paragraph needs to run round a drop cap of so many lines. */
const CHARS_PER_CAP_LINE = 75;
/** Words that are offered to stand beside a drop cap. */
const CAP_WORDS = 64;

/** The first paragraph of a chapter: with a drop cap, with its first words in small capitals, or plain. */
function opening(paragraph: Paragraph, context: BlockContext): string {
  const { layout } = context;
  const inlines = tieLastWords(paragraph.inlines);
  if (layout.leadIn === 'plain') return line(inlines, context);
  const [first, ...rest] = inlines;
  if (first?.kind !== 'text' || Object.keys(first).length > 2) return line(inlines, context);
  const clause = leadInOf(first.text);
  const { lines } = layout.theme.dropCap;
  const letter = /^[\p{Lu}\p{Lt}]/u.exec(first.text)?.[0];
  const isLong = inlineText(inlines).length >= (lines + 1) * CHARS_PER_CAP_LINE;
  if (layout.leadIn === 'small-caps' || letter === undefined || !isLong) {
    const after = first.text.slice(clause.length);
    const tail = after === '' ? rest : [{ ...first, text: after }, ...rest];
    return `#lead-in(${typstString(printText(clause))});${line(tail, context)}`;
  }
  // The letter leads into its own word, so the clause keeps at least that word.
  const lead = clause.slice(letter.length);
  const after = first.text.slice(letter.length + lead.length);
  const tail = after === '' ? rest : [{ ...first, text: after }, ...rest];
  const words = [
    ...(lead === ''
      ? []
      : wordPieces(lead).map((word) => `lead-in(${typstString(printText(word))})`)),
    ...tail.flatMap((inline) => piecesOf(inline, context)),
  ];
  const beside = words.slice(0, CAP_WORDS);
  const below = words.slice(CAP_WORDS);
  const restSource = below.length === 0 ? 'none' : `[${below.map((word) => `#${word};`).join('')}]`;
  return `#drop-cap(${typstString(letter)}, (${beside.map((word) => `[#${word};]`).join(', ')},), ${restSource})`;
}

/** Pieces between which a line may break, each an expression; a note stays with the word before it where it can. */
function piecesOf(inline: Inline, context: BlockContext): string[] {
  if (inline.kind === 'note') return [`footnote[${blocksSource(inline.blocks, context)}]`];
  return wordPieces(inline.text).map((text) => runSource({ ...inline, text }));
}

/** Words, each with the space after it. */
function wordPieces(text: string): string[] {
  return text.match(/ *[^ ]+(?: +|$)| +/gu) ?? [text];
}

/** The first words of a text as far as its clause goes, so that capitals never run across a full stop. */
function leadInOf(text: string): string {
  const words = new RegExp(`^(?:\\S+\\s+){0,${LEAD_IN_WORDS - 1}}\\S+`, 'u').exec(text)?.[0] ?? '';
  return /^.*?[,;:.!?…—](?=\s)/u.exec(words)?.[0] ?? words;
}

function tableSource(table: Table, context: BlockContext): string {
  const columns = Math.max(
    ...table.rows.map((row) => row.reduce((sum, cell) => sum + (cell.columns ?? 1), 0)),
  );
  const cells = (rows: readonly TableCell[][]) =>
    rows.flatMap((row) => row.map((cell) => cellSource(cell, context))).join(', ');
  const head = table.rows.slice(0, table.headerRows);
  const body = table.rows.slice(table.headerRows);
  const parts = [
    `columns: ${columns}`,
    'table.hline(stroke: 0.8pt)',
    ...(head.length > 0 ? [`table.header(${cells(head)})`, 'table.hline(stroke: 0.4pt)'] : []),
    ...(body.length > 0 ? [cells(body)] : []),
    'table.hline(stroke: 0.8pt)',
  ];
  const caption = table.caption === undefined ? '' : `, caption: [#${typstString(table.caption)}]`;
  const source = `figure(kind: table, table(${parts.join(', ')})${caption})`;
  return table.rows.length <= LONGEST_WHOLE_TABLE
    ? `#block(above: gap + row, below: gap + row, width: 100%, on-grid(${source}))`
    : `#${source}`;
}

function cellSource(cell: TableCell, context: BlockContext): string {
  const options = [
    ...(cell.columns === undefined ? [] : [`colspan: ${cell.columns}`]),
    ...(cell.rows === undefined ? [] : [`rowspan: ${cell.rows}`]),
    ...(cell.align === undefined ? [] : [`align: ${cell.align}`]),
  ];
  return `table.cell(${options.join(', ')})[${blocksSource(cell.blocks, context)}]`;
}

function pictureSource(picture: Picture, { placed, layout }: BlockContext): string {
  const file = placed.get(picture.source);
  if (file === undefined) return `#absent-picture(${typstString(picture.alt || picture.source)})`;
  const alt = picture.alt === '' ? '' : `, alt: ${typstString(picture.alt)}`;
  const caption =
    picture.caption === undefined ? '' : `, caption: [#${typstString(picture.caption)}]`;
  const textWidthIn = layout.widthIn - layout.insideIn - layout.outsideIn;
  const textHeightIn = layout.heightIn - layout.topIn - layout.bottomIn;
  const highestIn = textHeightIn * MAX_PICTURE_HEIGHT;
  const widthIn = Math.min(textWidthIn, (highestIn * file.widthPx) / file.heightPx);
  const image = `image(${typstString(file.path)}, width: ${widthIn.toFixed(4)}in${alt})`;
  if (picture.decorative === true) {
    return `#block(above: gap + row, below: gap + row, width: 100%, on-grid(align(center, pdf.artifact(${image}))))`;
  }
  return `#block(above: gap + row, below: gap + row, width: 100%, on-grid(figure(${image}${caption})))`;
}
