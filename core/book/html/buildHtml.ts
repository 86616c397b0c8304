import { bookWords, writingDirection } from '../bookWords.ts';
import { contributorLines, seriesLine } from '../contributorLines.ts';
import { copyrightLines } from '../copyrightLines.ts';
import { evenHeadings } from '../headings.ts';
import { type Chapter, chapterLabel, type Manuscript, type Note } from '../manuscript.ts';
import { type ChapterPlace, type TocEntry, tocOf } from '../toc.ts';
import { inlineText } from '../words.ts';
import { blocksToXhtml, noteToXhtml, type XhtmlWriter } from '../xhtml/blocksToXhtml.ts';
import { xmlId, xmlText } from '../xml.ts';
import { HTML_STYLE } from './htmlStyle.ts';

export type HtmlInput = {
  manuscript: Manuscript;
  /** An address for each picture the manuscript names, by its `source`: `data:image/png;base64,…`. */
  pictures: ReadonlyMap<string, string>;
};

/** A whole book as one web page that needs nothing else: style and pictures inside, no script, contents and notes linked. */
export function buildHtml({ manuscript, pictures }: HtmlInput): string {
  const { metadata, chapters } = manuscript;
  const { words } = bookWords(metadata.language);
  const direction = writingDirection(metadata.language) === 'rtl' ? ' dir="rtl"' : '';
  const meta = (name: string, content: string | undefined) =>
    content === undefined || content === ''
      ? []
      : [`<meta name="${name}" content="${xmlText(content)}">`];
  const sections = chapters.map((chapter, index) => section(chapter, index, manuscript, pictures));
  return `<!DOCTYPE html>
<html lang="${metadata.language}"${direction}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${[
  `<title>${xmlText(metadata.title)}</title>`,
  ...meta('author', metadata.authors.join(', ')),
  ...meta('description', metadata.description),
  ...meta('keywords', metadata.subjects?.join(', ')),
].join('\n')}
<style>
${HTML_STYLE}</style>
</head>
<body>
${titleBlock(manuscript)}
<nav role="doc-toc" aria-labelledby="contents">
<h2 id="contents">${xmlText(words.contents)}</h2>
${list(tocOf(chapters.map(placeOf)))}
</nav>
<main>
${sections.join('\n')}
</main>
${footer(manuscript)}</body>
</html>
`;
}

function titleBlock({ metadata }: Manuscript): string {
  const rows = [`<h1>${xmlText(metadata.title)}</h1>`];
  const add = (name: string, text: string | null | undefined) => {
    if (text) rows.push(`<p class="${name}">${xmlText(text)}</p>`);
  };
  add('subtitle', metadata.subtitle);
  add('series', seriesLine(metadata));
  add('author', metadata.authors.join(', '));
  for (const line of contributorLines(metadata)) add('contributor', line);
  return `<header class="title">\n${rows.join('\n')}\n</header>`;
}

function footer({ metadata }: Manuscript): string {
  const lines = copyrightLines(metadata).map((line) => `<p>${xmlText(line)}</p>`);
  return lines.length === 0 ? '' : `<footer>\n${lines.join('\n')}\n</footer>\n`;
}

function placeOf(chapter: Chapter, index: number): ChapterPlace {
  const headings = chapter.blocks.flatMap((block) => {
    const label =
      block.kind === 'heading' && block.level === 1 ? inlineText(block.inlines).trim() : '';
    return label === '' ? [] : [{ label, href: `#${idIn(index, block.id)}` }];
  });
  return { chapter, href: `#${idIn(index, chapter.id)}`, headings };
}

/** Ids are unique within a chapter; on one page with all the others they need the chapter's number in front. */
function idIn(index: number, id: string): string {
  return `c${index + 1}-${xmlId(id)}`;
}

function list(entries: readonly TocEntry[]): string {
  const items = entries.map((entry) => {
    const inner = entry.children.length > 0 ? `\n${list(entry.children)}\n` : '';
    return `<li><a href="${entry.href}">${xmlText(entry.label)}</a>${inner}</li>`;
  });
  return `<ol>\n${items.join('\n')}\n</ol>`;
}

function section(
  chapter: Chapter,
  index: number,
  { metadata }: Manuscript,
  pictures: HtmlInput['pictures'],
): string {
  const { words } = bookWords(metadata.language);
  const called: Note[] = [];
  const writer: XhtmlWriter = {
    language: metadata.language,
    isEpub: false,
    titleLevel: 2,
    idOf: (id) => idIn(index, id),
    pictureAddress: (source) => {
      const address = pictures.get(source);
      if (address === undefined) throw new Error(`No file for the picture ${source}`);
      return address;
    },
    pageBreak: () => '',
    callNote: (note) => called.push(note),
  };
  const body = blocksToXhtml(evenHeadings(chapter.blocks), writer);
  const notes: string[] = [];
  // A note may call further notes, which join the end of the list.
  for (const [place, note] of called.entries())
    notes.push(noteToXhtml(note, place + 1, words.backToText, writer));
  const end = notes.length === 0 ? '' : `\n<div class="notes">\n${notes.join('\n')}\n</div>`;
  const kind = chapter.role === 'part' ? 'chapter part' : 'chapter';
  return `<section class="${kind}" id="${idIn(index, chapter.id)}">
<h2>${xmlText(chapterLabel(chapter, index))}</h2>
${body}${end}
</section>`;
}
