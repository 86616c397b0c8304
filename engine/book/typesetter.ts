import { join, resolve } from 'node:path';
import {
  NodeCompiler,
  type NodeError,
  type NodeTypstDocument,
} from '@myriaddreamin/typst-ts-node-compiler';
import { z } from 'zod';
import { coverDescription, coverSvg } from '#core/book/epubCover.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import { type Adjustments, NO_ADJUSTMENTS } from '#core/book/print/adjustments.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { bookLetters, type Letters, ownScripts } from '#core/book/print/letters.ts';
import { type BookLayout, bookLayout, charsPerPage } from '#core/book/print/printLayout.ts';
import type { TrimSize } from '#core/book/print/trims.ts';
import type { PlacedPicture } from '#core/book/print/placedPicture.ts';
import { toTypst } from '#core/book/print/typst.ts';
import type { PictureFile } from '#core/book/pictureFile.ts';
import { PAGE_STARTS_LABEL } from '#core/book/print/typstMarks.ts';
import { chapterText } from '#core/book/words.ts';
import { bookFonts } from './bookFonts.ts';
import { countFaults, hasBadBreaks, PageImprover } from './evenPages.ts';
import { measureBook, type PageFaults } from './pageQuality.ts';
import { trimBox, withBoxes } from './pdfBoxes.ts';
import type { ReadPages } from './pdfText.ts';

/** What is to be set. Plain data, so that it can cross to a worker thread. */
export type TypesetJob = {
  manuscript: Manuscript;
  use: BookLayout['use'];
  trim: TrimSize;
  openings?: BookLayout['openings'];
  design?: BookDesign;
  /** Seconds since 1970 that the PDF states as its creation. */
  createdAtSeconds: number;
  pictures: ReadonlyMap<string, PictureFile>;
  /** Whether pages may be left as they first come, for a quick look; default no. */
  isDraft?: boolean;
  /** The front that a screen edition opens with; default: drawn from the metadata. */
  coverSvg?: string;
};

export type TypesetBook = {
  pages: number;
  layout: BookLayout;
  /** How often the book was set until gutter and page count agreed and the pages were even. */
  passes: number;
  /** What could not be mended; null where nobody looked. */
  faults: PageFaults | null;
};

export type TypesetPdf = TypesetBook & {
  pdf: Uint8Array;
  /** Characters that none of the fonts has, in order of code point. */
  missingGlyphs: string[];
  /** Whether the file was written to PDF/UA-1, whose rules the writer enforces. */
  isAccessible: boolean;
};

type SetDocument = TypesetBook & { document: NodeTypstDocument };
type WrittenPdf = Pick<TypesetPdf, 'pdf' | 'missingGlyphs' | 'isAccessible'>;

/** A folder that need not exist: every file the compiler sees is handed to it in memory. */
const WORKSPACE = resolve('/inkreel-book');
const MAX_GUTTER_PASSES = 4;
/** How often pages are bettered at most; most books take one or two. */
const MAX_PAGE_PASSES = 4;
/** So many more are worth it while lines stand alone or notes are astray, which come with many notes. */
const MORE_PAGE_PASSES = 4;
/** How many jobs a cached result outlives without being used: enough for “change one word, set again”. */
const CACHED_JOBS = 1;

/** Sets a book and writes its PDF. Heavy: run it in a worker (`typeset.ts`). */
export async function typesetPdf(job: TypesetJob): Promise<TypesetPdf> {
  const press = new Press(job);
  const { book, written } = await press.setEvenPages();
  const { document, ...about } = book;
  const made = written ?? press.write(document);
  press.compiler.evictCache(CACHED_JOBS);
  const pdf = withBoxes(made.pdf, (page) => trimBox(book.layout, page));
  return { ...about, ...made, pdf };
}

/** The label of each page by the id of the sentence it begins with, in reading order. */
export async function typesetPageStarts(
  job: TypesetJob,
): Promise<TypesetBook & { pageStarts: Map<string, string> }> {
  const press = new Press(job, { marksPages: true });
  const { book } = await press.setEvenPages();
  const { document, ...about } = book;
  const found: unknown = press.compiler.query(document, {
    selector: `<${PAGE_STARTS_LABEL}>`,
    field: 'value',
  });
  press.compiler.evictCache(CACHED_JOBS);
  const [starts = []] = z.array(z.array(z.tuple([z.string(), z.string()]))).parse(found);
  return { ...about, pageStarts: new Map(starts) };
}

/** Sets a book and writes its pages as one SVG that holds them all. */
export async function typesetPages(job: TypesetJob): Promise<TypesetBook & { svg: string }> {
  const press = new Press(job);
  const { book } = await press.setEvenPages();
  const { document, ...about } = book;
  const svg = press.compiler.plainSvg(document);
  press.compiler.evictCache(CACHED_JOBS);
  return { ...about, svg };
}

/** One book and the compiler that sets it, as often as it takes. */
class Press {
  readonly compiler: NodeCompiler;
  readonly #job: TypesetJob;
  readonly #marksPages: boolean;
  readonly #letters: Letters;
  readonly #pictures = new Map<string, PlacedPicture>();
  /** The files of the book as the compiler has them, by their paths. */
  readonly #files = new Map<string, string>();
  /** What the number of pages was last even with. Most changes leave it as it is. */
  #lastPage: 'text' | 'blank' = 'text';

