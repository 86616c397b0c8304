import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AlignmentType,
  DeletedTextRun,
  Document,
  EndnoteReferenceRun,
  ExternalHyperlink,
  FootnoteReferenceRun,
  HeadingLevel,
  ImageRun,
  InsertedTextRun,
  Packer,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, type Chapter, inlinesOf, walkBlocks } from '#core/book/manuscript.ts';
import { inlineText } from '#core/book/words.ts';
import { readSource } from '#engine/book/import/readSource.ts';
import { idCounter, lampPicture } from './richManuscript.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inkreel-docx-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return readSource(path, idCounter());
}

function blocksOf(chapters: readonly Chapter[]): Block[] {
  return chapters.flatMap((chapter) => [...walkBlocks(chapter.blocks)]);
}

function lossCodes(losses: readonly { code: string }[]): string[] {
  return losses.map(({ code }) => code).sort();
}

const lamp = lampPicture().get('lamp.png')?.bytes ?? new Uint8Array();
const run = (text: string, options: object = {}) => new TextRun({ text, ...options });
const line = (...children: (TextRun | FootnoteReferenceRun)[]) => new Paragraph({ children });

function novel(): Document {
  return new Document({
    title: 'The Lamp',
    creator: 'Ann O’Neil',
    footnotes: {
      1: { children: [line(run('A note with '), run('italics', { italics: true }), run('.'))] },
      2: { children: [line(run('Second note.')), line(run('Its second paragraph.'))] },
    },
    endnotes: { 1: { children: [line(run('An endnote.'))] } },
    numbering: {
      config: [
        {
          reference: 'steps',
          levels: [{ level: 0, format: 'decimal', text: '%1.', alignment: AlignmentType.START }],
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ text: 'The Lamp', heading: HeadingLevel.TITLE }),
          new Paragraph({ text: 'Chapter One', heading: HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [
              run('It was '),
              run('very', { italics: true }),
              run(' dark'),
              new FootnoteReferenceRun(1),
              run(', and '),
              run('NATO', { smallCaps: true }),
              run(' came'),
              new EndnoteReferenceRun(1),
              run('. H'),
              run('2', { subScript: true }),
              run('O '),
              run('gone', { strike: true }),
              run(' '),
              run('under', { underline: {} }),
              run(' '),
              run('bold', { bold: true }),
              run('.'),
            ],
          }),
          line(run('* * *')),
          line(run('After the break'), new FootnoteReferenceRun(2), run('.')),
          new Paragraph({ alignment: AlignmentType.CENTER, children: [run('Centred.')] }),
          new Paragraph({ children: [run('Line one'), run('line two', { break: 1 })] }),
          new Paragraph({
            children: [
              run('See '),
              new ExternalHyperlink({ link: 'https://example.org/a', children: [run('the site')] }),
              run('.'),
            ],
          }),
          new Paragraph({ text: 'First step', numbering: { reference: 'steps', level: 0 } }),
          new Paragraph({ text: 'Second step', numbering: { reference: 'steps', level: 0 } }),
          new Paragraph({ text: 'A bullet', bullet: { level: 0 } }),
          new Paragraph({ text: 'A nested bullet', bullet: { level: 1 } }),
          new Paragraph({
            children: [
              new ImageRun({
                type: 'png',
                data: lamp,
                transformation: { width: 100, height: 60 },
                altText: { name: 'lamp', title: 'lamp', description: 'A lamp in the dark.' },
              }),
            ],
          }),
          new Table({
            rows: [
              new TableRow({
                tableHeader: true,
                children: [
                  new TableCell({ children: [line(run('Day'))] }),
                  new TableCell({ children: [line(run('Tide'))], columnSpan: 2 }),
                ],
              }),
              new TableRow({
                children: [
                  new TableCell({ children: [line(run('Monday'))], rowSpan: 2 }),
                  new TableCell({ children: [line(run('04:10'))] }),
                  new TableCell({ children: [line(run('16:32'))] }),
                ],
              }),
              new TableRow({
                children: [
                  new TableCell({ children: [line(run('05:02'))] }),
                  new TableCell({ children: [line(run('17:20'))] }),
                ],
              }),
            ],
          }),
          new Paragraph({ text: 'Inside', heading: HeadingLevel.HEADING_2 }),
          line(run('Under a heading.')),
          new Paragraph({ text: 'Epilogue', heading: HeadingLevel.HEADING_1 }),
          line(run('The end.')),
        ],
      },
    ],
  });
}

