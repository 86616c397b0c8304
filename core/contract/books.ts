import { z } from 'zod';
import { coverDesignSchema } from '../book/cover/coverDesign.ts';
import { METERED_MARKS } from '../book/import/meterLine.ts';
import { isIsbn } from '../book/isbn.ts';
import { blocksSchema } from '../book/manuscript.ts';
import { bookDesignSchema } from '../book/print/design.ts';
import { DEFAULT_TRIM_SIZE, TRIM_NAMES } from '../book/print/trims.ts';
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

/** Formats in which a book is read aloud: one file with chapters, a folder with a file for each, or text with sound. */
export const narratedFormatSchema = z.enum(['m4b', 'mp3', 'mp3-chapters', 'epub-read-along']);
export type NarratedFormat = z.infer<typeof narratedFormatSchema>;

export const bookFormatSchema = z.enum([
  'epub',
  'pdf',
  'print',
  'cover',
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
  /** Where the conformance report stands, for programs and for people. */
  report: z.object({ json: z.string(), html: z.string() }).optional(),
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
  /** Where lines run from the right, the first page is a left one. */
  direction: z.enum(['ltr', 'rtl']),
});

const severitySchema = z.enum(['error', 'warning', 'info']);

/** Something that a reader, a shop or a printer would stumble over: where, what, why, and what to do. */
const findingSchema = z.object({
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

const countsSchema = z.object({ error: z.int(), warning: z.int(), info: z.int() });

export const bookCalls = {
  'book.import': defineCall({
    summary:
      'Reads EPUB, Word, Markdown, HTML or plain text into a new book, with a count of words and marks and a report of what it could not carry. It shows as a job, which can be cancelled.',
    input: project.extend({ path: pathSchema }),
    output: importedBookSchema,
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
