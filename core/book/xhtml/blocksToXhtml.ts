import { writingDirection } from '../bookWords.ts';
import { marksOf } from '../inlines.ts';
import type {
  Block,
  Inline,
  Note,
  Paragraph,
  Picture,
  Table,
  TableCell,
  TextRun,
} from '../manuscript.ts';
import { sentencesOf } from '../sentences.ts';
import { xmlText } from '../xml.ts';

/** How blocks are to be written: as a page of an EPUB or as a part of a web page. */
export type XhtmlWriter = {
  language: string;
  /** Level of the heading that a chapter's title is. */
  titleLevel: 1 | 2;
  /** The id of an element for an id of the manuscript. */
  idOf: (id: string) => string;
  /** Address of a picture's file, seen from the page. */
  pictureAddress: (source: string) => string;
  /** Whether every sentence gets an element of its own, and the `epub:type` terms are written. */
  isEpub: boolean;
  /** The mark to put in front of a sentence with which a page of the printed edition begins; nothing for others. */
  pageBreak: (sentenceId: string) => string;
  /** Called for each note in the order of their calls; gives its number. */
  callNote: (note: Note) => number;
};

/** Blocks as XHTML that is HTML as well, a line each. Every block has its manuscript id. */
export function blocksToXhtml(blocks: readonly Block[], writer: XhtmlWriter): string {
  return blocks.map((_, index) => blockToXhtml(blocks, index, writer)).join('\n');
}

/** One of a list of blocks; those around it decide how it is set. */
export function blockToXhtml(blocks: readonly Block[], index: number, writer: XhtmlWriter): string {
  const block = blocks[index];
  if (block === undefined) return '';
  const id = ` id="${writer.idOf(block.id)}"`;
  switch (block.kind) {
    case 'paragraph':
      return `<p${id}${paragraphClass(block, isFirstOfFlow(blocks, index))}>${sentences(block, writer)}</p>`;
    case 'heading': {
      const tag = `h${Math.min(6, block.level + writer.titleLevel)}`;
      return `<${tag}${id}>${sentences(block, writer)}</${tag}>`;
    }
    case 'blockquote':
      return `<blockquote${id}>\n${blocksToXhtml(block.blocks, writer)}\n</blockquote>`;
    case 'letter':
      return `<div${id} class="letter">\n${blocksToXhtml(block.blocks, writer)}\n</div>`;
    case 'epigraph': {
      const term = writer.isEpub ? ' epub:type="epigraph"' : '';
      return `<div${id} class="epigraph"${term} role="doc-epigraph">\n${blocksToXhtml(block.blocks, writer)}\n</div>`;
    }
    case 'table':
      return tableToXhtml(block, writer);
    case 'list': {
      const tag = block.start === undefined ? 'ul' : 'ol';
      const start = block.start === undefined || block.start === 1 ? '' : ` start="${block.start}"`;
      const items = block.items.map(
        (item) => `<li id="${writer.idOf(item.id)}">${blocksToXhtml(item.blocks, writer)}</li>`,
      );
      return `<${tag}${id}${start}>\n${items.join('\n')}\n</${tag}>`;
    }
    case 'verse':
      return `<p${id} class="verse">${verseLines(block, writer)}</p>`;
    case 'code':
      return `<pre${id} dir="ltr"><code>${xmlText(block.text)}</code></pre>`;
    case 'scene-break':
      return `<hr${id} class="scene"/>`;
    case 'image':
      return figure(block, writer);
  }
}

/** A paragraph is set without indent where it follows something that is not a paragraph. */
function isFirstOfFlow(blocks: readonly Block[], index: number): boolean {
  return blocks[index - 1]?.kind !== 'paragraph';
}

function paragraphClass({ align }: Paragraph, isFirst: boolean): string {
  if (align !== undefined) return ` class="${align}"`;
  return isFirst ? ' class="first"' : '';
}

function verseLines(block: Block, writer: XhtmlWriter): string {
  return sentencesOf(block, writer.language)
    .map((line) => {
      const id = writer.isEpub ? ` id="${writer.idOf(line.id)}"` : '';
      return `<span class="line"${id}>${writer.pageBreak(line.id)}${inlinesToXhtml(line.inlines, writer)}</span>`;
    })
    .join('<br/>\n');
}

function tableToXhtml(table: Table, writer: XhtmlWriter): string {
  const caption =
    table.caption === undefined ? '' : `<caption>${xmlText(table.caption)}</caption>\n`;
  const rows = (from: number, to: number, tag: 'th' | 'td') =>
    table.rows
      .slice(from, to)
      .map((row) => `<tr>${row.map((cell) => cellToXhtml(cell, tag, writer)).join('')}</tr>`)
      .join('\n');
  const head =
    table.headerRows === 0 ? '' : `<thead>\n${rows(0, table.headerRows, 'th')}\n</thead>\n`;
  const body =
    table.headerRows >= table.rows.length
      ? ''
      : `<tbody>\n${rows(table.headerRows, table.rows.length, 'td')}\n</tbody>\n`;
  return `<table id="${writer.idOf(table.id)}">\n${caption}${head}${body}</table>`;
}

