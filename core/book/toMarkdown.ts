import { tidyInlines } from './inlines.ts';
import type {
  Block,
  BookMetadata,
  Chapter,
  Contributor,
  Inline,
  Note,
  Table,
  TableCell,
} from './manuscript.ts';
import { type LineOptions, lineToMarkdown } from './markdownLine.ts';

type Writer = { notes: Note[]; firstNumber: number };

/**
 * Blocks as Markdown, such that `parseMarkdownBlocks` gives the same blocks back (a link around
 * code that holds `]:` at the start of a line excepted, which Markdown cannot express). Footnotes are numbered from `firstNote` and
 * stand at the end.
 */
export function toMarkdown(blocks: readonly Block[], firstNote = 1): string {
  return write(blocks, { notes: [], firstNumber: firstNote }).join('\n\n');
}

/** A whole manuscript as one Markdown document with front matter; each chapter starts with a level-1 heading. */
export function manuscriptToMarkdown(metadata: BookMetadata, chapters: readonly Chapter[]): string {
  const writer: Writer = { notes: [], firstNumber: 1 };
  const parts = [frontMatter(metadata)];
  for (const chapter of chapters) {
    // Text above the first heading is a chapter without a title; a later one needs an empty heading.
    const role =
      chapter.role === undefined || chapter.role === 'chapter' ? '' : `{.${chapter.role}}`;
    if (chapter.title !== '' || role !== '' || parts.length > 1) {
      const text = chapter.title === '' ? '' : titleText(chapter.title, writer);
      parts.push(['#', text, role].filter((part) => part !== '').join(' '));
    }
    parts.push(...write(chapter.blocks, writer));
    writer.firstNumber += writer.notes.length;
    writer.notes = [];
  }
  return `${parts.join('\n\n')}\n`;
}

function write(blocks: readonly Block[], writer: Writer): string[] {
  const parts = writeBlocks(blocks, writer, 0);
  // Writing a note may add the notes it calls itself, so the list grows while it is read.
  for (let index = 0; index < writer.notes.length; index += 1) {
    const note = writer.notes[index];
    if (note) parts.push(writeNote(note, writer.firstNumber + index, writer));
  }
  return parts;
}

function writeNote(note: Note, number: number, writer: Writer): string {
  const body = writeBlocks(note.blocks, writer, 1).join('\n\n');
  return `[^${number}]: ${indent(body, '    ')}`;
}

function writeBlocks(blocks: readonly Block[], writer: Writer, depth: number): string[] {
  let listStyle = 0;
  return blocks.flatMap((block, index) => {
    if (block.kind === 'paragraph' && block.align !== undefined) {
      // Neighbours that stand alike are written as one division.
      const before = blocks[index - 1];
      return before?.kind === 'paragraph' && before.align === block.align
        ? []
        : [writeAligned(blocks.slice(index), block.align, writer)];
    }
    // Two lists in a row would be read as one if they used the same marker.
    listStyle = block.kind === 'list' && blocks[index - 1]?.kind === 'list' ? 1 - listStyle : 0;
    return [writeBlock(block, writer, depth, listStyle)];
  });
}

