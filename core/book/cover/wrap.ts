import { BLEED_IN, type Paper, TRIM_SIZES, type TrimSize } from '../print/trims.ts';

/** How thick a page is, inches: half the leaf (KDP, “Create a paperback cover”). */
const PAGE_THICKNESS_IN: Readonly<Record<Paper, number>> = {
  white: 0.002252,
  cream: 0.0025,
  colour: 0.002347,
};
/** Spines of fewer pages are too thin for words (KDP). */
export const LEAST_SPINE_TEXT_PAGES = 79;
/** How far words stay from the edges of a spine, inches. */
export const SPINE_CLEARANCE_IN = 0.0625;
/** How far words and barcode stay from what is cut, inches. */
export const SAFE_IN = 0.25;
const BARCODE_IN = { width: 2, height: 1.2 } as const;

/**
 * A whole paperback cover, laid flat: back, spine, front, or front, spine, back where lines run from the right, with bleed
 * about it. Inches from the upper left corner.
 */
export type CoverWrap = {
  widthIn: number;
  heightIn: number;
  spineIn: number;
  bleedIn: number;
  back: { x: number; y: number; width: number; height: number };
  spine: { x: number; y: number; width: number; height: number };
  front: { x: number; y: number; width: number; height: number };
  hasSpineText: boolean;
  barcode: { x: number; y: number; width: number; height: number };
};

/** The cover of a book of so many pages; its spine grows with every page and the kind of paper. */
export function coverWrap(input: {
  trim: TrimSize;
  pages: number;
  paper: Paper;
  direction: 'ltr' | 'rtl';
}): CoverWrap {
  const { widthIn: width, heightIn: height } = TRIM_SIZES[input.trim];
  const spineIn = input.pages * PAGE_THICKNESS_IN[input.paper];
  const y = BLEED_IN;
  const isFromRight = input.direction === 'rtl';
  const left = { x: BLEED_IN, y, width, height };
  const spine = { x: BLEED_IN + width, y, width: spineIn, height };
  const right = { x: BLEED_IN + width + spineIn, y, width, height };
  const [back, front] = isFromRight ? [right, left] : [left, right];
  return {
    widthIn: 2 * width + spineIn + 2 * BLEED_IN,
    heightIn: height + 2 * BLEED_IN,
    spineIn,
    bleedIn: BLEED_IN,
    back,
    spine,
    front,
    hasSpineText: input.pages >= LEAST_SPINE_TEXT_PAGES,
    barcode: {
      // By the spine.
      x: isFromRight ? back.x + SAFE_IN : back.x + width - SAFE_IN - BARCODE_IN.width,
      y: y + height - SAFE_IN - BARCODE_IN.height,
      ...BARCODE_IN,
    },
  };
}
