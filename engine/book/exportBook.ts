import { readFile, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { DEFAULT_DOCX_STYLE, type DocxStyle } from '#core/book/docx/docxStyle.ts';
import type { PrintedEdition } from '#core/book/epub/buildEpub.ts';
import { type Manuscript, walkBlocks } from '#core/book/manuscript.ts';
import { type CoverDesign, DEFAULT_COVER } from '#core/book/cover/coverDesign.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { type BookLayout, designTrim } from '#core/book/print/printLayout.ts';
import { trimSize } from '#core/book/print/trims.ts';
import { refuse } from '#core/fault.ts';
import { checkTarget, writeOutput } from '#engine/files/outputFile.ts';
import { Cancelled } from '#engine/process/run.ts';
import type { BookCheck } from './bookCheck.ts';
import { fitPictures, isTooLarge } from './fitPictures.ts';
import { inspectPdf } from './inspectPdf.ts';
import { type CoverOrder, coverPdf, coverPng, coverSvg } from './coverMaker.ts';
import { inspectFront, inspectWrap } from './inspectCover.ts';
import { makeTextBook } from './makeTextBook.ts';
import type { Raster } from './png.ts';
import type { TextFormat } from './textBook.ts';
import { typeset, typesetPageStarts } from './typeset.ts';
import type { TypesetJob } from './typesetter.ts';
import { wordsOf } from './wordsOf.ts';

/**
 * `pdf` is for screens: cover, equal margins, coloured links. `print` is the inside of a printed book; `cover` its cover,
 * the whole wrap as PDF or the front alone as PNG, by the ending of the file's name.
 */
export type BookFormat = TextFormat | 'pdf' | 'print' | 'cover';

export type ExportBookInput = {
  manuscript: Manuscript;
  format: BookFormat;
  /** Path of the file to write. */
  out: string;
  /** Whether a file that stands there may be replaced. */
  force?: boolean;
  /** Page size, `6x9in` and the like; for `pdf`, `print` and the page numbers of an EPUB. */
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
  /** For `epub`: the printed edition whose page numbers it carries, by its ISBN or name. */
  pagesOf?: string;
  /** For `epub`: lines run from top to bottom. */
  isVertical?: boolean;
  docxStyle?: DocxStyle;
  /** The program that makes pictures smaller which are too large for e-books; without it they stay as they are. */
  ffmpeg?: string;
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
  words: number;
  pages?: number;
  check: (written: Uint8Array) => Promise<BookCheck[]>;
};

/**
 * Writes a book as a file, then reads the file back and says what was checked. Refuses `book/no-title`, `book/empty`,
 * `book/bad-date`, `book/picture-missing`, `book/unknown-trim-size` and what `writeOutput` refuses; cancelling rejects with
 * `Cancelled` and leaves the target as it was.
 */
export async function exportBook(input: ExportBookInput): Promise<ExportedBook> {
  const { out, format } = input;
  const options = { force: input.force ?? false };
  refuseUnfinished(input);
  await checkTarget(out, options);
  input.onProgress?.(0.1);
  return writeOutput(out, options, async (temporary) => {
    const made = await make(input, format);
    input.onProgress?.(0.8);
    await writeFile(temporary, made.bytes);
    const checks = await made.check(await readFile(temporary));
    if (input.signal?.aborted) throw new Cancelled();
    input.onProgress?.(1);
    const pages = made.pages === undefined ? {} : { pages: made.pages };
    return { output: resolve(out), ...pages, words: made.words, checks };
  });
}

function make(input: ExportBookInput, format: BookFormat): Promise<Made> {
  if (format === 'cover') return makeCover(input);
  return format === 'pdf' || format === 'print' ? makePdf(input, format) : makeText(input, format);
}

async function makeText(input: ExportBookInput, format: TextFormat): Promise<Made> {
  const { signal } = input;
  const given = input.pictures ?? new Map<string, PictureFile>();
  const isFitted = format !== 'md' && input.ffmpeg !== undefined;
  const pictures = isFitted ? await fitPictures(given, input.ffmpeg ?? '', signal) : given;
  input.onProgress?.(0.2);
  const book = await makeTextBook(
    {
      manuscript: input.manuscript,
      format,
      date: input.date,
      pictures: format === 'md' ? new Map() : pictures,
      printed: format === 'epub' ? await printedEdition(input) : undefined,
      isVertical: input.isVertical ?? false,
      docxStyle: input.docxStyle ?? DEFAULT_DOCX_STYLE,
      cover:
        format === 'epub' && input.cover !== undefined ? coverPng(coverOrder(input)) : undefined,
    },
    signal,
  );
  return {
    ...book,
    check: async (written) => [
      {
        name: 'written',
        ok: Buffer.compare(written, book.bytes) === 0,
        value: written.length,
      },
      ...book.checks,
      ...(format === 'epub' ? pictureBudget(pictures) : []),
    ],
  };
}

function pictureBudget(pictures: ReadonlyMap<string, PictureFile>): BookCheck[] {
  if (pictures.size === 0) return [];
  const tooLarge = [...pictures].filter(([, file]) => isTooLarge(file)).map(([source]) => source);
  return [
    {
      name: 'picture-budget',
      ok: tooLarge.length === 0,
      value: tooLarge.join(', ') || pictures.size,
    },
  ];
}

async function printedEdition(input: ExportBookInput): Promise<PrintedEdition | undefined> {
  if (input.pagesOf === undefined) return undefined;
  const { pageStarts } = await typesetPageStarts(typesetJob(input, 'print'), input.signal);
  return { source: input.pagesOf, pageStarts };
}

function typesetJob(input: ExportBookInput, use: BookLayout['use']): TypesetJob {
  return {
    manuscript: input.manuscript,
    use,
    trim: trimSize(input.trim ?? designTrim(input.design)),
    ...(input.openings !== undefined && { openings: input.openings }),
    ...(input.design !== undefined && { design: input.design }),
    createdAtSeconds: Math.floor(Date.parse(input.date) / 1_000),
    pictures: input.pictures ?? new Map<string, PictureFile>(),
    ...(input.cover !== undefined && { coverSvg: coverSvg(coverOrder(input)) }),
  };
}

async function makePdf(input: ExportBookInput, format: 'pdf' | 'print'): Promise<Made> {
  const { manuscript } = input;
  const job = typesetJob(input, format === 'print' ? 'print' : 'screen');
  const book = await typeset(job, input.signal);
  return {
    bytes: book.pdf,
    words: wordsOf(manuscript),
    pages: book.pages,
    check: (written) => inspectPdf(written, manuscript, book),
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
async function makeCover(input: ExportBookInput): Promise<Made> {
  const words = wordsOf(input.manuscript);
  if (extname(input.out).toLowerCase() === '.png') {
    return { bytes: coverPng(coverOrder(input)), words, check: async (png) => inspectFront(png) };
  }
  const job = typesetJob(input, 'print');
  const { pages, layout } = await typeset(job, input.signal);
  const made = coverPdf({
    ...coverOrder(input),
    trim: layout.trim,
    pages,
    paper: layout.paper,
    createdAtSeconds: job.createdAtSeconds,
  });
  return { bytes: made.pdf, words, check: (pdf) => inspectWrap(pdf, { ...made, pages }) };
}

/** Refuses what `exportBook` would of a book that is not ready to be written, or of a date or trim size that is none. */
export function refuseUnfinished({
  manuscript,
  date,
  pictures,
  trim,
  format,
}: Omit<ExportBookInput, 'out'>): void {
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
