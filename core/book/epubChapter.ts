import { type BookWords, bookWords } from './bookWords.ts';
import { UTTERANCE_IDS } from '../narration/narrationScript.ts';
import { evenHeadings } from './headings.ts';
import { marksOf } from './inlines.ts';
import {
  type Block,
  type Chapter,
  type ChapterRole,
  chapterLabel,
  type Inline,
  type Note,
  type Paragraph,
  type Picture,
  type Table,
  type TableCell,
  type TextRun,
} from './manuscript.ts';
import { sentencesOf } from './sentences.ts';
import { xhtmlPage } from './xhtmlPage.ts';
import { xmlId, xmlText } from './xml.ts';

export type ChapterPageInput = {
  chapter: Chapter;
  /** From 0. */
  index: number;
  language: string;
  /** Path of each picture's file, seen from the chapter's page. */
  picturePaths: ReadonlyMap<string, string>;
};

type Page = {
  language: string;
  words: BookWords;
  wordsLanguage: string;
  picturePaths: ReadonlyMap<string, string>;
  notes: Note[];
};

/**
 * The XHTML page of a chapter. Every block has its manuscript id and every sentence a span with its sentence id, so that
 * audio and captions can point at them; footnotes stand at the end, linked both ways.
 */
export function chapterPage(input: ChapterPageInput): string {
  const { chapter, index, language } = input;
  const { words, language: wordsLanguage } = bookWords(language);
  const page: Page = {
    language,
    words,
    wordsLanguage,
    picturePaths: input.picturePaths,
    notes: [],
  };
  const label = chapterLabel(chapter, index);
  const opening = `<h1 id="${xmlId(UTTERANCE_IDS.chapterTitle(chapter.id))}"${chapter.title === '' ? ' class="number"' : ''}>${xmlText(label)}</h1>`;
  const body = blocksToXhtml(evenHeadings(chapter.blocks), page);
  const notes = notesToXhtml(page);
  return xhtmlPage({
    title: label,
    language,
    depth: 1,
    body: `<section id="${xmlId(chapter.id)}" ${sectionRole(chapter.role)} aria-label="${xmlText(label)}">
${opening}
${body}
${notes}</section>`,
  });
}

/** Terms of the EPUB Structural Semantics Vocabulary, and the DPUB-ARIA roles that say the same. */
const SECTION_TERMS: Record<ChapterRole, { type: string; role?: string }> = {
  dedication: { type: 'dedication', role: 'doc-dedication' },
  epigraph: { type: 'epigraph' },
  foreword: { type: 'foreword', role: 'doc-foreword' },
  preface: { type: 'preface', role: 'doc-preface' },
  introduction: { type: 'introduction', role: 'doc-introduction' },
  prologue: { type: 'prologue', role: 'doc-prologue' },
  part: { type: 'part', role: 'doc-part' },
  chapter: { type: 'chapter', role: 'doc-chapter' },
  epilogue: { type: 'epilogue', role: 'doc-epilogue' },
  afterword: { type: 'afterword', role: 'doc-afterword' },
  acknowledgments: { type: 'acknowledgments', role: 'doc-acknowledgments' },
  appendix: { type: 'appendix', role: 'doc-appendix' },
  glossary: { type: 'glossary' },
  bibliography: { type: 'bibliography' },
  'about-author': { type: 'backmatter' },
  'also-by': { type: 'backmatter' },
};

function sectionRole(role: ChapterRole = 'chapter'): string {
  const term = SECTION_TERMS[role];
  return `epub:type="${term.type}" role="${term.role ?? 'region'}"`;
}

function blocksToXhtml(blocks: readonly Block[], page: Page): string {
  return blocks
    .map((block, index) => blockToXhtml(block, page, isFirstOfFlow(blocks, index)))
    .join('\n');
}

/** A paragraph is set without indent where it follows something that is not a paragraph. */
function isFirstOfFlow(blocks: readonly Block[], index: number): boolean {
  return blocks[index - 1]?.kind !== 'paragraph';
}

function blockToXhtml(block: Block, page: Page, isFirst: boolean): string {
  const id = ` id="${xmlId(block.id)}"`;
  switch (block.kind) {
    case 'paragraph':
      return `<p${id}${paragraphClass(block, isFirst)}>${sentences(block, page)}</p>`;
    case 'heading': {
      const tag = `h${block.level + 1}`;
      return `<${tag}${id}>${sentences(block, page)}</${tag}>`;
    }
    case 'blockquote':
      return `<blockquote${id}>\n${blocksToXhtml(block.blocks, page)}\n</blockquote>`;
    case 'letter':
      return `<div${id} class="letter">\n${blocksToXhtml(block.blocks, page)}\n</div>`;
    case 'epigraph':
      return `<blockquote${id} class="epigraph" epub:type="epigraph" role="doc-epigraph">\n${blocksToXhtml(block.blocks, page)}\n</blockquote>`;
    case 'table':
      return tableToXhtml(block, page);
    case 'list': {
      const tag = block.start === undefined ? 'ul' : 'ol';
      const start = block.start === undefined || block.start === 1 ? '' : ` start="${block.start}"`;
      const items = block.items.map(
        (item) => `<li id="${xmlId(item.id)}">${blocksToXhtml(item.blocks, page)}</li>`,
      );
      return `<${tag}${id}${start}>\n${items.join('\n')}\n</${tag}>`;
    }
    case 'verse': {
      const lines = sentencesOf(block, page.language).map(
        (line) =>
          `<span class="line" id="${xmlId(line.id)}">${inlinesToXhtml(line.inlines, page)}</span>`,
      );
      return `<p${id} class="verse">${lines.join('<br/>\n')}</p>`;
    }
    case 'code':
      return `<pre${id}><code>${xmlText(block.text)}</code></pre>`;
    case 'scene-break':
      return `<hr${id} class="scene"/>`;
    case 'image':
      return figure(block, page);
  }
}

