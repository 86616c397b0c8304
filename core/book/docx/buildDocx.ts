import { writingDirection } from '../bookWords.ts';
import { contributorLines } from '../contributorLines.ts';
import { evenHeadings } from '../headings.ts';
import { chapterLabel, type Manuscript, type Note, walkBlocks } from '../manuscript.ts';
import type { PictureFile } from '../pictureFile.ts';
import { inlineText } from '../words.ts';
import { xmlText } from '../xml.ts';
import { blocksToDocx, type DocxWriter } from './blocksToDocx.ts';
import { Numbering } from './docxNumbering.ts';
import { Relationships, W_NAMESPACE, XML_HEAD } from './docxParts.ts';
import { textToDocx } from './docxRuns.ts';
import type { DocxStyle } from './docxStyle.ts';
import { stylesPart } from './docxStyles.ts';
import { docxWords, roundedCount } from './docxWords.ts';

/** A file of the container, in the order in which it is to be written. */
export type DocxFile = { path: string; content: string | Uint8Array; compress: boolean };

export type DocxInput = {
  manuscript: Manuscript;
  /** Moment that the file states as its making, ISO 8601: same input, same bytes. */
  date: string;
  /** Words of the whole text, for the title page. */
  words: number;
  /** The pictures the manuscript names, by their `source`. Every one must be here. */
  pictures: ReadonlyMap<string, PictureFile>;
  style: DocxStyle;
};

/**
 * Builds a Word document (ECMA-376, transitional) in the standard manuscript format that editors ask for, after William
 * Shunn's description of it: a title page with author and count of words, every chapter on a new page, 12 point, double
 * spaced, ragged right, a head line with name, title and page, scene breaks as “#”, and notes as real footnotes.
 */
export function* buildDocx(input: DocxInput): Generator<DocxFile> {
  const { metadata } = input.manuscript;
  const text = (path: string, content: string): DocxFile => ({ path, content, compress: true });
  const media = [...placedPictures(input)];
  const links = new Relationships();
  const noteLinks = new Relationships();
  const numbering = new Numbering();
  const notes: string[] = [];
  let numbers = 0;
  const nextNumber = () => ++numbers;
  const pictures = new Map(media.map((placed) => [placed.source, placed]));
  const shared = {
    style: input.style,
    language: metadata.language,
    numbering,
    pictures,
    nextNumber,
  };
  const inNotes: DocxWriter = {
    ...shared,
    links: noteLinks,
    parts: noteLinks,
    noteCall: (note) => textToDocx(` [${noteText(note)}]`),
  };
  const writer: DocxWriter = {
    ...shared,
    links,
    parts: links,
    noteCall: (note) => {
      const id = notes.length + 1;
      const body = blocksToDocx(note.blocks, inNotes, 'FootnoteText');
      const end = /<\/w:p>$/.test(body) ? '' : EMPTY_NOTE_LINE;
      notes.push(`<w:footnote w:id="${id}">${body}${end}</w:footnote>`);
      return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${id}"/></w:r>`;
    },
  };
  for (const [type, target] of DOCUMENT_PARTS) links.part(type, target);
  const header = links.part('header', 'header1.xml');

  yield text('[Content_Types].xml', CONTENT_TYPES);
  yield text('_rels/.rels', PACKAGE_LINKS);
  yield text('docProps/core.xml', coreProperties(input));
  yield text('docProps/app.xml', APP_PROPERTIES);
  yield text('word/document.xml', documentPart(input, writer, header));
  yield text('word/_rels/document.xml.rels', links.xml());
  yield text('word/styles.xml', stylesPart(input.style, metadata.language));
  yield text('word/settings.xml', SETTINGS);
  yield text('word/numbering.xml', numbering.xml());
  yield text('word/footnotes.xml', footnotesPart(notes));
  if (!noteLinks.isEmpty) yield text('word/_rels/footnotes.xml.rels', noteLinks.xml());
  yield text('word/header1.xml', headerPart(input.manuscript));
  for (const { path, file } of media)
    yield { path: `word/${path}`, content: file.bytes, compress: false };
}

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const DOCUMENT_PARTS = [
  ['styles', 'styles.xml'],
  ['settings', 'settings.xml'],
  ['numbering', 'numbering.xml'],
  ['footnotes', 'footnotes.xml'],
] as const;

