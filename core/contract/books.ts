import { z } from 'zod';
import { DEFAULT_TRIM_SIZE, TRIM_SIZES, type TrimSize } from '../book/printLayout.ts';
import { ignoredPlaceSchema } from '../preflight/ignored.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';
import { checkSchema, lossSchema } from './films.ts';

const project = z.object({ projectId: z.string() });
const book = project.extend({
  /** Default: the only book, or the first. */
  bookId: objectIdSchema.optional(),
});

export const bookFormatSchema = z.enum(['epub', 'pdf', 'print', 'md']);
export type BookFormat = z.infer<typeof bookFormatSchema>;

/** Page sizes that books are set in, by name: `5.5x8.5in`. */
export const trimSchema = z.enum(Object.keys(TRIM_SIZES) as TrimSize[]);

/** What a finished book file is, and what was checked about it. */
export const bookResultSchema = z.object({
  output: z.string(),
  pages: z.int().optional(),
  words: z.int(),
  elapsedMs: z.number(),
  sizeBytes: z.number(),
  checks: z.array(checkSchema),
  /** Where the conformance report stands, for programs and for people. */
  report: z.object({ json: z.string(), html: z.string() }).optional(),
});

const severitySchema = z.enum(['error', 'warning', 'info']);

/** Something that a reader, a shop or a printer would stumble over: where, what, why, and what to do. */
export const findingSchema = z.object({
  /** Names the rule for ever. */
  id: z.string(),
  severity: severitySchema,
  where: z.string(),
  message: z.string(),
  why: z.string(),
  fix: z.string(),
  /** Whether `book.mend` knows how to mend it, and whether that changes letters or digits. */
  canFix: z.boolean(),
  changesWords: z.boolean().optional(),
  chapterId: z.string().optional(),
  blockId: z.string().optional(),
  /** Offsets in the text of the block, in UTF-16 units. */
  start: z.int().optional(),
  end: z.int().optional(),
  /** The words around the place, and which of them were found. */
  excerpt: z.string().optional(),
  found: z.object({ start: z.int(), end: z.int() }).optional(),
  note: z.string().optional(),
  /** How many there are in the chapter, for what is named once. */
  count: z.int().optional(),
  /** For `book.ignore`. */
  place: ignoredPlaceSchema.optional(),
});

const countsSchema = z.object({ error: z.int(), warning: z.int(), info: z.int() });

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
      /** Moment that the files carry as their date (ISO 8601); default now. Fix it for equal bytes. */
      date: z.iso.datetime().optional(),
      /** Whether a conformance report is written beside the book. */
      report: z.boolean().default(false),
    }),
    output: z.object({ jobId: z.string() }),
    changes: 'files',
  }),
  'book.check': defineCall({
    summary: 'What a shop, a reader or a printer would object to.',
    input: book.extend({
      /** `text` reads the manuscript and its pictures; `all` makes the EPUB and the print PDF too and checks those. */
      depth: z.enum(['text', 'all']).default('all'),
      trim: trimSchema.default(DEFAULT_TRIM_SIZE),
      /** Of each rule no more findings than these are listed; `rules` counts all of them. */
      mostPerRule: z.int().min(1).max(100_000).default(200),
    }),
    output: z.object({
      /** Whether nothing has to be fixed. */
      ok: z.boolean(),
      findings: z.array(findingSchema),
      counts: countsSchema,
      rules: z.record(z.string(), z.int()),
    }),
    changes: 'nothing',
  }),
  'book.verify': defineCall({
    summary: 'Checks a finished book against the conformance report that was written with it.',
    input: z.object({ report: pathSchema, file: pathSchema.optional() }),
    output: z.object({ ok: z.boolean(), file: z.string(), checks: z.array(checkSchema) }),
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
