import { type BookDesign, DEFAULT_THEME, type Ornament } from './design.ts';
import { BOOK_FONTS } from './fonts.ts';
import { LATIN_LETTERS, leadStyle, type Letters } from './letters.ts';
import { type Theme, THEMES } from './themes.ts';
import {
  BLEED_IN,
  DEFAULT_TRIM_SIZE,
  gutterIn,
  LEAST_MARGIN_IN,
  type Paper,
  TRIM_SIZES,
  type TrimSize,
} from './trims.ts';

/** Geometry and type of a book page. Lengths ending in `In` are inches, in `Pt` points of 1/72 inch. */
export type BookLayout = {
  use: 'print' | 'screen';
  trim: TrimSize;
  theme: Theme;
  widthIn: number;
  heightIn: number;
  insideIn: number;
  outsideIn: number;
  topIn: number;
  bottomIn: number;
  /** How far the sheet reaches over the trimmed edges: nothing, or a bleed at top, bottom and outside. */
  bleedIn: number;
  fontPt: number;
  /** From baseline to baseline; the text area holds a whole number of them. */
  linePt: number;
  /** Lines of a full page. */
  lines: number;
  /** Whether chapters open on a right-hand page, or on the next page. The first always opens on a right-hand page. */
  openings: 'recto' | 'next';
  leadIn: Theme['leadIn'];
  ornament: Ornament;
  heads: Theme['heads']['what'];
  folio: Theme['folio']['place'];
  spaced: boolean;
  justify: boolean;
  hyphenate: boolean;
  notes: 'numbers' | 'symbols';
  paper: Paper;
  accent: string;
  letters: Letters;
  figures: Theme['text']['figures'];
  /** Indent of paragraphs, em. */
  indentEm: number;
  /** White between the lines of notes, em of the text. */
  noteLeadingEm: number;
};

export type BookLayoutInput = {
  use: BookLayout['use'];
  trim: TrimSize;
  /** Expected number of pages; decides the gutter of a printed book. */
  pages: number;
  openings?: BookLayout['openings'];
  design?: BookDesign;
  /** Default: Latin. */
  letters?: Letters;
};

const POINTS_PER_INCH = 72;
/** Longer lines tire: on wide pages the margins grow instead (about 72 characters). */
const LONGEST_LINE_EM = 31.5;
/** How much of a wider page goes into larger type; the rest goes into lines and margins. */
const SIZE_PER_WIDTH = 0.42;
const THEME_WIDTH_IN = 5.5;
const NOTE_LEADING_EM = 0.22;
/** Margins are rounded, which must not cost a line its last character. */
const ROUNDING_PT = 0.15;
const LATIN_CHAR_EM = 0.44;

/** The page of a book: mirrored margins with the shop's gutter for print, equal margins for the screen. */
export function bookLayout(input: BookLayoutInput): BookLayout {
  const design = input.design ?? { theme: DEFAULT_THEME };
  const theme = THEMES[design.theme];
  const { widthIn, heightIn } = TRIM_SIZES[input.trim];
  const isPrint = input.use === 'print';
  const letters = input.letters ?? LATIN_LETTERS;
  const lead = leadStyle(letters);
  const faceFactor = lead?.sizeFactor ?? BOOK_FONTS[theme.text.font].sizeFactor;
  const factor = ((design.textSize ?? 100) / 100) * faceFactor;
  const grown = 1 + SIZE_PER_WIDTH * (widthIn / THEME_WIDTH_IN - 1);
  const fontPt = tenth(theme.text.sizePt * factor * grown);
  const leading = theme.text.leading * (lead?.leadingFactor ?? 1);
  const linePt = tenth((fontPt * leading * (design.leading ?? 100)) / 100);
  const least = LEAST_MARGIN_IN.ingram + 0.02;
  const outside = Math.max(least, widthIn * theme.margins.outside);
  const inside = isPrint
    ? Math.max(least, gutterIn(input.pages) + widthIn * theme.margins.insideMore)
    : outside;
  const longestIn = (LONGEST_LINE_EM * fontPt) / POINTS_PER_INCH;
  const tooWide = Math.max(0, widthIn - inside - outside - longestIn);
  const spareIn =
    letters.lead === 'cjk' ? spareOf(widthIn - inside - outside - tooWide, fontPt) : 0;
  const topIn = round(Math.max(least, heightIn * theme.margins.top));
  const bottom = Math.max(least, heightIn * theme.margins.bottom);
  const bottomOf = (lines: number) => heightIn - topIn - (lines * linePt) / POINTS_PER_INCH;
  const rounded = Math.round(((heightIn - topIn - bottom) * POINTS_PER_INCH) / linePt);
  const lines = bottomOf(rounded) < least ? rounded - 1 : rounded;
  const bottomIn = bottomOf(lines);
  return {
    use: input.use,
    trim: input.trim,
    theme,
    widthIn,
    heightIn,
    insideIn: round(inside + tooWide * 0.45),
    outsideIn: round((isPrint ? outside : inside) + tooWide * (isPrint ? 0.55 : 0.45) + spareIn),
    topIn,
    bottomIn,
    bleedIn: isPrint && design.bleed === true ? BLEED_IN : 0,
    fontPt,
    linePt,
    lines,
    openings: input.openings ?? design.openings ?? 'next',
    // Scripts without capitals have neither large nor small ones.
    leadIn: lead === null ? (design.leadIn ?? theme.leadIn) : 'plain',
    ornament: design.ornament ?? theme.ornament,
    heads: design.runningHeads ?? theme.heads.what,
    folio: design.folio ?? theme.folio.place,
    spaced: design.paragraphs === undefined ? theme.text.spaced : design.paragraphs === 'spaced',
    justify: design.alignment === undefined ? theme.text.justify : design.alignment === 'justified',
    hyphenate: design.hyphenation ?? theme.text.hyphenate,
    notes: design.notes ?? 'numbers',
    paper: design.paper ?? 'cream',
    accent: design.colour ?? theme.accent,
    letters,
    // Figures with ascenders and descenders go with small letters, which other scripts do not have.
    figures: lead === null ? theme.text.figures : 'lining',
    indentEm: lead?.indentEm ?? theme.text.indentEm,
    noteLeadingEm: lead?.noteLeadingEm ?? NOTE_LEADING_EM,
  };
}

/** The trim size of a design. */
export function designTrim(design: BookDesign | undefined): TrimSize {
  return design?.trim ?? DEFAULT_TRIM_SIZE;
}

/** What is left of a line of so many inches after as many whole characters as it holds, each an em wide. */
function spareOf(lineIn: number, fontPt: number): number {
  const sparePt = (lineIn * POINTS_PER_INCH) % fontPt;
  return Math.max(0, sparePt - ROUNDING_PT) / POINTS_PER_INCH;
}

function round(inches: number): number {
  return Math.round(inches * 1_000) / 1_000;
}

function tenth(points: number): number {
  return Math.round(points * 10) / 10;
}

/** About how many characters a page holds, with the white of dialogue and chapter ends; for a first guess only. */
export function charsPerPage(layout: BookLayout): number {
  const { widthIn, insideIn, outsideIn, fontPt, lines, letters } = layout;
  const charPt = fontPt * (leadStyle(letters)?.charEm ?? LATIN_CHAR_EM);
  const perLine = ((widthIn - insideIn - outsideIn) * POINTS_PER_INCH) / charPt;
  return perLine * lines * 0.78;
}
