import { z } from 'zod';

export const COVER_TEMPLATES = [
  'lamp',
  'plain',
  'bold',
  'frame',
  'band',
  'horizon',
  'mosaic',
  'botanic',
  'night',
  'photo',
] as const;
export const coverTemplateSchema = z.enum(COVER_TEMPLATES);
export type CoverTemplateId = z.infer<typeof coverTemplateSchema>;

export const PALETTES = {
  harbour: { paper: '#f3ece0', ink: '#1d2a35', accent: '#d9913f' },
  ember: { paper: '#1c1413', ink: '#f6e9dc', accent: '#e2542f' },
  moss: { paper: '#e9ecdf', ink: '#22352a', accent: '#7d9a4b' },
  plum: { paper: '#f4e9ee', ink: '#3c1c33', accent: '#b1456e' },
  ice: { paper: '#e7eef3', ink: '#14283d', accent: '#3f86b5' },
  night: { paper: '#10182b', ink: '#f2eedd', accent: '#e4b94f' },
  sand: { paper: '#efe4cf', ink: '#4a2f1c', accent: '#c4643a' },
  chalk: { paper: '#fbfaf7', ink: '#16161a', accent: '#d0342c' },
} as const;
export type PaletteId = keyof typeof PALETTES;
const PALETTE_IDS = Object.keys(PALETTES) as [PaletteId, ...PaletteId[]];
const paletteSchema = z.enum(PALETTE_IDS);

/** What a cover is made from; the words are the book’s own. What is absent is as the template has it. */
export const coverDesignSchema = z.strictObject({
  template: coverTemplateSchema,
  palette: paletteSchema.optional(),
  /** Draws other art of the same kind. */
  seed: z.int().min(0).max(999_999).optional(),
  /** Name of a picture among the project’s assets, in place of drawn art. */
  picture: z.string().min(1).max(1_024).optional(),
  /** On the back of a printed cover; paragraphs by line breaks. */
  backText: z.string().max(4_000).optional(),
  /** Five digits beside the barcode: currency and price, `51499` for 14.99 US dollars (Book Industry Study Group). */
  priceCode: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
});
export type CoverDesign = z.infer<typeof coverDesignSchema>;

export const DEFAULT_COVER: CoverDesign = { template: 'lamp' };