describe('import of Word files', () => {
  it('carries notes, marks, pictures, breaks, lists, tables and links without losing a word', async () => {
    const book = await read('novel.docx', await Packer.toBuffer(novel()));
    expect(book.losses).toEqual([]);
    for (const { inSource, inBook } of book.meter) expect(inBook).toBe(inSource);
    const counted = Object.fromEntries(book.meter.map(({ kind, inBook }) => [kind, inBook]));
    expect(counted).toMatchObject({
      emphasis: 2,
      strong: 1,
      smallCaps: 1,
      strike: 1,
      underline: 1,
      sub: 1,
      link: 1,
    });
    expect(book.metadata).toMatchObject({ title: 'The Lamp', authors: ['Ann O’Neil'] });
    expect(book.chapters.map(({ title, role }) => [title, role])).toEqual([
      ['Chapter One', undefined],
      ['Epilogue', 'epilogue'],
    ]);
    const blocks = blocksOf(book.chapters);
    const kinds = new Set(blocks.map(({ kind }) => kind));
    for (const kind of ['scene-break', 'verse', 'list', 'image', 'table', 'heading'] as const) {
      expect(kinds).toContain(kind);
    }
    const notes = blocks.flatMap(inlinesOf).filter((inline) => inline.kind === 'note');
    expect(notes.map((note) => inlineText(inlinesOf(note.blocks[0] ?? fail())))).toEqual([
      'A note with italics.',
      'An endnote.',
      'Second note.',
    ]);
    expect(notes[2]?.blocks).toHaveLength(2);
    const picture = blocks.find((block) => block.kind === 'image');
    expect(picture).toMatchObject({ alt: 'A lamp in the dark.' });
    expect(book.pictures).toHaveLength(1);
    const table = blocks.find((block) => block.kind === 'table');
    expect(table?.headerRows).toBe(1);
    expect(table?.rows[0]?.[1]?.columns).toBe(2);
    expect(table?.rows[1]?.[0]?.rows).toBe(2);
    expect(table?.rows[2]).toHaveLength(2);
  });

  it('takes tracked changes as accepted, and says so', async () => {
    const change = { id: 1, author: 'Ann', date: '2025-01-01T00:00:00Z' };
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph({
              children: [
                run('She was '),
                new DeletedTextRun({ text: 'not very ', ...change }),
                new InsertedTextRun({ text: 'quite ', ...change, id: 2 }),
                run('happy.'),
              ],
            }),
          ],
        },
      ],
    });
    const book = await read('tracked.docx', await Packer.toBuffer(document));
    expect(inlineText(inlinesOf(book.chapters[0]?.blocks[0] ?? fail()))).toBe(
      'She was quite happy.',
    );
    expect(lossCodes(book.losses)).toEqual(['tracked-deletion', 'tracked-insertion']);
    expect(book.losses.find(({ code }) => code === 'tracked-deletion')?.message).toContain(
      '2 words',
    );
    expect(book.meter[0]).toEqual({ kind: 'words', inSource: 4, inBook: 4 });
  });

  it('begins chapters at “Chapter N” lines, and else at page breaks', async () => {
    const text = (value: string) => line(run(value));
    const named = new Document({
      sections: [{ children: ['Chapter 1', 'One.', 'Chapter 2', 'Two.', 'Two more.'].map(text) }],
    });
    const book = await read('named.docx', await Packer.toBuffer(named));
    expect(book.chapters.map(({ title }) => title)).toEqual(['Chapter 1', 'Chapter 2']);
    const broken = new Document({
      sections: [
        { children: [text('One.'), new Paragraph({ children: [new PageBreak()] }), text('Two.')] },
      ],
    });
    const pages = await read('broken.docx', await Packer.toBuffer(broken));
    expect(pages.chapters.map(({ blocks }) => blocks.length)).toEqual([1, 1]);
    expect(pages.losses).toEqual([]);
  });

  it('follows styles, fields, text boxes, content controls and alternatives as Word does', async () => {
    const book = await read('parts.docx', handMade());
    const told = Object.fromEntries(book.losses.map(({ code, message }) => [code, message]));
    expect(told).toEqual({
      'remote-picture': expect.stringContaining('https://evil.example/beacon.png') as unknown,
      'title-marks': expect.any(String) as unknown,
      'marks-lost': expect.stringContaining('1 of 4 italics') as unknown,
      contents: expect.any(String) as unknown,
      'text-box': expect.any(String) as unknown,
      'hidden-text': expect.stringContaining('2 words') as unknown,
      comment: expect.stringContaining('3 words') as unknown,
      'page-furniture': expect.stringContaining('Running head') as unknown,
    });
    const [words] = book.meter;
    expect(words?.inBook).toBe(words?.inSource);
    const chapter = book.chapters[0];
    expect(chapter?.title).toBe('A Fine Start');
    const texts = blocksOf(book.chapters).map((block) => inlineText(inlinesOf(block)));
    expect(texts).toContain('Styled italic, roman again, really.');
    expect(texts).toContain('In a box.');
    expect(texts.filter((text) => text === 'In a box.')).toHaveLength(1);
    expect(texts).toContain('From a control, smart tag, linked field, co\u2011op.');
    expect(texts.join(' ')).not.toMatch(/secret|Contents line|fallback/);
    const quote = chapter?.blocks.find(({ kind }) => kind === 'blockquote');
    expect(quote).toMatchObject({
      blocks: [
        { inlines: [{ text: 'Quoted ' }, { text: 'stressed', emphasis: true }, { text: '.' }] },
      ],
    });
    const styled = chapter?.blocks.find(
      (block) => block.kind === 'paragraph' && inlineText(block.inlines).startsWith('Styled'),
    );
    expect(styled).toMatchObject({
      inlines: [
        { text: 'Styled italic', emphasis: true },
        { text: ', roman again, ' },
        { text: 'really', emphasis: true },
        { text: '.' },
      ],
    });
    const french = blocksOf(book.chapters)
      .flatMap(inlinesOf)
      .find((inline) => inline.kind === 'text' && inline.language);
    expect(french).toMatchObject({ text: 'bonjour', language: 'fr-FR' });
  });
});

