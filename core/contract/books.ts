import { z } from 'zod';
import { blocksSchema } from '../book/manuscript.ts';
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
  'book.addPicture': defineCall({
    summary:
      'Adds a picture to the library for use in a book: a file, or bytes that are then kept beside the project.',
    input: project.extend({
      from: z.union([
        z.strictObject({ path: pathSchema }),
        z.strictObject({
          name: z.string().min(1).max(255),
          base64: z.base64().max(60_000_000),
        }),
      ]),
    }),
    output: z.object({
      assetId: objectIdSchema,
      /** What the manuscript calls it. */
      source: z.string(),
    }),
    changes: 'project',
  }),
  'book.chapterStates': defineCall({
    summary: 'The states that a chapter was in, newest first; typing in one go is one state.',
    input: project.extend({
      chapterId: objectIdSchema,
      limit: z.int().min(1).max(2_000).default(500),
    }),
    output: z.object({
      states: z.array(
        z.object({
          revision: z.int(),
          /** What led to it: `Write`, `Replace`. */
          label: z.string(),
          author: z.string(),
          atMs: z.number(),
        }),
      ),
    }),
    changes: 'nothing',
  }),
  'book.chapterState': defineCall({
    summary: 'Title and text of a chapter as they were after a revision.',
    input: project.extend({ chapterId: objectIdSchema, revision: z.int().min(0) }),
    output: z.object({ title: z.string(), blocks: blocksSchema }),
    changes: 'nothing',
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
