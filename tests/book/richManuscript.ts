import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import type { Chapter, Inline, Manuscript, Paragraph, TextRun } from '#core/book/manuscript.ts';
import { parseMarkdown } from '#core/book/parseMarkdown.ts';
import { type PictureFile, pictureFile } from '#core/book/pictureFile.ts';

/** A chapter that has everything a manuscript can hold, with text that is code in each of the formats it goes through. */
const MARKDOWN = `# First $x$ #let @ref <b> & "q" \\\\n

He said “hello” — *emphasis*, **strong**, ***both***, \`code #let x = 1 \\ "q"\`, [a link](https://example.org/a?b=c&d=e_(f)), $math$ \\<tag> @cite // comment /* block */ ~ \\\\n "quote" #include "x". -- ]]> &amp;amp;[^a]

## A section & more

- one **bold**
- two
  - nested
  - more[^b]

0. zero
1. one

> Dear reader,
>
> > Inner.
> >
> > - list in quote

Line one\\
line two which is long enough to turn over at the edge of the measure of the page, really and truly\\
line three[^c]

#### A level that was skipped

\`\`\`rust
fn main() { println!("{}", 1 < 2 && "a"); }

    indented
\`\`\`

***

![A lamp & its “light”](lamp.png "The lamp, *lit*")

##### Deep

Wörds ünd Ωmega Привет. End.

# Second

Text.[^d]

[^a]: First note with *marks* and a second paragraph.

    Second paragraph.[^e]
[^b]: Note b.
[^c]: Note c.
[^d]: Note d in chapter two.
[^e]: Nested note.
`;

export function idCounter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return String(count);
  };
}

export function manuscriptOf(
  markdown: string,
  metadata: Partial<Manuscript['metadata']> = {},
): Manuscript {
  const { chapters } = parseMarkdown(markdown, idCounter());
  return {
    metadata: {
      title: 'A “Rich” Book & <Other> #Things',
      authors: ['Ann O’Neil', 'Ødegård & Sons'],
      language: 'en-GB',
      identifier: '978-3-16-148410-0',
      ...metadata,
    },
    chapters,
  };
}

export function richManuscript(): Manuscript {
  const { metadata, chapters } = manuscriptOf(MARKDOWN, {
    subtitle: 'With “everything” \\ in it',
    publisher: 'Test & Co',
    description: 'All <kinds> of & things.',
    rights: '© 2025 Ann O’Neil',
    publishedOn: '2025-10-14',
  });
  return { metadata, chapters: [dedication(), part(), ...chapters, documents()] };
}

function paragraph(id: string, ...inlines: Inline[]): Paragraph {
  return { kind: 'paragraph', id, inlines };
}

function run(text: string, marks: Partial<TextRun> = {}): TextRun {
  return { ...marks, kind: 'text', text };
}

function dedication(): Chapter {
  const line: Paragraph = { ...paragraph('ded-1', run('For M. <and> all')), align: 'center' };
  return { id: 'dedication', title: 'Dedication', role: 'dedication', blocks: [line] };
}

function part(): Chapter {
  const motto = paragraph('part-2', run('A motto & its source.'));
  return {
    id: 'part-one',
    title: 'Part One',
    role: 'part',
    blocks: [{ kind: 'epigraph', id: 'part-1', blocks: [motto] }],
  };
}

/** What Markdown has no plain form for: a letter, a table, lines that stand apart, every mark. */
function documents(): Chapter {
  const cell = (id: string, text: string) => ({ blocks: [paragraph(id, run(text))] });
  return {
    id: 'documents',
    title: 'Documents',
    blocks: [
      paragraph(
        'doc-1',
        run('E = mc'),
        run('2', { script: 'super' }),
        run(' and H'),
        run('2', { script: 'sub' }),
        run('O, '),
        run('gone', { strike: true }),
        run(', '),
        run('under', { underline: true }),
        run(', '),
        run('nato', { smallCaps: true }),
        run(', '),
        run('je ne sais quoi', { language: 'fr', emphasis: true }),
        run('.'),
      ),
      {
        kind: 'letter',
        id: 'doc-2',
        blocks: [
          { ...paragraph('doc-3', run('Harbour, May 3')), align: 'end' },
          paragraph('doc-4', run('Dear Ann, the lamp is lit.')),
        ],
      },
      {
        kind: 'table',
        id: 'doc-5',
        headerRows: 1,
        caption: 'Tides & “times”',
        rows: [
          [cell('doc-6', 'Day'), { ...cell('doc-7', 'Tide'), columns: 2, align: 'center' }],
          [
            { ...cell('doc-8', 'Monday'), rows: 2 },
            cell('doc-9', '04:10'),
            {
              blocks: [
                paragraph('doc-10', run('16:32'), {
                  kind: 'note',
                  id: 'doc-11',
                  blocks: [paragraph('doc-12', run('By the old clock.'))],
                }),
              ],
            },
          ],
          [cell('doc-13', '05:02'), { blocks: [], align: 'end' }],
        ],
      },
    ],
  };
}

export async function sampleManuscript(): Promise<Manuscript> {
  const url = new URL('../../resources/sample/manuscript.md', import.meta.url);
  const { metadata, chapters } = parseMarkdown(await readFile(url, 'utf8'), idCounter());
  const { title = '', authors = [], language = 'en', subtitle, publisher, description } = metadata;
  const identifier = 'urn:uuid:5f0c9a3e-8d0f-4a52-9b6e-6a1f6d3b2c10';
  return {
    metadata: { title, authors, language, identifier, subtitle, publisher, description },
    chapters,
  };
}

/** A plain PNG of one colour. */
export function lampPicture(): ReadonlyMap<string, PictureFile> {
  const [width, height] = [300, 200];
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 160)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const bytes = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
  const file = pictureFile(bytes);
  if (file === null) throw new Error('not a picture');
  return new Map([['lamp.png', file]]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