const CONTENT_TYPES = `${XML_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="${MAIN}.document.main+xml"/>${DOCUMENT_PARTS.map(([type, target]) => `<Override PartName="/word/${target}" ContentType="${MAIN}.${type}+xml"/>`).join('')}<Override PartName="/word/header1.xml" ContentType="${MAIN}.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>`;

const PACKAGE_LINKS = `${XML_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`;

const APP_PROPERTIES = `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Inkreel</Application></Properties>`;

const SETTINGS = `${XML_HEAD}<w:settings ${W_NAMESPACE}><w:defaultTabStop w:val="720"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

const EMPTY_NOTE_LINE = '<w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr></w:p>';
/** The number of a note, which begins its first paragraph. */
const NOTE_REFERENCE =
  '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>';

function footnotesPart(notes: readonly string[]): string {
  const line = (id: number, type: string, mark: string) =>
    `<w:footnote w:id="${id}" w:type="${type}"><w:p><w:r><w:${mark}/></w:r></w:p></w:footnote>`;
  const numbered = notes.map((note) => note.replace(/<\/w:pPr>/, `</w:pPr>${NOTE_REFERENCE}`));
  return `${XML_HEAD}<w:footnotes ${W_NAMESPACE}>${line(-1, 'separator', 'separator')}${line(0, 'continuationSeparator', 'continuationSeparator')}${numbered.join('\n')}</w:footnotes>`;
}

function noteText(note: Note): string {
  return [...walkBlocks(note.blocks)]
    .map((block) => ('inlines' in block ? inlineText(block.inlines) : ''))
    .filter((line) => line !== '')
    .join(' ');
}

function* placedPictures({ manuscript, pictures }: DocxInput) {
  const seen = new Set<string>();
  for (const { blocks } of manuscript.chapters) {
    for (const block of walkBlocks(blocks)) {
      if (block.kind !== 'image' || seen.has(block.source)) continue;
      seen.add(block.source);
      const file = pictures.get(block.source);
      if (file === undefined) throw new Error(`No file for the picture ${block.source}`);
      yield { source: block.source, path: `media/picture-${seen.size}.${file.extension}`, file };
    }
  }
}

function documentPart(input: DocxInput, writer: DocxWriter, header: string): string {
  const { metadata, chapters } = input.manuscript;
  const page = pageSize(metadata.language);
  const bidi = writingDirection(metadata.language) === 'rtl' ? '<w:bidi/>' : '';
  const parts = chapters.map((chapter, index) => {
    // The section that holds the text begins on a new page by itself.
    const first = index === 0 ? '<w:pageBreakBefore w:val="0"/>' : '';
    const title = `<w:p><w:pPr><w:pStyle w:val="Heading1"/>${first}</w:pPr>${textToDocx(chapterLabel(chapter, index))}</w:p>`;
    return `${title}\n${blocksToDocx(evenHeadings(chapter.blocks), writer)}`;
  });
  return `${XML_HEAD}<w:document ${W_NAMESPACE}><w:body>
