import { join, resolve } from 'node:path';
import {
  NodeCompiler,
  type NodeError,
  type NodeTypstDocument,
} from '@myriaddreamin/typst-ts-node-compiler';
import { z } from 'zod';
import { coverDescription, coverSvg } from '#core/book/epubCover.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import { chapterText } from '#core/book/words.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { type BookLayout, bookLayout, type TrimSize } from '#core/book/printLayout.ts';
import { type PlacedPicture, toTypst } from '#core/book/typst.ts';
import { PAGE_STARTS_LABEL } from '#core/book/typstMarks.ts';
import { bookFonts } from './bookFonts.ts';

/** What is to be set. Plain data, so that it can cross to a worker thread. */
export type TypesetJob = {
  manuscript: Manuscript;
  use: BookLayout['use'];
  trim: TrimSize;
  openings: BookLayout['openings'];
  /** Seconds since 1970 that the PDF states as its creation. */
  createdAtSeconds: number;
  pictures: ReadonlyMap<string, PictureFile>;
};

export type TypesetBook = {
  pages: number;
  layout: BookLayout;
  /** How often the book was set until gutter and page count agreed. */
  passes: number;
};

export type TypesetPdf = TypesetBook & {
  pdf: Uint8Array;
  /** Characters that none of the fonts has, in order of code point. */
  missingGlyphs: string[];
  /** Whether the file was written to PDF/UA-1, whose rules the writer enforces. */
  isAccessible: boolean;
};

type SetDocument = TypesetBook & { compiler: NodeCompiler; document: NodeTypstDocument };

/** A folder that need not exist: every file the compiler sees is handed to it in memory. */
const WORKSPACE = resolve('/inkreel-book');
const MAX_PASSES = 4;
/** A cautious guess for the first pass: most books set here have more words on a page, and a page less hurts nobody. */
const CHARS_PER_PAGE = 1_500;
/** How many jobs a cached result outlives without being used: enough for “change one word, set again”. */
const CACHED_JOBS = 1;

/** Sets a book and writes its PDF. Synchronous and heavy: run it in a worker (`typeset.ts`). */
export function typesetPdf(job: TypesetJob): TypesetPdf {
  const { compiler, document, ...book } = setBook(job);
  const made = writePdf(compiler, document, job.createdAtSeconds);
  compiler.evictCache(CACHED_JOBS);
  return { ...book, ...made };
}

/** The label of each page by the id of the sentence it begins with, in reading order. Synchronous and heavy. */
export function typesetPageStarts(
  job: TypesetJob,
): TypesetBook & { pageStarts: Map<string, string> } {
  const { compiler, document, ...book } = setBook(job, { marksPages: true });
  const found: unknown = compiler.query(document, {
    selector: `<${PAGE_STARTS_LABEL}>`,
    field: 'value',
  });
  compiler.evictCache(CACHED_JOBS);
  const [starts = []] = z.array(z.array(z.tuple([z.string(), z.string()]))).parse(found);
  return { ...book, pageStarts: new Map(starts) };
}

function writePdf(
  compiler: NodeCompiler,
  document: NodeTypstDocument,
  creationTimestamp: number,
): Omit<TypesetPdf, keyof TypesetBook> {
  const options = { creationTimestamp };
  try {
    const pdf = compiler.pdf(document, { ...options, pdfStandard: 'ua-1' });
    return { pdf, missingGlyphs: [], isAccessible: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (!message.includes('PDF/UA-1 error')) throw error;
    const missingGlyphs = readMissingGlyphs(message);
    return { pdf: compiler.pdf(document, options), missingGlyphs, isAccessible: false };
  }
}

/** Sets a book and writes its pages as one SVG per page. */
export function typesetPages(job: TypesetJob): TypesetBook & { svg: string } {
  const { compiler, document, ...book } = setBook(job);
  const svg = compiler.plainSvg(document);
  compiler.evictCache(CACHED_JOBS);
  return { ...book, svg };
}

/**
 * Sets the book until the page count it was laid out for is the one it has: more pages need a wider gutter, which
 * makes more pages. When the two would go on chasing each other the wider gutter stays.
 */
function setBook(job: TypesetJob, options: { marksPages?: boolean } = {}): SetDocument {
  const compiler = NodeCompiler.create({
    workspace: WORKSPACE,
    fontArgs: [{ fontBlobs: bookFonts() }],
  });
  const pictures = new Map<string, PlacedPicture>();
  for (const [source, file] of job.pictures) {
    const path = `/pictures/${pictures.size + 1}.${file.extension}`;
    compiler.mapShadow(join(WORKSPACE, path), Buffer.from(file.bytes));
    pictures.set(source, { path, widthPx: file.widthPx, heightPx: file.heightPx });
  }
  const { metadata } = job.manuscript;
  compiler.mapShadow(join(WORKSPACE, 'cover.svg'), Buffer.from(coverSvg(metadata)));
  const cover = { path: '/cover.svg', alt: coverDescription(metadata) };
  const set = (layout: BookLayout, lastPage: 'text' | 'blank') =>
    compile(
      compiler,
      toTypst({
        manuscript: job.manuscript,
        layout,
        pictures,
        lastPage,
        ...options,
        ...(job.use === 'screen' && { cover }),
      }),
    );
  const chars = job.manuscript.chapters.reduce(
    (sum, chapter) => sum + chapterText(chapter).length,
    0,
  );
  let pages = chars / CHARS_PER_PAGE;
  let widestIn = 0;
  for (let passes = 1; ; passes += 1) {
    const { use, trim, openings } = job;
    const asked = bookLayout({ use, trim, openings, pages });
    const layout = asked.insideIn >= widestIn ? asked : { ...asked, insideIn: widestIn };
    widestIn = layout.insideIn;
    const document = set(layout, 'text');
    const count = document.numOfPages;
    const needed = bookLayout({ use, trim, openings, pages: count });
    if (needed.insideIn <= widestIn || passes === MAX_PASSES) {
      if (use === 'screen' || count % 2 === 0) {
        return { compiler, document, pages: count, layout, passes };
      }
      const even = set(layout, 'blank');
      return { compiler, document: even, pages: even.numOfPages, layout, passes: passes + 1 };
    }
    pages = count;
  }
}

function compile(compiler: NodeCompiler, source: string): NodeTypstDocument {
  const result = compiler.compile({ mainFileContent: source });
  const document = result.result;
  if (document !== null) return document;
  const error = result.takeError();
  throw new Error(`The page could not be set: ${error ? describe(compiler, error) : 'unknown'}`);
}

function describe(compiler: NodeCompiler, error: NodeError): string {
  return JSON.stringify(compiler.fetchDiagnostics(error)).slice(0, 2_000);
}

function readMissingGlyphs(message: string): string[] {
  const found = message.matchAll(/the text `\\*"(.+?)\\*"` could not be displayed/gu);
  const texts = [...found].map(([, text = '']) => withoutEscapes(text));
  return [...new Set(texts.flatMap((text) => [...text]))].sort();
}

/** Typst names characters that cannot be seen by their number: `\u{2060}`. */
function withoutEscapes(text: string): string {
  return text.replaceAll(/\\+u\{([0-9a-f]{1,6})\}/giu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 16)),
  );
}