function cellToXhtml(cell: TableCell, asked: 'th' | 'td', writer: XhtmlWriter): string {
  // A heading without a word names nothing; to a screen reader it is an empty cell.
  const tag = cell.blocks.length === 0 ? 'td' : asked;
  const scope = tag === 'th' ? ` scope="${cell.columns === undefined ? 'col' : 'colgroup'}"` : '';
  const columns = cell.columns === undefined ? '' : ` colspan="${cell.columns}"`;
  const rows = cell.rows === undefined ? '' : ` rowspan="${cell.rows}"`;
  const align = cell.align === undefined ? '' : ` class="${cell.align}"`;
  return `<${tag}${scope}${columns}${rows}${align}>${blocksToXhtml(cell.blocks, writer)}</${tag}>`;
}

function figure(picture: Picture, writer: XhtmlWriter): string {
  const address = xmlText(writer.pictureAddress(picture.source));
  const isSilent = picture.decorative === true;
  const alt = isSilent ? 'alt="" role="presentation"' : `alt="${xmlText(picture.alt)}"`;
  const caption =
    picture.caption === undefined ? '' : `\n<figcaption>${xmlText(picture.caption)}</figcaption>`;
  return `<figure id="${writer.idOf(picture.id)}"><img src="${address}" ${alt}/>${caption}</figure>`;
}

function sentences(block: Paragraph | Extract<Block, { kind: 'heading' }>, writer: XhtmlWriter) {
  if (!writer.isEpub) return inlinesToXhtml(block.inlines, writer);
  return sentencesOf(block, writer.language)
    .map(
      (sentence) =>
        `<span id="${writer.idOf(sentence.id)}">${writer.pageBreak(sentence.id)}${inlinesToXhtml(sentence.inlines, writer)}</span>`,
    )
    .join('');
}

function inlinesToXhtml(inlines: readonly Inline[], writer: XhtmlWriter): string {
  return inlines
    .map((inline) =>
      inline.kind === 'note' ? noteCall(inline, writer) : runToXhtml(inline, writer),
    )
    .join('');
}

function runToXhtml(run: TextRun, writer: XhtmlWriter): string {
  const marks = marksOf(run);
  let xhtml = xmlText(run.text);
  if (marks.code) xhtml = `<code>${xhtml}</code>`;
  if (marks.emphasis) xhtml = `<em>${xhtml}</em>`;
  if (marks.strong) xhtml = `<strong>${xhtml}</strong>`;
  if (marks.script !== undefined)
    xhtml = marks.script === 'super' ? `<sup>${xhtml}</sup>` : `<sub>${xhtml}</sub>`;
  if (marks.smallCaps) xhtml = `<span class="small-caps">${xhtml}</span>`;
  if (marks.underline) xhtml = `<span class="underline">${xhtml}</span>`;
  if (marks.strike) xhtml = `<s>${xhtml}</s>`;
  if (marks.language !== undefined) xhtml = inLanguage(xhtml, marks.language, writer);
  return marks.link === undefined ? xhtml : `<a href="${xmlText(marks.link)}">${xhtml}</a>`;
}

function inLanguage(xhtml: string, language: string, writer: XhtmlWriter): string {
  const direction = writingDirection(language);
  const turned = direction === writingDirection(writer.language) ? '' : ` dir="${direction}"`;
  const xml = writer.isEpub ? ` xml:lang="${language}"` : '';
  return `<span lang="${language}"${xml}${turned}>${xhtml}</span>`;
}

function noteCall(note: Note, writer: XhtmlWriter): string {
  const number = writer.callNote(note);
  const id = writer.idOf(note.id);
  const term = writer.isEpub ? ' epub:type="noteref"' : '';
  return `<a class="note-call" id="call-${id}" href="#${id}"${term} role="doc-noteref">${number}</a>`;
}

/** The text of a note with its number, which leads back to where it was called. */
export function noteToXhtml(
  note: Note,
  number: number,
  backToText: string,
  writer: XhtmlWriter,
): string {
  const id = writer.idOf(note.id);
  const term = writer.isEpub ? ' epub:type="footnote"' : '';
  const label = xmlText(`${number}. ${backToText}`);
  const back = `<a class="note-back" href="#call-${id}" role="doc-backlink" aria-label="${label}" title="${label}">${number}</a>`;
  return `<aside id="${id}"${term} role="doc-footnote">
<p class="note-number">${back}</p>
<div class="note-text">
${blocksToXhtml(note.blocks, writer)}
</div>
</aside>`;
}
