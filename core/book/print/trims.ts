import { refuse } from '../../fault.ts';

/** How a shop prints: the most pages it binds on each paper, or null where it does not print that size. */
export type ShopLimits = { white: number; cream: number | null; colour: number } | null;

/**
 * A page size that print-on-demand shops take, width by height in inches. `kdp`: pages of a paperback, by paper (KDP,
 * “Print options”). `ingram`: whether IngramSpark lists the size for perfect binding (File Creation Guide).
 */
export type Trim = {
  widthIn: number;
  heightIn: number;
  name: string;
  kdp: ShopLimits;
  ingram: boolean;
};

const REGULAR: ShopLimits = { white: 828, cream: 776, colour: 828 };
const SQUARE: ShopLimits = { white: 800, cream: 750, colour: 800 };
const LARGE: ShopLimits = { white: 590, cream: 550, colour: 590 };
const MM = 1 / 25.4;

export const TRIM_SIZES = {
  '4.25x7in': { widthIn: 4.25, heightIn: 7, name: 'Mass market', kdp: REGULAR, ingram: true },
  '5x7in': { widthIn: 5, heightIn: 7, name: 'Small', kdp: REGULAR, ingram: true },
  '5x8in': { widthIn: 5, heightIn: 8, name: 'Novel', kdp: REGULAR, ingram: true },
  '5.06x7.81in': { widthIn: 5.06, heightIn: 7.81, name: 'B format', kdp: REGULAR, ingram: true },
  '5.25x8in': { widthIn: 5.25, heightIn: 8, name: 'Novel, wide', kdp: REGULAR, ingram: true },
  '5.5x8.5in': { widthIn: 5.5, heightIn: 8.5, name: 'Digest', kdp: REGULAR, ingram: true },
  a5: { widthIn: 148 * MM, heightIn: 210 * MM, name: 'A5', kdp: REGULAR, ingram: true },
  '6x9in': { widthIn: 6, heightIn: 9, name: 'Trade', kdp: REGULAR, ingram: true },
  '6.14x9.21in': { widthIn: 6.14, heightIn: 9.21, name: 'Royal', kdp: REGULAR, ingram: true },
  '6.69x9.61in': {
    widthIn: 6.69,
    heightIn: 9.61,
    name: 'Pinched crown',
    kdp: REGULAR,
    ingram: true,
  },
  '7x10in': { widthIn: 7, heightIn: 10, name: 'Textbook', kdp: REGULAR, ingram: true },
  '7.44x9.69in': {
    widthIn: 7.44,
    heightIn: 9.69,
    name: 'Crown quarto',
    kdp: REGULAR,
    ingram: true,
  },
  '7.5x9.25in': { widthIn: 7.5, heightIn: 9.25, name: 'Manual', kdp: REGULAR, ingram: true },
  '8x10in': { widthIn: 8, heightIn: 10, name: 'Picture book', kdp: REGULAR, ingram: true },
  '8.25x8.25in': { widthIn: 8.25, heightIn: 8.25, name: 'Square', kdp: SQUARE, ingram: false },
  '8.5x8.5in': { widthIn: 8.5, heightIn: 8.5, name: 'Square, large', kdp: LARGE, ingram: true },
  '8.5x11in': { widthIn: 8.5, heightIn: 11, name: 'Letter', kdp: LARGE, ingram: true },
} as const satisfies Record<string, Trim>;
export type TrimSize = keyof typeof TRIM_SIZES;

export const DEFAULT_TRIM_SIZE: TrimSize = '5.5x8.5in';
export const TRIM_NAMES = Object.keys(TRIM_SIZES) as [TrimSize, ...TrimSize[]];

/** The trim size a user named; refuses `book/unknown-trim-size`. */
export function trimSize(name: string): TrimSize {
  const found = TRIM_NAMES.find((size) => size === name.toLowerCase().replaceAll(' ', ''));
  if (found !== undefined) return found;
  return refuse(
    'book/unknown-trim-size',
    `“${name}” is not a page size Inkreel sets books in. Choose one of ${TRIM_NAMES.join(', ')}.`,
    { known: TRIM_NAMES },
  );
}

/** The paper inside a book. */
export const PAPERS = ['white', 'cream', 'colour'] as const;
export type Paper = (typeof PAPERS)[number];

/** The most pages that a shop binds of sizes that its table does not have. */
const MOST_UNLISTED = 828;

/** The most pages of a paperback of this size on this paper (KDP). */
export function mostPages(trim: TrimSize, paper: Paper): number {
  const limits: ShopLimits = TRIM_SIZES[trim].kdp;
  return limits?.[paper] ?? MOST_UNLISTED;
}

/** The least inner margin, inches, for a book of so many pages (KDP paperback table). */
export function gutterIn(pages: number): number {
  if (pages <= 150) return 0.375;
  if (pages <= 300) return 0.5;
  if (pages <= 500) return 0.625;
  return pages <= 700 ? 0.75 : 0.875;
}

/** The least distance of text from the three outer edges, inches: KDP without and with bleed; IngramSpark always. */
export const LEAST_MARGIN_IN = { kdp: 0.25, kdpBleed: 0.375, ingram: 0.5 } as const;
/** How far pictures reach over the trimmed edge, inches. */
export const BLEED_IN = 0.125;
