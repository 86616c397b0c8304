import { writingDirection } from '../bookWords.ts';
import type { Block, Inline, List, Picture, Table, TableCell } from '../manuscript.ts';
import type { PictureFile } from '../pictureFile.ts';
import { xmlText } from '../xml.ts';
import type { Relationships } from './docxParts.ts';
import { MAX_LIST_LEVEL, type Numbering } from './docxNumbering.ts';
import { drawing } from './docxPictures.ts';
import { inlinesToDocx, type RunWriter, textToDocx } from './docxRuns.ts';
import type { ParagraphStyle } from './docxStyle.ts';
import { INDENT } from './docxStyles.ts';

export type DocxWriter = RunWriter & {
  parts: Relationships;
  numbering: Numbering;
  /** Each picture's file and its path in the document. */
  pictures: ReadonlyMap<string, { path: string; file: PictureFile }>;
  /** A number that nothing in the document has yet. */
  nextNumber: () => number;
};

/** Where blocks stand: their style, and how far everything is moved in. */
type Place = {
  style: ParagraphStyle;
  indent: number;
  list?: { id: number; level: number } | undefined;
};

/** Blocks as the content of a WordprocessingML body. */
export function blocksToDocx(
  blocks: readonly Block[],
  writer: DocxWriter,
  style: ParagraphStyle = 'BodyText',
): string {
  return write(blocks, writer, { style, indent: 0 });
}

function write(blocks: readonly Block[], writer: DocxWriter, place: Place): string {
  return blocks.map((block) => blockToDocx(block, writer, place)).join('\n');
}

function blockToDocx(block: Block, writer: DocxWriter, place: Place): string {
  switch (block.kind) {
    case 'paragraph':
      return paragraph(place, inlinesToDocx(block.inlines, writer), block.align);
    case 'heading':
      return `<w:p><w:pPr><w:pStyle w:val="Heading${block.level + 1}"/></w:pPr>${inlinesToDocx(block.inlines, writer)}</w:p>`;
    case 'blockquote':
      return write(block.blocks, writer, within(place, 'Quote'));
    case 'letter':
      return write(block.blocks, writer, within(place, 'Letter'));
    case 'epigraph':
      return write(block.blocks, writer, within(place, 'Epigraph'));
    case 'list':
      return listToDocx(block, writer, place);
    case 'table':
      return tableToDocx(block, writer);
    case 'verse':
      return verse(block.lines, writer, place);
    case 'code':
      return paragraph({ ...place, style: 'Code' }, textToDocx(block.text));
    case 'scene-break':
      return paragraph({ style: 'SceneBreak', indent: 0 }, textToDocx('#'));
    case 'image':
      return pictureToDocx(block, writer);
  }
}

/** A quotation within a quotation stands further in, since a style has one indent. */
function within(place: Place, style: ParagraphStyle): Place {
  const isDeeper = place.style === style || place.list !== undefined || place.indent > 0;
  return { style, indent: isDeeper ? place.indent + INDENT : 0 };
}

function paragraph(place: Place, runs: string, align?: 'center' | 'end'): string {
  const { list, indent } = place;
  const number =
    list === undefined
      ? ''
      : `<w:numPr><w:ilvl w:val="${list.level}"/><w:numId w:val="${list.id}"/></w:numPr>`;
  const moved =
    list === undefined && indent > 0 ? `<w:ind w:left="${indent + INDENT}" w:firstLine="0"/>` : '';
  const flush = align === undefined ? moved : '<w:ind w:firstLine="0"/>';
  // “right” is where lines end in a paragraph of any direction (ECMA-376, transitional).
  const aligned =
    align === undefined ? '' : `<w:jc w:val="${align === 'end' ? 'right' : 'center'}"/>`;
  return `<w:p><w:pPr><w:pStyle w:val="${place.style}"/>${number}${flush}${aligned}</w:pPr>${runs}</w:p>`;
}

/** Each line is a paragraph, so that one that is too long turns over with an indent of its own. */
function verse(lines: readonly Inline[][], writer: DocxWriter, place: Place): string {
  return lines
    .map((line, index) => {
      const { list } = index === 0 ? place : { list: undefined };
      const set = paragraph({ style: 'Verse', indent: 0, list }, inlinesToDocx(line, writer));
      const isLast = index === lines.length - 1;
      return isLast ? set.replace('</w:pPr>', `${STANZA_END}</w:pPr>`) : set;
    })
    .join('\n');
}

const STANZA_END = '<w:spacing w:after="480" w:line="480" w:lineRule="auto"/>';

function listToDocx(list: List, writer: DocxWriter, place: Place): string {
  const id = writer.numbering.listId(list.start);
  const level = Math.min(MAX_LIST_LEVEL, place.list === undefined ? 0 : place.list.level + 1);
  return list.items
    .map(({ blocks }) =>
      blocks
        .map((block, index) => {
          const isMarked = index === 0 && (block.kind === 'paragraph' || block.kind === 'verse');
          const inner: Place = { style: 'ListParagraph', indent: INDENT * level };
          const item = { id, level };
          if (isMarked || block.kind === 'list')
            return blockToDocx(block, writer, { ...inner, list: item });
          return blockToDocx(block, writer, { ...inner, indent: INDENT * level || 1 });
        })
        .join('\n'),
    )
    .join('\n');
}