function writeBlock(block: Block, writer: Writer, depth: number, listStyle: number): string {
  switch (block.kind) {
    case 'paragraph':
      return atLineStart(inlineText(block.inlines, writer));
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${headingText(block.inlines, writer)}`;
    case 'letter':
    case 'epigraph':
      return division(block.kind, writeBlocks(block.blocks, writer, depth + 1));
    case 'blockquote':
      return writeBlocks(block.blocks, writer, depth + 1)
        .join('\n\n')
        .replace(/^/gm, '> ')
        .replace(/^> $/gm, '>');
    case 'list':
      return writeList(block, writer, depth, listStyle);
    case 'verse':
      return block.lines.map((line) => atLineStart(inlineText(line, writer))).join('\\\n');
    case 'code':
      return writeCode(block.text, block.language);
    case 'scene-break':
      // Inside a list the usual asterisks could be taken for its marker.
      return depth === 0 ? '* * *' : '___';
    case 'table':
      return isPlainTable(block) ? pipeTable(block, writer) : fencedTable(block, writer, depth);
    case 'image': {
      const caption = block.caption === undefined ? '' : ` "${escapeQuoted(block.caption)}"`;
      const decorative = block.decorative ? '{.decorative}' : '';
      return `![${escapeQuoted(block.alt)}](<${escapeQuoted(block.source)}>${caption})${decorative}`;
    }
  }
}

function division(name: string, blocks: readonly string[], level = 0): string {
  const fence = ':'.repeat(3 + level);
  return [`${fence} ${name}`, ...blocks, fence].join('\n\n');
}

function writeAligned(blocks: readonly Block[], align: 'center' | 'end', writer: Writer): string {
  const alike: string[] = [];
  for (const block of blocks) {
    if (block.kind !== 'paragraph' || block.align !== align) break;
    alike.push(atLineStart(inlineText(block.inlines, writer)));
  }
  return division(align === 'end' ? 'right' : 'center', alike);
}

/** Whether bars and dashes can say all of a table. */
function isPlainTable(table: Table): boolean {
  const [head = []] = table.rows;
  return (
    table.headerRows === 1 &&
    table.caption === undefined &&
    table.rows.every(
      (row) =>
        row.length === head.length &&
        row.every((cell, column) => isPlainCell(cell) && cell.align === head[column]?.align),
    )
  );
}

function isPlainCell(cell: TableCell): boolean {
  const [only, ...more] = cell.blocks;
  if (cell.columns !== undefined || cell.rows !== undefined || more.length > 0) return false;
  if (only === undefined) return true;
  return (
    only.kind === 'paragraph' &&
    only.align === undefined &&
    only.inlines.every(
      (inline) => inline.kind === 'text' && !(inline.code && inline.text.includes('|')),
    )
  );
}

function pipeTable(table: Table, writer: Writer): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const text = (cell: TableCell) => {
    const [only] = cell.blocks;
    return only?.kind === 'paragraph' ? inlineText(only.inlines, writer, { isCell: true }) : '';
  };
  const [head = [], ...body] = table.rows;
  const rule = head.map(({ align }) =>
    align === 'center' ? ':-:' : align === 'end' ? '-:' : '---',
  );
  return [row(head.map(text)), row(rule), ...body.map((cells) => row(cells.map(text)))].join('\n');
}

function fencedTable(table: Table, writer: Writer, depth: number): string {
  const caption = table.caption === undefined ? '' : ` caption=${quotedAttribute(table.caption)}`;
  const rows = table.rows.map((row) => {
    const cells = row.map((cell) => {
      const said = [
        '.cell',
        ...(cell.columns === undefined ? [] : [`columns=${cell.columns}`]),
        ...(cell.rows === undefined ? [] : [`rows=${cell.rows}`]),
        ...(cell.align === undefined ? [] : [`align=${cell.align}`]),
      ];
      return division(`{${said.join(' ')}}`, writeBlocks(cell.blocks, writer, depth + 1));
    });
    return division('row', cells, 1);
  });
  return division(`{.table header=${table.headerRows}${caption}}`, rows, 2);
}

/** Braces would end the attributes. */
function quotedAttribute(text: string): string {
  const plain = text.replace(/[\\"]/g, '\\$&').replaceAll('{', '&#123;').replaceAll('}', '&#125;');
  return `"${plain}"`;
}

function writeList(
  list: Extract<Block, { kind: 'list' }>,
  writer: Writer,
  depth: number,
  style: number,
): string {
  const isTight = list.items.every(
    (item) => item.blocks.length === 1 && item.blocks[0]?.kind === 'paragraph',
  );
  const items = list.items.map((item, index) => {
    const bullet = style === 0 ? '- ' : '* ';
    const start = list.start === undefined ? null : Math.min(list.start + index, 999_999_999);
    const marker = start === null ? bullet : `${start}${style === 0 ? '.' : ')'} `;
    const body = writeBlocks(item.blocks, writer, depth + 1).join('\n\n');
    return marker + indent(body, ' '.repeat(marker.length));
  });
  return items.join(isTight ? '\n' : '\n\n');
}

function writeCode(text: string, language: string | undefined): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const lines = text.replace(/^[ \t]+$/gm, '');
  return `${fence}${language ?? ''}\n${lines === '' ? '' : `${lines}\n`}${fence}`;
}

function inlineText(inlines: readonly Inline[], writer: Writer, options: LineOptions = {}): string {
  const numberOf = (note: Note) => {
    writer.notes.push(note);
    return writer.firstNumber + writer.notes.length - 1;
  };
  return lineToMarkdown(tidyInlines(inlines), numberOf, options);
}

/** A title whose last words look like a role is a title all the same. */
function titleText(title: string, writer: Writer): string {
  return headingText([{ kind: 'text', text: title }], writer).replace(/\{(\.[a-z-]+\})$/, '\\{$1');
}

function headingText(inlines: readonly Inline[], writer: Writer): string {
  return inlineText(inlines, writer).replace(/(^|\s)(#+)$/, '$1\\$2');
}

/** Escapes what would make the start of a line something other than text. */
function atLineStart(text: string): string {
  return text
    .replace(/^([-+=#>]|~(?=~~)|:(?=::)|\{(?=\.decorative\}))/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

function escapeQuoted(text: string): string {
  return text.replace(/[\\"[\]<>&*_`]/g, '\\$&');
}

function indent(text: string, by: string): string {
  return text.replace(/\n(?!\n|$)/g, `\n${by}`);
}

function frontMatter(metadata: BookMetadata): string {
  const rows = [`title: ${quoted(metadata.title)}`];
  const add = (key: string, value: string | undefined) => {
    if (value !== undefined) rows.push(`${key}: ${quoted(value)}`);
  };
  add('subtitle', metadata.subtitle);
  if (metadata.authors.length > 0) {
    rows.push('authors:', ...metadata.authors.map((author) => `  - ${quoted(author)}`));
  }
  add('language', metadata.language);
  add('identifier', metadata.identifier);
  add('publisher', metadata.publisher);
  add('description', metadata.description);
  add('rights', metadata.rights);
  add('date', metadata.publishedOn);
  add('series', metadata.series?.name);
  if (metadata.series?.number !== undefined) rows.push(`series-number: ${metadata.series.number}`);
  const list = (key: string, values: readonly string[]) => {
    if (values.length > 0) rows.push(`${key}:`, ...values.map((value) => `  - ${quoted(value)}`));
  };
  list('subjects', metadata.subjects ?? []);
  const roles = new Set((metadata.contributors ?? []).map(({ role }: Contributor) => role));
  for (const role of roles) {
    const people = metadata.contributors?.filter((one) => one.role === role) ?? [];
    list(
      role,
      people.map(({ name }) => name),
    );
  }
  return ['---', ...rows, '---'].join('\n');
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
