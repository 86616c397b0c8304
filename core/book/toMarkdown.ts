import { tidyInlines } from './inlines.ts';
import type { Block, BookMetadata, Chapter, Inline, Note } from './manuscript.ts';
import { lineToMarkdown } from './markdownLine.ts';

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
    if (chapter.title !== '' || parts.length > 1) {
      parts.push(`# ${headingText([{ kind: 'text', text: chapter.title }], writer)}`.trimEnd());
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
  return blocks.map((block, index) => {
    // Two lists in a row would be read as one if they used the same marker.
    listStyle = block.kind === 'list' && blocks[index - 1]?.kind === 'list' ? 1 - listStyle : 0;
    return writeBlock(block, writer, depth, listStyle);
  });
}

function writeBlock(block: Block, writer: Writer, depth: number, listStyle: number): string {
  switch (block.kind) {
    case 'paragraph':
      return atLineStart(inlineText(block.inlines, writer));
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${headingText(block.inlines, writer)}`;
    case 'blockquote':
    case 'letter':
    case 'epigraph':
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
      return block.rows
        .flat()
        .map((cell) => writeBlocks(cell.blocks, writer, depth).join('\n\n'))
        .join('\n\n');
    case 'image': {
      const caption = block.caption === undefined ? '' : ` "${escapeQuoted(block.caption)}"`;
      return `![${escapeQuoted(block.alt)}](<${escapeQuoted(block.source)}>${caption})`;
    }
  }
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

function inlineText(inlines: readonly Inline[], writer: Writer): string {
  return lineToMarkdown(tidyInlines(inlines), (note) => {
    writer.notes.push(note);
    return writer.firstNumber + writer.notes.length - 1;
  });
}

function headingText(inlines: readonly Inline[], writer: Writer): string {
  return inlineText(inlines, writer).replace(/(^|\s)(#+)$/, '$1\\$2');
}

/** Escapes what would make the start of a line something other than text. */
function atLineStart(text: string): string {
  return text.replace(/^([-+=#>~])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
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
  return ['---', ...rows, '---'].join('\n');
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}
