import { bookWords } from './bookWords.ts';
import { copyrightLines } from './copyrightLines.ts';
import { evenHeadings } from './headings.ts';
import {
  type Block,
  type Chapter,
  chapterLabel,
  type Inline,
  type Manuscript,
  type Picture,
  type Table,
  type TableCell,
  type TextRun,
} from './manuscript.ts';
import type { BookLayout } from './printLayout.ts';
import { typstLanguage, typstStyle } from './typstStyle.ts';
import { printText, typstString } from './typstText.ts';

/** A picture's file as the compiler knows it. */
export type PlacedPicture = { path: string; widthPx: number; heightPx: number };

export type TypstInput = {
  manuscript: Manuscript;
  layout: BookLayout;
  /** Each picture by its `source`; a frame stands in for others. */
  pictures: ReadonlyMap<string, PlacedPicture>;
  /** Path of a cover to open with, and what it shows. */
  cover?: { path: string; alt: string };
  /** Adds a blank page at the end: printed books have an even number of pages. */
  lastPage: 'text' | 'blank';
};

const MAX_RUNNING_HEAD_CHARS = 48;
const LEAD_IN_WORDS = 4;
/** The part of the text's height that a picture may take, so that its caption stays with it. */
export const MAX_PICTURE_HEIGHT = 0.7;

/** The whole book as a Typst 0.14 source: title page, copyright page, contents, chapters. */
export function toTypst(input: TypstInput): string {
  const { metadata, chapters } = input.manuscript;
  const runningTitle = shortHead(metadata.title, metadata.authors[0] ?? '');
  const style = typstStyle({
    layout: input.layout,
    title: metadata.title,
    authors: metadata.authors,
    description: metadata.description,
    language: metadata.language,
    runningTitle,
  });
  const parts = [
    style,
    ...(input.cover ? [coverPage(input.cover)] : []),
    titlePage(input.manuscript, input.layout),
    contentsPage(input.manuscript, input.layout),
    ...chapters.map((chapter, index) => chapterSource(input, chapter, index, runningTitle)),
  ];
  if (input.lastPage === 'blank') parts.push('#pagebreak()\n#box(width: 0pt)');
  return `${parts.join('\n')}\n`;
}

function coverPage(cover: { path: string; alt: string }): string {
  return `#page(margin: 0pt, header: none, footer: none, image(${typstString(cover.path)}, width: 100%, height: 100%, fit: "cover", alt: ${typstString(cover.alt)}))`;
}

function titlePage({ metadata }: Manuscript, layout: BookLayout): string {
  const subtitle =
    metadata.subtitle === undefined
      ? ''
      : `\n  v(0.9em)\n  text(size: 1.15em, style: "italic", ${typstString(metadata.subtitle)})`;
  const publisher =
    metadata.publisher === undefined
      ? ''
      : `\n  v(1fr)\n  text(size: 0.9em, tracking: 0.08em, smallcaps(${typstString(metadata.publisher)}))`;
  const rights = copyrightLines(metadata).map((line) => `par(${typstString(line)})`);
  const toVerso = layout.use === 'print' ? '#pagebreak(to: "even", weak: true)' : '#pagebreak()';
  return `#{
  set align(center)
  set par(justify: false, first-line-indent: 0pt, leading: 0.4em)
  set text(hyphenate: false)
  v(${layout.use === 'print' ? '9' : '8'} * row)
  text(size: 2.3em, ${typstString(metadata.title)})${subtitle}
  v(1.6em)
  pdf.artifact(std.line(length: 3em, stroke: 0.5pt))
  v(1.4em)
  text(size: 1.15em, tracking: 0.03em, ${typstString(metadata.authors.join(', '))})${publisher}
}
${toVerso}
#{
  set par(justify: false, first-line-indent: 0pt, leading: 0.35em, spacing: 0.9em)
  set text(size: 0.8em, hyphenate: false, number-type: "lining")
  v(1fr)
  ${rights.join('\n  ')}
}`;
}

