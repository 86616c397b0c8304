/**
 * What a typesetter changes by hand so that pages come out right, by the id of the block concerned. Nothing here changes
 * a word.
 */
export type Adjustments = {
  /** How a paragraph is set tighter (below 0) or looser, thousandths of an em of tracking, at most ±10. */
  fits: ReadonlyMap<string, number>;
  /** Lines of white added at a scene break. */
  breaks: ReadonlyMap<string, number>;
  /** Blocks on whose page the last lines, so many, are left free. */
  shortPages: ReadonlyMap<string, number>;
  /** Lines of white added between the opening of a chapter and its text, by the id of the chapter. */
  openings: ReadonlyMap<string, number>;
  /** Paragraphs that are set without hyphens. */
  unhyphenated: ReadonlySet<string>;
};

export const NO_ADJUSTMENTS: Adjustments = {
  fits: new Map(),
  breaks: new Map(),
  shortPages: new Map(),
  openings: new Map(),
  unhyphenated: new Set(),
};

/** The furthest that a paragraph’s tracking may be moved, thousandths of an em. */
export const MOST_FIT = 10;