  constructor(job: TypesetJob, { marksPages = false }: { marksPages?: boolean } = {}) {
    this.#job = job;
    this.#marksPages = marksPages;
    this.#letters = bookLetters(job.manuscript);
    this.compiler = NodeCompiler.create({
      workspace: WORKSPACE,
      fontArgs: [{ fontBlobs: bookFonts(ownScripts(this.#letters)) }],
    });
    for (const [source, file] of job.pictures) {
      const path = `/pictures/${this.#pictures.size + 1}.${file.extension}`;
      this.compiler.mapShadow(join(WORKSPACE, path), Buffer.from(file.bytes));
      this.#pictures.set(source, { path, widthPx: file.widthPx, heightPx: file.heightPx });
    }
    const cover = Buffer.from(job.coverSvg ?? coverSvg(job.manuscript.metadata));
    this.compiler.mapShadow(join(WORKSPACE, 'cover.svg'), cover);
  }

  /** Sets the book, then betters the pages of a printed one while that helps. */
  async setEvenPages(): Promise<{ book: SetDocument; written: WrittenPdf | null }> {
    const first = this.#setWithGutter();
    if (this.#job.use === 'screen' || this.#job.isDraft === true) {
      return { book: first, written: null };
    }
    const { layout } = first;
    const improver = new PageImprover(this.#job.manuscript, layout);
    let { passes } = first;
    const known: ReadPages = new Map();
    const look = async (document: NodeTypstDocument) => {
      const written = this.write(document);
      return { document, written, measured: await measureBook(written.pdf, layout, known) };
    };
    const again = (adjustments: Adjustments) => {
      passes += 1;
      return look(this.#setEven(layout, adjustments));
    };
    let now = await look(first.document);
    let best = now;
    const keep = (made: typeof now) => {
      now = made;
      if (countFaults(now.measured) < countFaults(best.measured)) best = now;
    };
    const isWorthOneMore = (pass: number) =>
      countFaults(best.measured) > 0 &&
      pass < MAX_PAGE_PASSES + (hasBadBreaks(best.measured) ? MORE_PAGE_PASSES : 0);
    for (let pass = 0; isWorthOneMore(pass); pass += 1) {
      const adjustments = improver.next(now.measured);
      if (adjustments === null) break;
      keep(await again(adjustments));
    }
    if (countFaults(best.measured) > 0) {
      improver.next(now.measured);
      keep(await again(improver.best()));
    }
    const book = {
      document: best.document,
      pages: best.document.numOfPages,
      layout,
      passes,
      faults: best.measured.faults,
    };
    return { book, written: best.written };
  }

  write(document: NodeTypstDocument): WrittenPdf {
    const options = { creationTimestamp: this.#job.createdAtSeconds };
    try {
      const pdf = this.compiler.pdf(document, { ...options, pdfStandard: 'ua-1' });
      return { pdf, missingGlyphs: [], isAccessible: true };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!message.includes('PDF/UA-1 error')) throw error;
      const missingGlyphs = readMissingGlyphs(message);
      return { pdf: this.compiler.pdf(document, options), missingGlyphs, isAccessible: false };
    }
  }

  /**
   * Sets the book until the page count it was laid out for is the one it has: more pages need a wider gutter, which
   * makes more pages. When the two would go on chasing each other the wider gutter stays.
   */
  #setWithGutter(): SetDocument {
    const { use, trim, openings, design, manuscript } = this.#job;
    const page = {
      use,
      trim,
      letters: this.#letters,
      ...(openings !== undefined && { openings }),
      ...(design !== undefined && { design }),
    };
    const chars = manuscript.chapters.reduce((sum, one) => sum + chapterText(one).length, 0);
    let pages = chars / charsPerPage(bookLayout({ ...page, pages: 200 }));
    let widestIn = 0;
    for (let passes = 1; ; passes += 1) {
      const asked = bookLayout({ ...page, pages });
      const layout = asked.insideIn >= widestIn ? asked : { ...asked, insideIn: widestIn };
      widestIn = layout.insideIn;
      const document = this.#set(layout, 'text', NO_ADJUSTMENTS);
      const count = document.numOfPages;
      const needed = bookLayout({ ...page, pages: count });
      if (needed.insideIn <= widestIn || passes === MAX_GUTTER_PASSES) {
        if (use === 'screen') return { document, pages: count, layout, passes, faults: null };
        const even = this.#setEven(layout, NO_ADJUSTMENTS);
        return { document: even, pages: even.numOfPages, layout, passes, faults: null };
      }
      pages = count;
    }
  }

  /** Sets the book with a blank page behind it where that makes their number even. */
  #setEven(layout: BookLayout, adjustments: Adjustments): NodeTypstDocument {
    const document = this.#set(layout, this.#lastPage, adjustments);
    if (document.numOfPages % 2 === 0) return document;
    this.#lastPage = this.#lastPage === 'text' ? 'blank' : 'text';
    return this.#set(layout, this.#lastPage, adjustments);
  }

  #set(layout: BookLayout, lastPage: 'text' | 'blank', adjustments: Adjustments) {
    const { manuscript, use } = this.#job;
    const cover = { path: '/cover.svg', alt: coverDescription(manuscript.metadata) };
    const source = toTypst({
      manuscript,
      layout,
      pictures: this.#pictures,
      lastPage,
      adjustments,
      ...(use === 'screen' && { cover }),
      ...(this.#marksPages && { marksPages: true }),
    });
    for (const [path, text] of source.files) {
      if (this.#files.get(path) === text) continue;
      this.compiler.mapShadow(join(WORKSPACE, path), Buffer.from(text));
      this.#files.set(path, text);
    }
    return compile(this.compiler, source.document);
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