function contentsPage({ metadata, chapters }: Manuscript, layout: BookLayout): string {
  if (chapters.length < 2) return '';
  const { words } = bookWords(metadata.language);
  return `${openPage(layout, 'recto')}
#{
  set par(justify: false, first-line-indent: 0pt)
  block(width: 100%, above: 0pt, below: gap + 2 * row, inset: (top: 3 * row), align(center, text(size: 1.3em, ${typstString(words.contents)})))
  show outline.entry: it => block(above: gap + 0.32 * row, below: gap + 0.32 * row, breakable: false, link(it.element.location(), grid(
    columns: (1fr, auto), column-gutter: 1.5em, align: (left, right + bottom), it.body(), text(number-type: "old-style", it.page()),
  )))
  ${layout.use === 'print' ? '' : 'show link: set text(fill: black)\n  '}outline(title: none, depth: 1)
}`;
}

function openPage(layout: BookLayout, side: 'recto' | 'next'): string {
  return layout.use === 'print' && side === 'recto'
    ? '#pagebreak(to: "odd", weak: true)'
    : '#pagebreak(weak: true)';
}

function chapterSource(
  input: TypstInput,
  chapter: Chapter,
  index: number,
  runningTitle: string,
): string {
  const label = chapterLabel(chapter, index);
  const start = index === 0 ? '#set page(numbering: "1")\n#counter(page).update(1)\n' : '';
  const side = index === 0 ? 'recto' : input.layout.openings;
  const head = shortHead(chapter.title, runningTitle);
  return `${openPage(input.layout, side)}
${start}#chapter-start(${typstString(head)})
#counter(footnote).update(0)
#heading(level: 1, ${typstString(label)})
${blocksSource(evenHeadings(chapter.blocks), { placed: input.pictures, layout: input.layout }, 'chapter')}
#chapter-end()`;
}

/** A title as a running head, or what stands in for it where it is missing or would not fit on one line. */
function shortHead(title: string, fallback: string): string {
  return title === '' || title.length > MAX_RUNNING_HEAD_CHARS
    ? fallback.slice(0, MAX_RUNNING_HEAD_CHARS)
    : title;
}

type Pictures = { placed: TypstInput['pictures']; layout: BookLayout };

function blocksSource(
  blocks: readonly Block[],
  pictures: Pictures,
  place: 'chapter' | 'inner',
): string {
  return blocks
    .map((block, index) => {
      const isOpening = place === 'chapter' && index === 0;
      return blockSource(block, pictures, isOpening);
    })
    .join('\n\n');
}

function blockSource(block: Block, pictures: Pictures, isOpening: boolean): string {
  switch (block.kind) {
    case 'paragraph':
      if (block.align !== undefined)
        return `#aligned(${block.align})[${line(block.inlines, pictures)}]`;
      return isOpening ? leadIn(block.inlines, pictures) : line(block.inlines, pictures);
    case 'heading':
      return `#heading(level: ${block.level + 1}, outlined: false)[${line(block.inlines, pictures)}]`;
    case 'blockquote':
      return `#quote(block: true)[\n${blocksSource(block.blocks, pictures, 'inner')}\n]`;
    case 'letter':
      return `#letter[\n${blocksSource(block.blocks, pictures, 'inner')}\n]`;
    case 'epigraph':
      return `#epigraph[\n${blocksSource(block.blocks, pictures, 'inner')}\n]`;
    case 'table':
      return tableSource(block, pictures);
    case 'list': {
      const items = block.items.map(
        (item) => `[\n${blocksSource(item.blocks, pictures, 'inner')}\n]`,
      );
      const open = block.start === undefined ? '#list(' : `#enum(start: ${block.start}, `;
      return `${open}${items.join(', ')})`;
    }
    case 'verse':
      return `#verse(${block.lines.map((inlines) => `[${line(inlines, pictures)}]`).join(', ')})`;
    case 'code':
      return `#raw(block: true, ${typstString(block.text)})`;
    case 'scene-break':
      return '#scene-break()';
    case 'image':
      return pictureSource(block, pictures);
  }
}

