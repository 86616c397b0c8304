import { z } from 'zod';
import { coverDesignSchema } from '../book/cover/coverDesign.ts';
import { bookDesignSchema } from '../book/print/design.ts';
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

export const bookFormatSchema = z.enum(['epub', 'pdf', 'print', 'cover', 'md']);
export type BookFormat = z.infer<typeof bookFormatSchema>;

/** Page sizes that books are set in, by name: `5.5x8.5in`. */
export const trimSchema = z.enum(TRIM_NAMES);

/** What a finished book file is, and what was checked about it. */
export const bookResultSchema = z.object({
  output: z.string(),
  pages: z.int().optional(),
  words: z.int(),
  elapsedMs: z.number(),
  sizeBytes: z.number(),
  checks: z.array(checkSchema),
});

/** Where text and paper end on a page, inches; `gutterIn` is what the shop asks for at this page count. */
const geometrySchema = z.object({
  widthIn: z.number(),
  heightIn: z.number(),
  insideIn: z.number(),
  outsideIn: z.number(),
  topIn: z.number(),
  bottomIn: z.number(),
  gutterIn: z.number(),
  safeIn: z.number(),
  bleedIn: z.number(),
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
      /** Default: as the book's design has it. */
      trim: trimSchema.optional(),
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
      /** Default: as the book's design has it. */
      trim: trimSchema.optional(),
      first: z.int().min(1).default(1),
      count: z.int().min(1).max(20).default(2),
    }),
    output: z.object({
      pageCount: z.int(),
      pages: z.array(z.object({ number: z.int(), svg: z.string() })),
      geometry: geometrySchema,
      /** Pages that are not as a typesetter would have them. */
      faultyPages: z.array(z.int()),
    }),
    changes: 'nothing',
  }),
  'book.designSample': defineCall({
    summary: 'Two facing pages of the beginning of a book in a design, quickly set.',
    input: book.extend({ design: bookDesignSchema }),
    output: z.object({ pages: z.array(z.object({ number: z.int(), svg: z.string() })) }),
    changes: 'nothing',
  }),
  'book.cover': defineCall({
    summary: 'A cover as a drawing: the front, or the whole wrap as wide as the book has pages.',
    input: book.extend({
      /** Default: the book's own. */
      cover: coverDesignSchema.optional(),
      part: z.enum(['front', 'wrap']).default('front'),
    }),
    output: z.object({
      svg: z.string(),
      widthIn: z.number(),
      heightIn: z.number(),
      /** Of a wrap: how thick the book is, and from how many pages. */
      spine: z.object({ widthIn: z.number(), pages: z.int(), hasText: z.boolean() }).optional(),
      hasBarcode: z.boolean(),
    }),
    changes: 'nothing',
  }),
};