function pictureToDocx(picture: Picture, writer: DocxWriter): string {
  const placed = writer.pictures.get(picture.source);
  if (placed === undefined) throw new Error(`No file for the picture ${picture.source}`);
  const id = writer.parts.part('image', placed.path);
  const line = drawing(picture, placed.file, id, writer.nextNumber());
  // A line of fixed or doubled height would cut the picture, or leave a hole above it.
  const shown = `<w:p><w:pPr><w:pStyle w:val="Caption"/><w:keepNext/><w:spacing w:before="240" w:line="240" w:lineRule="auto"/></w:pPr>${line}</w:p>`;
  if (picture.caption === undefined) return shown.replace('<w:keepNext/>', '');
  return `${shown}\n${paragraph({ style: 'Caption', indent: 0 }, textToDocx(picture.caption))}`;
}

function tableToDocx(table: Table, writer: DocxWriter): string {
  const { rows, columns } = gridOf(table);
  const grid = Array.from({ length: columns }, () => '<w:gridCol/>').join('');
  const body = rows.map((cells, index) => {
    const head = index < table.headerRows ? '<w:trPr><w:tblHeader/></w:trPr>' : '';
    return `<w:tr>${head}${cells.map((cell) => cellToDocx(cell, writer)).join('')}</w:tr>`;
  });
  const name =
    table.caption === undefined ? '' : `<w:tblCaption w:val="${xmlText(table.caption)}"/>`;
  const caption =
    table.caption === undefined
      ? ''
      : `<w:p><w:pPr><w:pStyle w:val="Caption"/><w:keepNext/></w:pPr>${textToDocx(table.caption)}</w:p>\n`;
  const turned = writingDirection(writer.language) === 'rtl' ? '<w:bidiVisual/>' : '';
  // Two tables without a paragraph between them would be read as one.
  return `${caption}<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>${turned}<w:tblW w:w="5000" w:type="pct"/><w:tblLook w:firstRow="${table.headerRows > 0 ? '1' : '0'}"/>${name}</w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body.join('')}</w:tbl>
<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>`;
}

type GridCell = { cell: TableCell | null; columns: number; merge: '' | 'restart' | 'continue' };

/**
 * A table as Word keeps it: every row names all columns, and a cell that reaches down is continued in the rows below. Cells
 * that would stand outside the table's rows are cut; rows that end early are filled up.
 */
function gridOf(table: Table): { rows: GridCell[][]; columns: number } {
  const rows: GridCell[][] = [];
  let held: { left: number; columns: number }[] = [];
  let columns = 0;
  for (const row of table.rows) {
    const cells: GridCell[] = [];
    const next: typeof held = [];
    let at = 0;
    const continueHeld = () => {
      for (let above = held[at]; above !== undefined; above = held[at]) {
        cells.push({ cell: null, columns: above.columns, merge: 'continue' });
        if (above.left > 1) next[at] = { left: above.left - 1, columns: above.columns };
        at += above.columns;
      }
    };
    for (const cell of row) {
      continueHeld();
      const width = cell.columns ?? 1;
      const height = cell.rows ?? 1;
      cells.push({ cell, columns: width, merge: height > 1 ? 'restart' : '' });
      if (height > 1) next[at] = { left: height - 1, columns: width };
      at += width;
    }
    continueHeld();
    rows.push(cells);
    columns = Math.max(columns, at);
    held = next;
  }
  return { rows: rows.map((cells) => fill(cells, columns)), columns };
}

function fill(cells: GridCell[], columns: number): GridCell[] {
  const missing = columns - cells.reduce((sum, cell) => sum + cell.columns, 0);
  return missing === 0 ? cells : [...cells, { cell: null, columns: missing, merge: '' }];
}

function cellToDocx({ cell, columns, merge }: GridCell, writer: DocxWriter): string {
  const span = columns === 1 ? '' : `<w:gridSpan w:val="${columns}"/>`;
  const down =
    merge === '' ? '' : merge === 'restart' ? '<w:vMerge w:val="restart"/>' : '<w:vMerge/>';
  const width = '<w:tcW w:w="0" w:type="auto"/>';
  const blocks = (cell?.blocks ?? []).map((block) =>
    cell?.align !== undefined && block.kind === 'paragraph' && block.align === undefined
      ? { ...block, align: cell.align }
      : block,
  );
  const text = write(blocks, writer, { style: 'TableText', indent: 0 });
  // A cell ends with a paragraph, even where it holds nothing.
  const end = /<\/w:p>$/.test(text)
    ? ''
    : '<w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>';
  return `<w:tc><w:tcPr>${width}${span}${down}</w:tcPr>${text}${end}</w:tc>`;
}
