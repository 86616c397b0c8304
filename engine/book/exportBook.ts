import { readFile, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { buildEpub } from '#core/book/epub.ts';
import { type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import { type CoverDesign, DEFAULT_COVER } from '#core/book/cover/coverDesign.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { type BookLayout, designTrim } from '#core/book/print/printLayout.ts';
import { trimSize } from '#core/book/print/trims.ts';
import { manuscriptToMarkdown } from '#core/book/toMarkdown.ts';
import { countChapterWords } from '#core/book/words.ts';
import { refuse } from '#core/fault.ts';
import { checkTarget, writeOutput } from '#engine/files/outputFile.ts';
import { Cancelled } from '#engine/process/run.ts';
import type { BookCheck } from './bookCheck.ts';
import { inspectEpub } from './inspectEpub.ts';
import { inspectPdf } from './inspectPdf.ts';
import { type CoverOrder, coverPdf, coverPng, coverSvg } from './coverMaker.ts';
import { inspectFront, inspectWrap } from './inspectCover.ts';
import type { Raster } from './png.ts';
import { typeset } from './typeset.ts';
import type { TypesetJob } from './typesetter.ts';
import { zipEpub } from './zipEpub.ts';

/**
 * `pdf` is for screens: cover, equal margins, coloured links. `print` is the inside of a printed book; `cover` its cover,
 * the whole wrap as PDF or the front alone as PNG, by the ending of the file's name.
 */
export type BookFormat = 'epub' | 'pdf' | 'print' | 'cover' | 'md';

export type ExportBookInput = {
  manuscript: Manuscript;
  format: BookFormat;
  /** Path of the file to write. */
  out: string;
  /** Whether a file that stands there may be replaced. */
  force?: boolean;
  /** Page size, `6x9in` and the like; for `pdf` and `print`. */
  trim?: string;
  openings?: BookLayout['openings'];
  design?: BookDesign;
  /** What the cover looks like; without it EPUB and screen PDF open with a plain drawing. */
  cover?: CoverDesign;
  /** The picture that the cover names, and its pixels. */
  coverPicture?: { file: PictureFile; pixels: Raster } | undefined;
  /** Moment the file states as its making, ISO 8601: same book, same date, same bytes. */
  date: string;
  /** The pictures the manuscript names, by their `source`. */
  pictures?: ReadonlyMap<string, PictureFile>;
  signal?: AbortSignal;
  /** From 0 to 1. */
  onProgress?: (fraction: number) => void;
};

export type ExportedBook = {
  output: string;
  /** Pages of a PDF. */
  pages?: number;
  words: number;
  checks: BookCheck[];
};

type Made = {
  bytes: Uint8Array;
  pages?: number;
  check: (bytes: Uint8Array) => Promise<BookCheck[]>;
};

/**
 * Writes a book as a file, then reads the file back and says what was checked. Refuses `book/no-title`, `book/empty`,
 * `book/bad-date`, `book/picture-missing`, `book/unknown-trim-size` and what `writeOutput` refuses; cancelling rejects with
 * `Cancelled` and leaves the target as it was.
 */
export async function exportBook(input: ExportBookInput): Promise<ExportedBook> {
  const { manuscript, out } = input;
  const options = { force: input.force ?? false };
  refuseUnfinished(input);
  await checkTarget(out, options);
  const { language } = manuscript.metadata;
  const words = manuscript.chapters.reduce(
    (sum, chapter) => sum + countChapterWords(chapter, language),
    0,
  );
  input.onProgress?.(0.1);
  return writeOutput(out, options, async (temporary) => {
    const made = await make(input, words);
    input.onProgress?.(0.8);
    await writeFile(temporary, made.bytes);
    const checks = await made.check(await readFile(temporary));
    if (input.signal?.aborted) throw new Cancelled();
    input.onProgress?.(1);
    const pages = made.pages === undefined ? {} : { pages: made.pages };
    return { output: resolve(out), ...pages, words, checks };
  });
}

async function make(input: ExportBookInput, words: number): Promise<Made> {
  const { manuscript, format } = input;
  const pictures = input.pictures ?? new Map<string, PictureFile>();
  if (format === 'md') {
    const text = manuscriptToMarkdown(manuscript.metadata, manuscript.chapters);
    const bytes = new TextEncoder().encode(text);
    return {
      bytes,
      check: async (written) => [
        { name: 'written', ok: written.length === bytes.length, value: written.length },
      ],
    };
  }
  if (format === 'epub') {
    const cover = input.cover === undefined ? {} : { cover: coverPng(coverOrder(input)) };
    const bytes = zipEpub(buildEpub({ manuscript, modified: input.date, pictures, ...cover }));
    return { bytes, check: async (written) => inspectEpub(written, manuscript, words) };
  }
  if (format === 'cover') return makeCover(input, pictures);
  const book = await typeset(jobOf(input, pictures), input.signal);
  return {
    bytes: book.pdf,
    pages: book.pages,
    check: (written) => inspectPdf(written, manuscript, book),
  };
}

function jobOf(input: ExportBookInput, pictures: ReadonlyMap<string, PictureFile>): TypesetJob {
  const { manuscript, format } = input;
  return {
    manuscript,
    use: format === 'pdf' ? 'screen' : 'print',
    trim: trimSize(input.trim ?? designTrim(input.design)),
    ...(input.openings !== undefined && { openings: input.openings }),
    ...(input.design !== undefined && { design: input.design }),
    createdAtSeconds: Math.floor(Date.parse(input.date) / 1_000),
    pictures,
    ...(input.cover !== undefined && { coverSvg: coverSvg(coverOrder(input)) }),
  };
}

function coverOrder({ manuscript, cover, coverPicture }: ExportBookInput): CoverOrder {
  return {
    metadata: manuscript.metadata,
    cover: cover ?? DEFAULT_COVER,
    picture: coverPicture?.file,
    pixels: coverPicture?.pixels,
  };
}

/** The front as PNG; or the wrap, for which the book is set first, since every page makes the spine thicker. */
async function makeCover(
  input: ExportBookInput,
  pictures: ReadonlyMap<string, PictureFile>,
): Promise<Made> {
  if (extname(input.out).toLowerCase() === '.png') {
    return { bytes: coverPng(coverOrder(input)), check: async (png) => inspectFront(png) };
  }
  const job = jobOf(input, pictures);
  const { pages, layout } = await typeset(job, input.signal);
  const made = coverPdf({
    ...coverOrder(input),
    trim: layout.trim,
    pages,
    paper: layout.paper,
    createdAtSeconds: job.createdAtSeconds,
  });
  return { bytes: made.pdf, check: (pdf) => inspectWrap(pdf, { ...made, pages }) };
}

function refuseUnfinished({ manuscript, date, pictures, trim, format }: ExportBookInput): void {
  if (manuscript.metadata.title.trim() === '') {
    refuse('book/no-title', 'The book has no title yet. Give it one, then export it.');
  }
  if (manuscript.chapters.every((chapter) => chapter.blocks.length === 0)) {
    refuse('book/empty', 'The book has no text yet. Write or import a chapter, then export it.');
  }
  if (Number.isNaN(Date.parse(date))) {
    refuse('book/bad-date', `“${date}” is not a date. Write it like 2025-10-14T12:00:00Z.`, {
      date,
    });
  }
  if (trim !== undefined) trimSize(trim);
  if (format === 'md') return;
  const missing = manuscript.chapters
    .flatMap((chapter) => [...walkBlocks(chapter.blocks)])
    .filter((block) => block.kind === 'image')
    .map((block) => block.source)
    .find((source) => !pictures?.has(source));
  if (missing !== undefined) {
    refuse(
      'book/picture-missing',
      `The picture “${missing}” was not found, or is neither JPEG nor PNG. Add it again or remove it from the text.`,
      { source: missing },
    );
  }
}
