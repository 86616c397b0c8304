import { z } from 'zod';

const bookPathSchema = z.string().min(1).max(4_096);

/** Words of a book and what stands around them, by which they are found again in another edition of its text. */
export const quoteSchema = z.object({
  exact: z.string().max(20_000),
  prefix: z.string().max(400),
  suffix: z.string().max(400),
});
export type Quote = z.infer<typeof quoteSchema>;

/**
 * A place in a book, said in three ways so that one of them holds: an EPUB CFI, the words that stand there, and how far
 * into its document it is, from 0 to 1.
 */
export const placeSchema = z.object({
  path: bookPathSchema,
  cfi: z.string().max(4_096).nullable(),
  quote: quoteSchema,
  progression: z.number().min(0).max(1),
  /** How far into the whole book, from 0 to 1. */
  total: z.number().min(0).max(1),
});
export type Place = z.infer<typeof placeSchema>;

/** Colours that the EPUB Annotations draft names. */
export const HIGHLIGHT_COLORS = ['yellow', 'orange', 'pink', 'purple', 'blue', 'green'] as const;
export const highlightColorSchema = z.enum(HIGHLIGHT_COLORS);
export type HighlightColor = z.infer<typeof highlightColorSchema>;

export const HIGHLIGHT_STYLES = ['solid', 'underline', 'strikethrough', 'outline'] as const;

/** Something a reader left in a book. A highlight with a note is a comment. */
export const annotationSchema = z.object({
  id: z.string().min(1).max(200),
  kind: z.enum(['bookmark', 'highlight']),
  place: placeSchema,
  color: highlightColorSchema,
  style: z.enum(HIGHLIGHT_STYLES),
  note: z.string().max(100_000),
  /** Headings above it when it was made. */
  headings: z.array(z.string().max(1_000)).max(12),
  createdAt: z.iso.datetime({ offset: true }),
  modifiedAt: z.iso.datetime({ offset: true }).nullable(),
});
export type Annotation = z.infer<typeof annotationSchema>;

/** How a reader wants books to look; independent of the interface around them. */
export const appearanceSchema = z.object({
  flow: z.enum(['pages', 'scroll']).default('pages'),
  theme: z.enum(['light', 'sepia', 'dark', 'own']).default('light'),
  /** Colours of the theme `own`. */
  paper: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#f2efe6'),
  ink: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#23252b'),
  font: z.enum(['book', 'literata', 'serif', 'sans', 'legible', 'mono']).default('book'),
  /** Percent of the usual size. */
  size: z.int().min(60).max(300).default(110),
  /** Lines of text: hundredths of the size of a letter. */
  lineHeight: z.int().min(110).max(240).default(155),
  /** Widest line, in characters. */
  measure: z.int().min(30).max(110).default(66),
  /** White at the sides of a page, in percent of its width. */
  margin: z.int().min(2).max(20).default(6),
  columns: z.enum(['auto', 'one', 'two']).default('auto'),
  align: z.enum(['book', 'start', 'justify']).default('book'),
  hyphens: z.boolean().default(true),
  /** Wider letters, words and lines for readers with dyslexia. */
  spacing: z.enum(['normal', 'wide']).default('normal'),
  publisherStyles: z.boolean().default(true),
});
export type Appearance = z.infer<typeof appearanceSchema>;

export const DEFAULT_APPEARANCE: Appearance = appearanceSchema.parse({});