${titlePage(input, `<w:sectPr><w:type w:val="nextPage"/>${page}${bidi}</w:sectPr>`)}
${parts.join('\n')}
<w:sectPr><w:headerReference w:type="default" r:id="${header}"/><w:type w:val="nextPage"/>${page}<w:pgNumType w:start="1"/>${bidi}</w:sectPr>
</w:body></w:document>`;
}

const LETTER_REGIONS = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'VE']);

/** An inch, in twentieths of a point. */
const MARGIN = 1_440;

/** Letter paper where it is usual, A4 elsewhere. */
function paper(language: string): { widthTwips: number; heightTwips: number } {
  const region = language.split('-').find((part, index) => index > 0 && /^[A-Za-z]{2}$/.test(part));
  const isLetter =
    region === undefined ? /^en/i.test(language) : LETTER_REGIONS.has(region.toUpperCase());
  return isLetter
    ? { widthTwips: 12_240, heightTwips: 15_840 }
    : { widthTwips: 11_906, heightTwips: 16_838 };
}

function pageSize(language: string): string {
  const { widthTwips, heightTwips } = paper(language);
  return `<w:pgSz w:w="${widthTwips}" w:h="${heightTwips}"/><w:pgMar w:top="${MARGIN}" w:right="${MARGIN}" w:bottom="${MARGIN}" w:left="${MARGIN}" w:header="720" w:footer="720" w:gutter="0"/>`;
}

function titlePage({ manuscript: { metadata }, words }: DocxInput, section: string): string {
  const { by, words: counted } = docxWords(metadata.language);
  const authors = metadata.authors.join(', ');
  const line = (style: string, runs: string, more = '') =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${runs}</w:p>`;
  const { widthTwips } = paper(metadata.language);
  const tab = `<w:tabs><w:tab w:val="right" w:pos="${widthTwips - 2 * MARGIN}"/></w:tabs>`;
  return [
    line('ContactBlock', textToDocx(`${authors}\t${counted(roundedCount(words))}`), tab),
    line('Title', textToDocx(metadata.title)),
    ...(metadata.subtitle === undefined ? [] : [line('Subtitle', textToDocx(metadata.subtitle))]),
    ...(authors === '' ? [] : [line('Byline', textToDocx(`${by} ${authors}`))]),
    ...contributorLines(metadata).map((text) => line('Byline', textToDocx(text))),
    line('ContactBlock', '', section),
  ].join('\n');
}

const MAX_HEAD_CHARS = 32;

function headerPart({ metadata }: Manuscript): string {
  const surname = (metadata.authors[0] ?? '').split(/\s+/).at(-1) ?? '';
  const title = shortTitle(metadata.title).toLocaleUpperCase(metadata.language);
  const head = [surname, title].filter((part) => part !== '').join(' / ');
  const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  return `${XML_HEAD}<w:hdr ${W_NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>${textToDocx(`${head} / `)}${field('begin')}<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>${field('separate')}<w:r><w:t>1</w:t></w:r>${field('end')}</w:p></w:hdr>`;
}

/** As many of a title's first words as fit on a head line. */
function shortTitle(title: string): string {
  if (title.length <= MAX_HEAD_CHARS) return title;
  const cut = title.slice(0, MAX_HEAD_CHARS + 1).replace(/\s+\S*$/u, '');
  return cut === '' ? title.slice(0, MAX_HEAD_CHARS) : cut.slice(0, MAX_HEAD_CHARS);
}

function coreProperties({ manuscript: { metadata }, date }: DocxInput): string {
  const moment = new Date(date).toISOString().replace(/\.\d{3}Z$/, 'Z');
  const when = (name: string) =>
    `<dcterms:${name} xsi:type="dcterms:W3CDTF">${moment}</dcterms:${name}>`;
  const rows = [
    `<dc:title>${xmlText(metadata.title)}</dc:title>`,
    `<dc:creator>${xmlText(metadata.authors.join('; '))}</dc:creator>`,
    ...(metadata.subjects === undefined
      ? []
      : [`<cp:keywords>${xmlText(metadata.subjects.join(', '))}</cp:keywords>`]),
    ...(metadata.description === undefined
      ? []
      : [`<dc:description>${xmlText(metadata.description)}</dc:description>`]),
    `<dc:language>${metadata.language}</dc:language>`,
    when('created'),
    when('modified'),
  ];
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${rows.join('')}</cp:coreProperties>`;
}
