import { z } from 'zod';
import { PAPERS, TRIM_NAMES } from './trims.ts';

/** Interior designs by name; `themes.ts` says what each looks like. */
export const THEME_IDS = [
  'classic',
  'modern',
  'thriller',
  'romance',
  'fantasy',
  'poetry',
  'essay',
  'memoir',
  'victorian',
  'storybook',
  'large-print',
] as const;
export const themeIdSchema = z.enum(THEME_IDS);
export type ThemeId = z.infer<typeof themeIdSchema>;
export const DEFAULT_THEME: ThemeId = 'classic';

export const ORNAMENTS = [
  'asterisks',
  'asterism',
  'fleuron',
  'leaf',
  'diamonds',
  'dots',
  'rule',
  'star',
  'swash',
  'wave',
  'blank',
] as const;
export type Ornament = (typeof ORNAMENTS)[number];

export const LEAD_INS = ['drop-cap', 'small-caps', 'plain'] as const;
export const RUNNING_HEADS = ['author-title', 'title-chapter', 'author-chapter', 'none'] as const;
export const FOLIO_PLACES = ['head-outer', 'foot-centre', 'foot-outer'] as const;

/**
 * How a book is set. A theme with what the author chose otherwise; what is absent is as the theme has it, so a theme can
 * be changed without taking choices along that were never made.
 */
export const bookDesignSchema = z.strictObject({
  theme: themeIdSchema,
  trim: z.enum(TRIM_NAMES).optional(),
  /** Size of the text relative to the theme’s own, per cent. */
  textSize: z.int().min(80).max(160).optional(),
  /** Distance of lines relative to the theme’s own, per cent. */
  leading: z.int().min(85).max(140).optional(),
  /** Whether chapters open on a right-hand page or on the next. */
  openings: z.enum(['recto', 'next']).optional(),
  leadIn: z.enum(LEAD_INS).optional(),
  /** Between scenes. */
  ornament: z.enum(ORNAMENTS).optional(),
  /** What stands over left and right pages. */
  runningHeads: z.enum(RUNNING_HEADS).optional(),
  folio: z.enum(FOLIO_PLACES).optional(),
  /** How paragraphs are told apart. */
  paragraphs: z.enum(['indented', 'spaced']).optional(),
  alignment: z.enum(['justified', 'ragged']).optional(),
  hyphenation: z.boolean().optional(),
  /** Whether notes are numbered through a chapter or marked *, †, ‡ on each page’s turn. */
  notes: z.enum(['numbers', 'symbols']).optional(),
  paper: z.enum(PAPERS).optional(),
  /** Whether pages are a bleed larger than the trimmed book. */
  bleed: z.boolean().optional(),
  /** Accent of the screen edition, `#rrggbb`; print is black. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
});
export type BookDesign = z.infer<typeof bookDesignSchema>;
