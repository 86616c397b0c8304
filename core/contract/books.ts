import { z } from 'zod';
import { isIsbn } from '../book/isbn.ts';
import { DEFAULT_TRIM_SIZE, TRIM_SIZES, type TrimSize } from '../book/printLayout.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';
import { checkSchema, lossSchema } from './films.ts';

const project = z.object({ projectId: z.string() });
const book = project.extend({
  /** Default: the only book, or the first. */
  bookId: objectIdSchema.optional(),
});

export const bookFormatSchema = z.enum(['epub', 'pdf', 'print', 'docx', 'html', 'md']);
export type BookFormat = z.infer<typeof bookFormatSchema>;

/** Page sizes that books are set in, by name: `5.5x8.5in`. */
export const trimSchema = z.enum(Object.keys(TRIM_SIZES) as TrimSize[]);

/** What is asked of an EPUB beside its text. */
const epubOptionsSchema = z.object({
  /** Whether it carries the page numbers of the printed edition of the same trim size. */
  pageNumbers: z.boolean().default(false),
  /** ISBN of that edition, when it has one of its own. */
  printIsbn: z.string().max(40).refine(isIsbn, 'That is no ISBN.').optional(),
  /** Whether lines run from top to bottom and pages from right to left. */
  vertical: z.boolean().default(false),
});

/** How a Word manuscript is set, where editors differ. */
const docxOptionsSchema = z.object({
  font: z.enum(['times', 'courier']).default('times'),
  emphasis: z.enum(['italic', 'underline']).default('italic'),
});

/** What a finished book file is, and what was checked about it. */
export const bookResultSchema = z.object({
  output: z.string(),
  pages: z.int().optional(),
  words: z.int(),
  elapsedMs: z.number(),
  sizeBytes: z.number(),
  checks: z.array(checkSchema),
});

const findingSchema = z.object({
  id: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  where: z.string(),
  message: z.string(),
});

export const bookCalls = {
  'book.import': defineCall({
    summary: 'Reads a manuscript into a new book, with a report of what it could not carry.',
    input: project.extend({ path: pathSchema }),
    output: z.object({
      bookId: objectIdSchema,
      chapters: z.int(),
      words: z.int(),
      losses: z.array(lossSchema),
    }),
    changes: 'project',
  }),
  'book.export': defineCall({
    summary: 'Starts writing a book; the job’s result is a book result.',
    input: book.extend({
      format: bookFormatSchema,
      output: pathSchema,
      force: z.boolean().default(false),
      trim: trimSchema.default(DEFAULT_TRIM_SIZE),
      epub: epubOptionsSchema.prefault({}),
      docx: docxOptionsSchema.prefault({}),
      /** Whether pictures that are too large for shops and e-readers are made smaller. */
      fitPictures: z.boolean().default(true),
      /** Moment that the files carry as their date (ISO 8601); default now. Fix it for equal bytes. */
      date: z.iso.datetime().optional(),
    }),
    output: z.object({ jobId: z.string() }),
    changes: 'files',
  }),
  'book.check': defineCall({
    summary: 'What a shop, a reader or a printer would object to.',
    input: book,
    output: z.object({ ok: z.boolean(), findings: z.array(findingSchema) }),
    changes: 'nothing',
  }),
  'book.pages': defineCall({
    summary: 'Typeset pages of a book as SVG, for a preview.',
    input: book.extend({
      trim: trimSchema.default(DEFAULT_TRIM_SIZE),
      first: z.int().min(1).default(1),
      count: z.int().min(1).max(20).default(2),
    }),
    output: z.object({
      pageCount: z.int(),
      pages: z.array(z.object({ number: z.int(), svg: z.string() })),
    }),
    changes: 'nothing',
  }),
};
