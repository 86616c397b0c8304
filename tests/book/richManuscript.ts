import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import type { Manuscript } from '#core/book/manuscript.ts';
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
  return manuscriptOf(MARKDOWN, {
    subtitle: 'With “everything” \\ in it',
    publisher: 'Test & Co',
    description: 'All <kinds> of & things.',
    rights: '© 2025 Ann O’Neil',
    publishedOn: '2025-10-14',
  });
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