function fail(): never {
  throw new Error('Nothing there');
}

/** A Word file in parts that the library cannot write. */
function handMade(): Uint8Array {
  const w =
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"';
  const relation = (id: string, type: string, target: string, mode = '') =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`;
  const relations = (...all: string[]) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
  const r = (text: string, properties = '') =>
    `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
  const p = (content: string, properties = '') =>
    `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
  const box = `<w:txbxContent>${p(r('In a box.'))}</w:txbxContent>`;
  const field = (instruction: string, result: string) =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const body = [
    p(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('Contents line 1')}`,
    ),
    p(
      `${r('Contents line 2')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      '<w:pStyle w:val="TOC1"/>',
    ),
    p(`${r('A ')}${r('Fine', '<w:i/>')}${r(' Start')}`, '<w:pStyle w:val="Kapitel"/>'),
    p(
      `${r('Styled italic')}${r(', roman again, ', '<w:i w:val="0"/>')}${r('really')}${r('.', '<w:rStyle w:val="Emph"/>')}`,
      '<w:pStyle w:val="Slanted"/>',
    ),
    p(`${r('Quoted ')}${r('stressed', '<w:i w:val="0"/>')}${r('.')}`, '<w:pStyle w:val="Zitat"/>'),
    p(
      `${r('A box here: ')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    p(
      `<w:sdt><w:sdtPr/><w:sdtContent>${r('From a control')}</w:sdtContent></w:sdt><w:smartTag w:element="x">${r(', smart tag, ')}</w:smartTag>${field('HYPERLINK "https://example.org/"', r('linked field'))}<w:r><w:t>, co</w:t><w:noBreakHyphen/><w:t>op.</w:t></w:r>${r('secret words', '<w:vanish/>')}`,
    ),
    p(
      `<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="Beacon"/><a:graphic><a:graphicData><a:blip r:link="rIdOut"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>${r('Said ')}${r('bonjour', '<w:lang w:val="fr-FR"/>')}${r('.', '<w:lang w:val="en-US"/>')}<w:r><w:commentReference w:id="0"/></w:r>`,
    ),
  ].join('');
  const style = (id: string, name: string, type: string, content: string) =>
    `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/>${content}</w:style>`;
  const styles = [
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>',
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
    style('Heading1', 'heading 1', 'paragraph', '<w:basedOn w:val="Normal"/><w:rPr><w:b/></w:rPr>'),
    style('Kapitel', 'My Chapter', 'paragraph', '<w:basedOn w:val="Heading1"/>'),
    style('Slanted', 'Slanted', 'paragraph', '<w:basedOn w:val="Normal"/><w:rPr><w:i/></w:rPr>'),
    style('Zitat', 'Quote', 'paragraph', '<w:basedOn w:val="Normal"/><w:rPr><w:i/></w:rPr>'),
    style('TOC1', 'toc 1', 'paragraph', ''),
    style('Emph', 'Emphasis', 'character', '<w:rPr><w:i/></w:rPr>'),
  ].join('');
  const files = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(relation('rId1', 'officeDocument', 'word/document.xml')),
    'word/_rels/document.xml.rels': relations(
      relation('rId1', 'styles', 'styles.xml'),
      relation('rId2', 'comments', 'comments.xml'),
      relation('rId3', 'header', 'header1.xml'),
      relation('rIdOut', 'image', 'https://evil.example/beacon.png', ' TargetMode="External"'),
    ),
    'word/document.xml': `<w:document ${w}><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': `<w:styles ${w}>${styles}</w:styles>`,
    'word/comments.xml': `<w:comments ${w}><w:comment w:id="0">${p(r('Is this right?'))}</w:comment></w:comments>`,
    'word/header1.xml': `<w:hdr ${w}>${p(r('Running head'))}</w:hdr>`,
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
  );
}

it('says that the numbers Word gives to headings were left to the design of the book', async () => {
  const numbering = { reference: 'chapters', level: 0 };
  const document = new Document({
    numbering: {
      config: [
        { reference: 'chapters', levels: [{ level: 0, format: 'upperRoman', text: 'Book %1' }] },
        { reference: 'dots', levels: [{ level: 0, format: 'bullet', text: '•' }] },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ text: 'The Lamp', heading: HeadingLevel.HEADING_1, numbering }),
          line(run('Lit.')),
          new Paragraph({ text: 'The Key', heading: HeadingLevel.HEADING_1, numbering }),
          line(run('Lost.')),
          new Paragraph({
            text: 'After',
            heading: HeadingLevel.HEADING_1,
            numbering: { reference: 'dots', level: 0 },
          }),
          line(run('Found.')),
        ],
      },
    ],
  });
  const source = await read('numbered.docx', await Packer.toBuffer(document));
  expect(source.chapters.map(({ title }) => title)).toEqual(['The Lamp', 'The Key', 'After']);
  expect(source.losses).toEqual([
    {
      code: 'heading-numbers',
      where: 'document',
      message:
        'Word numbers 2 headings by itself. The numbers were left out; the design of the book numbers chapters.',
    },
  ]);
});
