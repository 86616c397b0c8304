import { refuse } from '../fault.ts';

/** Page sizes that print-on-demand shops take for novels, width by height in inches. A5 is 148 × 210 mm (ISO 216). */
export const TRIM_SIZES = {
  '5x8in': { widthIn: 5, heightIn: 8 },
  '5.06x7.81in': { widthIn: 5.06, heightIn: 7.81 },
  '5.25x8in': { widthIn: 5.25, heightIn: 8 },
  '5.5x8.5in': { widthIn: 5.5, heightIn: 8.5 },
  '6x9in': { widthIn: 6, heightIn: 9 },
  '6.14x9.21in': { widthIn: 6.14, heightIn: 9.21 },
  a5: { widthIn: 148 / 25.4, heightIn: 210 / 25.4 },
} as const;
export type TrimSize = keyof typeof TRIM_SIZES;

export const DEFAULT_TRIM_SIZE: TrimSize = '5.5x8.5in';

/** The trim size a user named; refuses `book/unknown-trim-size`. */
export function trimSize(name: string): TrimSize {
  const known = Object.keys(TRIM_SIZES) as TrimSize[];
  const found = known.find((size) => size === name.toLowerCase().replaceAll(' ', ''));
  if (found !== undefined) return found;
  return refuse(
    'book/unknown-trim-size',
    `“${name}” is not a page size Inkreel sets books in. Choose one of ${known.join(', ')}.`,
    { known },
  );
}

/** The most pages KDP binds as a paperback on white paper. */
export const MAX_PRINT_PAGES = 828;
/** The least distance of text from the three outer edges, inches, without bleed (KDP). */
export const MIN_OUTER_MARGIN_IN = 0.25;

/** The least inner margin, inches, for a book of so many pages (KDP paperback table). */
export function gutterIn(pages: number): number {
  if (pages <= 150) return 0.375;
  if (pages <= 300) return 0.5;
  if (pages <= 500) return 0.625;
  return pages <= 700 ? 0.75 : 0.875;
}

/** Geometry and type of a book page. Lengths ending in `In` are inches, in `Pt` points of 1/72 inch. */
export type BookLayout = {
  use: 'print' | 'screen';
  widthIn: number;
  heightIn: number;
  insideIn: number;
  outsideIn: number;
  topIn: number;
  bottomIn: number;
  fontPt: number;
  /** From baseline to baseline; the text area holds a whole number of them. */
  linePt: number;
  /** Whether chapters open on a right-hand page, or on the next page. The first always opens on a right-hand page. */
  openings: 'recto' | 'next';
};

export type BookLayoutInput = {
  use: BookLayout['use'];
  trim: TrimSize;
  /** Expected number of pages; decides the gutter of a printed book. */
  pages: number;
  openings?: BookLayout['openings'];
};

const POINTS_PER_INCH = 72;
/** White space that stays visible beside the gutter. */
const INNER_MARGIN_BESIDE_GUTTER_IN = 0.32;

/** The page of a book: mirrored margins with the shop's gutter for print, equal margins for the screen. */
export function bookLayout(input: BookLayoutInput): BookLayout {
  const { widthIn, heightIn } = TRIM_SIZES[input.trim];
  const fontPt = Math.round((5.2 + widthIn * 0.86) * 10) / 10;
  const linePt = Math.round(fontPt * 1.42 * 10) / 10;
  const outsideIn = round(widthIn * 0.112);
  const insideIn =
    input.use === 'print'
      ? round(gutterIn(input.pages) + INNER_MARGIN_BESIDE_GUTTER_IN)
      : round(widthIn * 0.125);
  const topIn = round(heightIn * 0.097);
  const textPt = (heightIn * (1 - 0.1) - topIn) * POINTS_PER_INCH;
  const lines = Math.floor(textPt / linePt);
  return {
    use: input.use,
    widthIn,
    heightIn,
    insideIn,
    outsideIn: input.use === 'print' ? outsideIn : insideIn,
    topIn,
    bottomIn: heightIn - topIn - (lines * linePt) / POINTS_PER_INCH,
    fontPt,
    linePt,
    openings: input.openings ?? 'next',
  };
}

function round(inches: number): number {
  return Math.round(inches * 1_000) / 1_000;
}
