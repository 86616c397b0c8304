import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { annotationSchema, appearanceSchema, placeSchema } from '../reading/readingModel.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

const opened = z.object({ sessionId: z.string() });

export type NavigationItem = {
  label: string;
  path: string | null;
  fragment: string | null;
  children: NavigationItem[];
};
const navigationSchema: z.ZodType<NavigationItem> = z.object({
  label: z.string(),
  path: z.string().nullable(),
  fragment: z.string().nullable(),
  children: z.array(z.lazy(() => navigationSchema)),
});

/** One document of the reading order. */
export const readingSectionSchema = z.object({
  path: z.string(),
  cfi: z.string(),
  linear: z.boolean(),
  layout: z.enum(['reflowable', 'pre-paginated']),
  flow: z.enum(['auto', 'paginated', 'scrolled-doc', 'scrolled-continuous']),
  spread: z.enum(['auto', 'none', 'both']),
  side: z.enum(['left', 'right', 'center']).nullable(),
  /** Bytes of its markup: a measure of its length before it is read. */
  length: z.int(),
  overlay: z.boolean(),
});

export const openBookSchema = z.object({
  sessionId: z.string(),
  /** Address below which the files of the book are served while it is open. */
  root: z.string(),
  title: z.object({
    text: z.string(),
    language: z.string().nullable(),
    direction: z.enum(['ltr', 'rtl', 'auto']),
  }),
  creators: z.array(z.string()),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  activeClass: z.string().nullable(),
  playbackClass: z.string().nullable(),
  sections: z.array(readingSectionSchema),
  contents: z.array(navigationSchema),
  pages: z.array(navigationSchema),
  landmarks: z.array(navigationSchema),
  /** What could not be read of the book though it opens, for people. */
  troubles: z.array(z.string()),
  place: placeSchema.nullable(),
  annotations: z.array(annotationSchema),
  appearance: appearanceSchema,
});
export type OpenBook = z.infer<typeof openBookSchema>;
export type ReadingSection = z.infer<typeof readingSectionSchema>;

const overlayClipSchema = z.object({
  textPath: z.string(),
  fragment: z.string().nullable(),
  audioPath: z.string().nullable(),
  beginSeconds: z.number(),
  endSeconds: z.number().nullable(),
});

export const readingCalls = {
  'reading.open': defineCall({
    summary: 'Opens an EPUB file, or a book of an open project as it is now, to read.',
    input: z.union([
      z.object({ path: pathSchema }),
      z.object({ projectId: z.string(), bookId: objectIdSchema.optional() }),
    ]),
    output: openBookSchema,
    changes: 'nothing',
  }),
  'reading.close': defineCall({
    summary: 'Closes a book that is being read; its files are served no longer.',
    input: opened,
    output: z.object({}),
    changes: 'nothing',
  }),
  'reading.recent': defineCall({
    summary: 'Books that were read from files, last first.',
    input: z.object({}),
    output: z.object({
      books: z.array(
        z.object({
          path: z.string(),
          title: z.string(),
          creators: z.array(z.string()),
          total: z.number(),
          readAtMs: z.number(),
        }),
      ),
    }),
    changes: 'nothing',
  }),
  'reading.position': defineCall({
    summary: 'Keeps the place that a book is read at.',
    input: opened.extend({ place: placeSchema }),
    output: z.object({}),
    changes: 'files',
  }),
  'reading.appearance': defineCall({
    summary: 'Keeps how books are to look.',
    input: z.object({ appearance: appearanceSchema }),
    output: z.object({}),
    changes: 'files',
  }),
  'reading.annotations': defineCall({
    summary: 'Bookmarks, highlights and notes of a book, in no order.',
    input: opened,
    output: z.object({ annotations: z.array(annotationSchema) }),
    changes: 'nothing',
  }),
  'reading.annotate': defineCall({
    summary: 'Adds an annotation, or changes the one of the same id.',
    input: opened.extend({ annotation: annotationSchema }),
    output: z.object({}),
    changes: 'files',
  }),
  'reading.removeAnnotation': defineCall({
    summary: 'Removes an annotation.',
    input: opened.extend({ id: z.string() }),
    output: z.object({}),
    changes: 'files',
  }),
  'reading.exportAnnotations': defineCall({
    summary: 'Writes the annotations of a book to a file in the form of EPUB Annotations (W3C).',
    input: opened.extend({ output: pathSchema, force: z.boolean().default(false) }),
    output: z.object({ output: z.string(), count: z.int() }),
    changes: 'files',
  }),
  'reading.importAnnotations': defineCall({
    summary:
      'Adds the annotations of such a file to a book; those of an id that is there replace it.',
    input: opened.extend({ path: pathSchema }),
    output: z.object({
      annotations: z.array(annotationSchema),
      added: z.int(),
      skipped: z.int(),
      /** Whether the file says it belongs to another book. */
      isOfOtherBook: z.boolean(),
    }),
    changes: 'files',
  }),
  'reading.overlay': defineCall({
    summary: 'What reads a document of a book aloud: stretches of its text with their sound.',
    input: opened.extend({ section: z.int().min(0) }),
    output: z.object({ clips: z.array(overlayClipSchema) }),
    changes: 'nothing',
  }),
};