function paragraphClass({ align }: Paragraph, isFirst: boolean): string {
  if (align !== undefined) return ` class="${align}"`;
  return isFirst ? ' class="first"' : '';
}

function tableToXhtml(table: Table, page: Page): string {
  const caption =
    table.caption === undefined ? '' : `<caption>${xmlText(table.caption)}</caption>\n`;
  const rows = (from: number, to: number, tag: 'th' | 'td') =>
    table.rows
      .slice(from, to)
      .map((row) => `<tr>${row.map((cell) => cellToXhtml(cell, tag, page)).join('')}</tr>`)
      .join('\n');
  const head =
    table.headerRows === 0 ? '' : `<thead>\n${rows(0, table.headerRows, 'th')}\n</thead>\n`;
  const body =
    table.headerRows >= table.rows.length
      ? ''
      : `<tbody>\n${rows(table.headerRows, table.rows.length, 'td')}\n</tbody>\n`;
  return `<table id="${xmlId(table.id)}">\n${caption}${head}${body}</table>`;
}

function cellToXhtml(cell: TableCell, tag: 'th' | 'td', page: Page): string {
  const scope = tag === 'th' ? ' scope="col"' : '';
  const columns = cell.columns === undefined ? '' : ` colspan="${cell.columns}"`;
  const rows = cell.rows === undefined ? '' : ` rowspan="${cell.rows}"`;
  const align = cell.align === undefined ? '' : ` class="${cell.align}"`;
  return `<${tag}${scope}${columns}${rows}${align}>${blocksToXhtml(cell.blocks, page)}</${tag}>`;
}

function figure(picture: Picture, page: Page): string {
  const path = page.picturePaths.get(picture.source);
  if (path === undefined) throw new Error(`No file for the picture ${picture.source}`);
  const caption =
    picture.caption === undefined ? '' : `\n<figcaption>${xmlText(picture.caption)}</figcaption>`;
  return `<figure id="${xmlId(picture.id)}"><img src="${xmlText(path)}" alt="${xmlText(picture.alt)}"/>${caption}</figure>`;
}

function sentences(block: Block, page: Page): string {
  return sentencesOf(block, page.language)
    .map(
      (sentence) =>
        `<span id="${xmlId(sentence.id)}">${inlinesToXhtml(sentence.inlines, page)}</span>`,
    )
    .join('');
}

function inlinesToXhtml(inlines: readonly Inline[], page: Page): string {
  return inlines
    .map((inline) => (inline.kind === 'note' ? noteCall(inline, page) : runToXhtml(inline)))
    .join('');
}

function runToXhtml(run: TextRun): string {
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
  if (marks.language !== undefined) {
    const tag = xmlText(marks.language);
    xhtml = `<span lang="${tag}" xml:lang="${tag}">${xhtml}</span>`;
  }
  return marks.link === undefined ? xhtml : `<a href="${xmlText(marks.link)}">${xhtml}</a>`;
}

function noteCall(note: Note, page: Page): string {
  page.notes.push(note);
  const id = xmlId(note.id);
  return `<a class="note-call" id="call-${id}" href="#${id}" epub:type="noteref" role="doc-noteref">${page.notes.length}</a>`;
}

function notesToXhtml(page: Page): string {
  if (page.notes.length === 0) return '';
  const asides: string[] = [];
  // A note may call further notes, which join the end of the list.
  for (let index = 0; index < page.notes.length; index += 1) {
    const note = page.notes[index];
    if (note === undefined) continue;
    const id = xmlId(note.id);
    const back = `<a class="note-back" href="#call-${id}" role="doc-backlink" aria-label="${xmlText(page.words.backToText)}" title="${xmlText(page.words.backToText)}">${index + 1}</a>`;
    const body = blocksToXhtml(note.blocks, page);
    asides.push(
      `<aside id="${id}" epub:type="footnote" role="doc-footnote">\n<p class="note-number">${back}</p>\n<div class="note-text">\n${body}\n</div>\n</aside>`,
    );
  }
  return `<div class="notes">\n${asides.join('\n')}\n</div>\n`;
}
