import { buildDocx } from '#core/book/docx/buildDocx.ts';
import type { DocxStyle } from '#core/book/docx/docxStyle.ts';
import { buildEpub, type PrintedEdition } from '#core/book/epub/buildEpub.ts';
import { buildHtml } from '#core/book/html/buildHtml.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { manuscriptToMarkdown } from '#core/book/toMarkdown.ts';
import type { BookCheck } from './bookCheck.ts';
import { inspectDocx } from './inspectDocx.ts';
import { inspectEpub } from './inspectEpub.ts';
import { inspectHtml } from './inspectHtml.ts';
import { wordsOf } from './wordsOf.ts';
import { zipFiles } from './zipFiles.ts';

/** The formats in which text flows, so that no page has to be set. */
export type TextFormat = 'epub' | 'docx' | 'html' | 'md';

export type TextBookOrder = {
  manuscript: Manuscript;
  format: TextFormat;
  /** ISO 8601. */
  date: string;
  pictures: ReadonlyMap<string, PictureFile>;
  printed?: PrintedEdition | undefined;
  isVertical: boolean;
  docxStyle: DocxStyle;
  /** The front cover as PNG, for an EPUB. */
  cover?: Uint8Array | undefined;
};

export type TextBook = { bytes: Uint8Array; words: number; checks: BookCheck[] };

/** Makes a book of flowing text and looks at what was made. Heavy for long books: run it in a thread (`makeTextBook.ts`). */
export function textBook(order: TextBookOrder): TextBook {
  const words = wordsOf(order.manuscript);
  const bytes = write(order, words);
  return { bytes, words, checks: inspect(order, bytes, words) };
}

function write(order: TextBookOrder, words: number): Uint8Array {
  const { manuscript, format, date, pictures, ...options } = order;
  const { printed, isVertical, cover } = options;
  switch (format) {
    case 'epub':
      return zipFiles(
        buildEpub({ manuscript, modified: date, pictures, printed, isVertical, cover }),
      );
    case 'docx':
      return zipFiles(buildDocx({ manuscript, date, pictures, words, style: options.docxStyle }));
    case 'html':
      return new TextEncoder().encode(buildHtml({ manuscript, pictures: dataAddresses(pictures) }));
    case 'md':
      return new TextEncoder().encode(
        manuscriptToMarkdown(manuscript.metadata, manuscript.chapters),
      );
  }
}

function dataAddresses(pictures: ReadonlyMap<string, PictureFile>): Map<string, string> {
  return new Map(
    [...pictures].map(([source, { bytes, mediaType }]) => [
      source,
      `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`,
    ]),
  );
}

function inspect({ manuscript, format }: TextBookOrder, bytes: Uint8Array, words: number) {
  if (format === 'epub') return inspectEpub(bytes, manuscript, words);
  if (format === 'docx') return inspectDocx(bytes, manuscript, words);
  return format === 'html' ? inspectHtml(bytes, manuscript, words) : [];
}