function tableSource(table: Table, pictures: Pictures): string {
  const columns = Math.max(
    ...table.rows.map((row) => row.reduce((sum, cell) => sum + (cell.columns ?? 1), 0)),
  );
  const cells = (rows: readonly TableCell[][]) =>
    rows.flatMap((row) => row.map((cell) => cellSource(cell, pictures))).join(', ');
  const head = table.rows.slice(0, table.headerRows);
  const body = table.rows.slice(table.headerRows);
  const parts = [
    `columns: ${columns}`,
    ...(head.length > 0 ? [`table.header(${cells(head)})`] : []),
    ...(body.length > 0 ? [cells(body)] : []),
  ];
  const caption = table.caption === undefined ? '' : `, caption: [#${typstString(table.caption)}]`;
  return `#figure(kind: table, table(${parts.join(', ')})${caption})`;
}

function cellSource(cell: TableCell, pictures: Pictures): string {
  const options = [
    ...(cell.columns === undefined ? [] : [`colspan: ${cell.columns}`]),
    ...(cell.rows === undefined ? [] : [`rowspan: ${cell.rows}`]),
    ...(cell.align === undefined ? [] : [`align: ${cell.align}`]),
  ];
  return `table.cell(${options.join(', ')})[${blocksSource(cell.blocks, pictures, 'inner')}]`;
}

function pictureSource(picture: Picture, { placed, layout }: Pictures): string {
  const file = placed.get(picture.source);
  if (file === undefined) return `#absent-picture(${typstString(picture.alt || picture.source)})`;
  const alt = picture.alt === '' ? '' : `, alt: ${typstString(picture.alt)}`;
  const caption =
    picture.caption === undefined ? '' : `, caption: [#${typstString(picture.caption)}]`;
  const textWidthIn = layout.widthIn - layout.insideIn - layout.outsideIn;
  const textHeightIn = layout.heightIn - layout.topIn - layout.bottomIn;
  const highestIn = textHeightIn * MAX_PICTURE_HEIGHT;
  const widthIn = Math.min(textWidthIn, (highestIn * file.widthPx) / file.heightPx);
  return `#figure(image(${typstString(file.path)}, width: ${widthIn.toFixed(4)}in${alt})${caption})`;
}

function line(inlines: readonly Inline[], pictures: Pictures): string {
  return inlines
    .map((inline) =>
      inline.kind === 'note'
        ? `#footnote[${blocksSource(inline.blocks, pictures, 'inner')}]`
        : run(inline),
    )
    .join('');
}

function run(text: TextRun): string {
  let source = text.code ? `raw(${typstString(text.text)})` : typstString(printText(text.text));
  if (text.emphasis) source = `emph(${source})`;
  if (text.strong) source = `strong(${source})`;
  if (text.script !== undefined) source = `${text.script}(${source})`;
  if (text.smallCaps) source = `smallcaps(${source})`;
  if (text.underline) source = `underline(${source})`;
  if (text.strike) source = `strike(${source})`;
  if (text.language !== undefined) source = `text(${typstLanguage(text.language)}, ${source})`;
  if (text.link !== undefined) source = `link(${typstString(text.link)}, ${source})`;
  return `#${source};`;
}

/** Sets the first words of a chapter in small capitals, as far as they are plain text. */
function leadIn(inlines: readonly Inline[], pictures: Pictures): string {
  const [first, ...rest] = inlines;
  if (first?.kind !== 'text' || Object.keys(first).length > 2) return line(inlines, pictures);
  const words = new RegExp(`^(?:\\S+\\s+){0,${LEAD_IN_WORDS - 1}}\\S+`, 'u').exec(first.text)?.[0];
  // A lead-in ends with its clause, so that the capitals never run across a full stop.
  const clause = /^.*?[,;:.!?…—](?=\s)/u.exec(words ?? '')?.[0] ?? words ?? '';
  const after = first.text.slice(clause.length);
  const tail = after === '' ? rest : [{ ...first, text: after }, ...rest];
  return `#lead-in(${typstString(printText(clause))});${line(tail, pictures)}`;
}
