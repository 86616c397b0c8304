import { z } from 'zod';
import { METERED_MARKS } from '../book/import/meterLine.ts';
import { isIsbn } from '../book/isbn.ts';
import { TRIM_NAMES } from '../book/print/trims.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';
import { checkSchema, lossSchema } from './films.ts';

const project = z.object({ projectId: z.string() });
const book = project.extend({
  /** Default: the only book, or the first. */
  bookId: objectIdSchema.optional(),
});

/** Formats in which a book is read aloud: one file with chapters, a folder with a file for each, or text with sound. */
export const narratedFormatSchema = z.enum(['m4b', 'mp3', 'mp3-chapters', 'epub-read-along']);
export type NarratedFormat = z.infer<typeof narratedFormatSchema>;

export const bookFormatSchema = z.enum([
  'epub',
  'pdf',
  'print',
  'docx',
  'html',
  'md',
  ...narratedFormatSchema.options,
]);
/** Whether a book of this format is read aloud, which takes voices and time. */
export function isNarrated(format: BookFormat): format is NarratedFormat {
  return narratedFormatSchema.safeParse(format).success;
}

export type BookFormat = z.infer<typeof bookFormatSchema>;

/** Page sizes that books are set in, by name: `5.5x8.5in`. */
export const trimSchema = z.enum(TRIM_NAMES);

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
  /** Of a narration: how long it is, how many sentences it has, and how many were spoken anew. */
  durationSeconds: z.number().optional(),
  sentences: z.int().optional(),
  newlySpoken: z.int().optional(),
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

/** What an import made, and how much of the source it carried. */
export const importedBookSchema = z.object({
  bookId: objectIdSchema,
  chapters: z.int(),
  words: z.int(),
  /** What could not be carried, each with where it stood and what became of it. */
  losses: z.array(lossSchema),
  /** Words and marks of the source, and how many of them the book has; only kinds that occur. */
  meter: z.array(
    z.object({
      kind: z.enum(['words', ...METERED_MARKS]),
      inSource: z.int().min(0),
      inBook: z.int().min(0),
    }),
  ),
  /** Pictures that were taken into the project. */
  pictures: z.int(),
  /** The cover's picture, by its name among the project's media. */
  cover: z.string().optional(),
});

export const bookCalls = {
  'book.import': defineCall({
    summary:
      'Reads EPUB, Word, Markdown, HTML or plain text into a new book, with a count of words and marks and a report of what it could not carry. It shows as a job, which can be cancelled.',
    input: project.extend({ path: pathSchema }),
    output: importedBookSchema,
    changes: 'project',
  }),
  'book.export': defineCall({
    summary: 'Starts writing a book; the job’s result is a book result.',
    input: book.extend({
      format: bookFormatSchema,
      output: pathSchema,
      force: z.boolean().default(false),
      /** Default: as the book's design has it. */
      trim: trimSchema.optional(),
      epub: epubOptionsSchema.prefault({}),
      docx: docxOptionsSchema.prefault({}),
      /** Whether pictures that are too large for shops and e-readers are made smaller. */
      fitPictures: z.boolean().default(true),
      /** Moment that the files carry as their date (ISO 8601); default now. Fix it for equal bytes. */
      date: z.iso.datetime().optional(),
      /** Who reads a narrated book: id or name of a voice. Default: as the book says, or the first of its language. */
      voice: z.string().min(1).max(200).optional(),
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
      /** Default: as the book's design has it. */
      trim: trimSchema.optional(),
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
