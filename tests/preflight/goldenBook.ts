import type { BookMetadata, Manuscript } from '#core/book/manuscript.ts';
import { parseMarkdown } from '#core/book/parseMarkdown.ts';
import { manuscriptToMarkdown } from '#core/book/toMarkdown.ts';

const DETAILS: BookMetadata = {
  title: 'The Keeper of Skerrow',
  authors: ['Ann Author'],
  language: 'en-GB',
  identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
  description:
    'Some film crew comes down to the harbour and asks for the one thing nobody ever gave.',
  rights: '© 2026 Ann Author',
};

/** A Markdown document as a book; details that it does not name are set, and `NONE` takes one away. */
export function goldenBook(markdown: string): Manuscript {
  let count = 0;
  const { metadata, chapters } = parseMarkdown(markdown, () => {
    count += 1;
    return `b${count}`;
  });
  const { authors = DETAILS.authors, ...details } = { ...DETAILS, ...metadata };
  const kept = Object.entries(details).filter(([, value]) => value !== 'NONE');
  return {
    metadata: {
      ...(Object.fromEntries(kept) as Omit<BookMetadata, 'authors'>),
      authors: authors.filter((author) => author !== 'NONE'),
    },
    chapters,
  };
}

/** The mended document as it is kept beside the one it was. */
export function goldenText({ metadata, chapters }: Manuscript): string {
  const own = Object.entries(metadata).filter(
    ([name, value]) =>
      JSON.stringify(value) !==
      JSON.stringify(Object.entries(DETAILS).find(([one]) => one === name)?.[1]),
  );
  const text = manuscriptToMarkdown(metadata, chapters).replace(/^---[\s\S]*?\n---\n\n/u, '');
  const head = own.map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return head.length === 0 ? text : `---\n${head.join('\n')}\n---\n\n${text}`;
}
