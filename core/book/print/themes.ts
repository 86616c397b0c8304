import type { BookDesign, Ornament, ThemeId } from './design.ts';
import type { BookFont } from './fonts.ts';

/** How a line of display type looks. Sizes are em of the text; what is absent is as in the text. */
export type LineStyle = {
  font?: BookFont;
  size?: number;
  weight?: 300 | 400 | 500 | 600 | 700 | 800 | 900;
  italic?: true;
  letters?: 'upper' | 'small-caps';
  /** Em of its own size. */
  tracking?: number;
  tint?: 'accent' | 'grey';
};

export type NumberForm = 'arabic' | 'roman' | 'none';
/** A rule or ornament of an opener. */
export type OpenerMark =
  | 'none'
  | 'hairline'
  | 'short-rule'
  | 'bar'
  | 'double-rule'
  | 'ornament'
  | 'band';

export type Theme = {
  id: ThemeId;
  name: string;
  /** For whom, in a sentence. */
  summary: string;
  text: {
    font: BookFont;
    /** Points at a trim width of 5.5 in. */
    sizePt: number;
    /** Baseline to baseline, em. */
    leading: number;
    indentEm: number;
    figures: 'old-style' | 'lining';
    justify: boolean;
    hyphenate: boolean;
    spaced: boolean;
    /** Weight of the text face. */
    weight?: LineStyle['weight'];
  };
  /** Shares of the trim size; the inner margin is the gutter and this much more of the width. */
  margins: { top: number; bottom: number; outside: number; insideMore: number };
  opener: {
    align: 'left' | 'center' | 'right';
    /** Lines above, and between the opener and the text. */
    sink: number;
    gap: number;
    number: NumberForm;
    numberStyle: LineStyle;
    titleStyle: LineStyle;
    above: OpenerMark;
    between: OpenerMark;
    below: OpenerMark;
  };
  leadIn: NonNullable<BookDesign['leadIn']>;
  leadInStyle: LineStyle;
  dropCap: { lines: number; style: LineStyle };
  ornament: Ornament;
  section: { align: 'left' | 'center'; style: LineStyle; low: LineStyle };
  heads: {
    what: NonNullable<BookDesign['runningHeads']>;
    style: LineStyle;
    align: 'center' | 'outer';
    rule: boolean;
  };
  folio: {
    place: NonNullable<BookDesign['folio']>;
    style: LineStyle;
    /** Set on both sides of the folio at the foot. */
    ornament: '' | '–' | '·' | '◆';
  };
  quote: LineStyle;
  title: { align: 'left' | 'center'; style: LineStyle; author: LineStyle; mark: OpenerMark };
  part: LineStyle;
  accent: string;
};

const SMALL_CAPS_HEAD: LineStyle = { size: 0.82, letters: 'small-caps', tracking: 0.08 };

export const THEMES: Readonly<Record<ThemeId, Theme>> = {
  classic: {
    id: 'classic',
    name: 'Classic novel',
    summary:
      'Garamond, centred openers, drop caps and small capitals: the novel as it has been set for a century.',
    text: {
      font: 'garamond',
      sizePt: 11,
      leading: 1.3,
      indentEm: 1.25,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.098, bottom: 0.105, outside: 0.118, insideMore: 0.058 },
    opener: {
      align: 'center',
      sink: 5,
      gap: 3,
      number: 'roman',
      numberStyle: { size: 1.05, tracking: 0.12 },
      titleStyle: { size: 1.42, letters: 'small-caps', tracking: 0.07 },
      above: 'none',
      between: 'none',
      below: 'short-rule',
    },
    leadIn: 'drop-cap',
    leadInStyle: { letters: 'small-caps', tracking: 0.04 },
    dropCap: { lines: 2, style: {} },
    ornament: 'asterisks',
    section: {
      align: 'center',
      style: { letters: 'small-caps', tracking: 0.06 },
      low: { italic: true },
    },
    heads: { what: 'title-chapter', style: SMALL_CAPS_HEAD, align: 'center', rule: false },
    folio: { place: 'head-outer', style: { size: 0.92 }, ornament: '' },
    quote: {},
    title: {
      align: 'center',
      style: { size: 2.35, letters: 'upper', tracking: 0.07 },
      author: { size: 1.2, letters: 'small-caps', tracking: 0.07 },
      mark: 'ornament',
    },
    part: { size: 1.7, letters: 'small-caps', tracking: 0.1 },
    accent: '#6b2a1f',
  },
  modern: {
    id: 'modern',
    name: 'Modern literary',
    summary:
      'Literata, everything hung from the left edge, a quiet number and much white: contemporary fiction.',
    text: {
      font: 'literata',
      sizePt: 10.5,
      leading: 1.44,
      indentEm: 1.4,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.085, bottom: 0.118, outside: 0.122, insideMore: 0.06 },
    opener: {
      align: 'left',
      sink: 2,
      gap: 7,
      number: 'arabic',
      numberStyle: { font: 'literata', size: 1.75, tint: 'grey' },
      titleStyle: { font: 'literata', size: 1.75, tracking: -0.01 },
      above: 'none',
      between: 'none',
      below: 'none',
    },
    leadIn: 'plain',
    leadInStyle: {},
    dropCap: { lines: 3, style: { weight: 400 } },
    ornament: 'blank',
    section: { align: 'left', style: { weight: 700, size: 0.95 }, low: { italic: true } },
    heads: {
      what: 'author-title',
      style: { size: 0.78, tracking: 0.01 },
      align: 'outer',
      rule: false,
    },
    folio: { place: 'foot-outer', style: { size: 0.82 }, ornament: '' },
    quote: {},
    title: {
      align: 'left',
      style: { size: 2.7, tracking: -0.015 },
      author: { size: 1.15 },
      mark: 'none',
    },
    part: { size: 2.4, tracking: -0.015 },
    accent: '#1f4b5f',
  },
  thriller: {
    id: 'thriller',
    name: 'Thriller',
    summary:
      'A tight serif under heavy condensed capitals: short chapters that pull the reader on.',
    text: {
      font: 'libertinus',
      sizePt: 10.6,
      leading: 1.32,
      indentEm: 1.2,
      figures: 'lining',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.102, bottom: 0.1, outside: 0.108, insideMore: 0.055 },
    opener: {
      align: 'left',
      sink: 3,
      gap: 4,
      number: 'arabic',
      numberStyle: { font: 'fira', size: 4.4, weight: 800, tracking: -0.01 },
      titleStyle: { font: 'fira', size: 1.35, weight: 700, letters: 'upper', tracking: 0.06 },
      above: 'none',
      between: 'bar',
      below: 'none',
    },
    leadIn: 'small-caps',
    leadInStyle: { font: 'fira', size: 0.92, weight: 600, letters: 'upper', tracking: 0.05 },
    dropCap: { lines: 3, style: { font: 'fira', weight: 800 } },
    ornament: 'rule',
    section: {
      align: 'left',
      style: { font: 'fira', weight: 700, letters: 'upper', tracking: 0.06, size: 0.92 },
      low: { font: 'fira', weight: 600, size: 0.96 },
    },
    heads: {
      what: 'author-title',
      style: { font: 'fira', size: 0.72, weight: 500, letters: 'upper', tracking: 0.14 },
      align: 'center',
      rule: false,
    },
    folio: { place: 'foot-centre', style: { font: 'fira', size: 0.86, weight: 600 }, ornament: '' },
    quote: {},
    title: {
      align: 'left',
      style: { font: 'fira', size: 3.4, weight: 800, letters: 'upper', tracking: -0.005 },
      author: { font: 'fira', size: 1.2, weight: 500, letters: 'upper', tracking: 0.12 },
      mark: 'bar',
    },
    part: { font: 'fira', size: 2.6, weight: 800, letters: 'upper', tracking: 0.01 },
    accent: '#a3161c',
  },
  romance: {
    id: 'romance',
    name: 'Romance',
    summary: 'Large Cormorant italics with a flourish over a soft Garamond page.',
    text: {
      font: 'garamond',
      sizePt: 11.2,
      leading: 1.34,
      indentEm: 1.3,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.09, bottom: 0.122, outside: 0.12, insideMore: 0.06 },
    opener: {
      align: 'center',
      sink: 4,
      gap: 3,
      number: 'arabic',
      numberStyle: { font: 'cormorant', size: 1.25, italic: true },
      titleStyle: { font: 'cormorant', size: 2.35, italic: true, weight: 500 },
      above: 'none',
      between: 'none',
      below: 'ornament',
    },
    leadIn: 'drop-cap',
    leadInStyle: { italic: true },
    dropCap: { lines: 3, style: { font: 'cormorant', italic: true, weight: 500 } },
    ornament: 'swash',
    section: {
      align: 'center',
      style: { font: 'cormorant', italic: true, size: 1.3, weight: 600 },
      low: { italic: true },
    },
    heads: {
      what: 'author-title',
      style: { font: 'cormorant', italic: true, size: 0.98, weight: 600 },
      align: 'center',
      rule: false,
    },
    folio: { place: 'foot-centre', style: { size: 0.92 }, ornament: '–' },
    quote: { italic: true },
    title: {
      align: 'center',
      style: { font: 'cormorant', size: 3.5, italic: true, weight: 500 },
      author: { font: 'cormorant', size: 1.4, weight: 600, letters: 'small-caps', tracking: 0.06 },
      mark: 'ornament',
    },
    part: { font: 'cormorant', size: 2.8, italic: true, weight: 500 },
    accent: '#8a2f4f',
  },
  fantasy: {
    id: 'fantasy',
    name: 'Fantasy',
    summary:
      'Alegreya with bands, great initials and leaves: a book that could lie on a wizard’s table.',
    text: {
      font: 'alegreya',
      sizePt: 10.8,
      leading: 1.36,
      indentEm: 1.3,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.104, bottom: 0.108, outside: 0.116, insideMore: 0.06 },
    opener: {
      align: 'center',
      sink: 2,
      gap: 3,
      number: 'roman',
      numberStyle: { font: 'alegreya', size: 1, letters: 'small-caps', tracking: 0.16 },
      titleStyle: {
        font: 'alegreya',
        size: 1.9,
        letters: 'small-caps',
        weight: 500,
        tracking: 0.04,
      },
      above: 'band',
      between: 'none',
      below: 'ornament',
    },
    leadIn: 'drop-cap',
    leadInStyle: { letters: 'small-caps', tracking: 0.03 },
    dropCap: { lines: 3, style: { font: 'alegreya', weight: 700 } },
    ornament: 'leaf',
    section: {
      align: 'center',
      style: { letters: 'small-caps', tracking: 0.06, size: 1.1, weight: 500 },
      low: { italic: true },
    },
    heads: {
      what: 'title-chapter',
      style: { size: 0.86, letters: 'small-caps', tracking: 0.08 },
      align: 'center',
      rule: true,
    },
    folio: { place: 'foot-centre', style: { size: 0.92 }, ornament: '◆' },
    quote: {},
    title: {
      align: 'center',
      style: { font: 'alegreya', size: 3, letters: 'small-caps', weight: 500, tracking: 0.03 },
      author: { size: 1.2, letters: 'small-caps', tracking: 0.09 },
      mark: 'band',
    },
    part: { size: 2.2, letters: 'small-caps', weight: 500, tracking: 0.06 },
    accent: '#2f5d3a',
  },
  poetry: {
    id: 'poetry',
    name: 'Poetry',
    summary: 'Cormorant with wide margins and ragged lines; every poem on a page of its own.',
    text: {
      font: 'cormorant',
      sizePt: 11.4,
      leading: 1.38,
      indentEm: 1.2,
      figures: 'old-style',
      justify: false,
      hyphenate: false,
      spaced: false,
      weight: 500,
    },
    margins: { top: 0.12, bottom: 0.13, outside: 0.15, insideMore: 0.085 },
    opener: {
      align: 'left',
      sink: 1,
      gap: 2,
      number: 'none',
      numberStyle: { size: 1 },
      titleStyle: { font: 'cormorant', size: 1.45, weight: 600 },
      above: 'none',
      between: 'none',
      below: 'none',
    },
    leadIn: 'plain',
    leadInStyle: {},
    dropCap: { lines: 2, style: { weight: 500 } },
    ornament: 'asterism',
    section: {
      align: 'left',
      style: { italic: true, size: 1.1, weight: 600 },
      low: { italic: true },
    },
    heads: { what: 'none', style: { italic: true, size: 0.9 }, align: 'outer', rule: false },
    folio: { place: 'foot-outer', style: { size: 1 }, ornament: '' },
    quote: { italic: true },
    title: {
      align: 'left',
      style: { font: 'cormorant', size: 3, weight: 500 },
      author: { font: 'cormorant', size: 1.35, italic: true, weight: 500 },
      mark: 'none',
    },
    part: { font: 'cormorant', size: 2.3, weight: 500 },
    accent: '#3a4a6b',
  },
  essay: {
    id: 'essay',
    name: 'Essay and non-fiction',
    summary:
      'Literata with a condensed sans for heads, numbers and tables; made to be looked things up in.',
    text: {
      font: 'literata',
      sizePt: 10.2,
      leading: 1.42,
      indentEm: 1.3,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.104, bottom: 0.1, outside: 0.12, insideMore: 0.055 },
    opener: {
      align: 'left',
      sink: 1,
      gap: 4,
      number: 'arabic',
      numberStyle: { font: 'fira', size: 1.05, weight: 600, tracking: 0.04 },
      titleStyle: { font: 'literata', size: 2.05, tracking: -0.012, weight: 400 },
      above: 'hairline',
      between: 'none',
      below: 'none',
    },
    leadIn: 'plain',
    leadInStyle: {},
    dropCap: { lines: 3, style: { font: 'fira', weight: 300 } },
    ornament: 'dots',
    section: {
      align: 'left',
      style: { font: 'fira', weight: 600, size: 1.12 },
      low: { font: 'fira', weight: 500, italic: true, size: 1 },
    },
    heads: {
      what: 'title-chapter',
      style: { font: 'fira', size: 0.78, tracking: 0.03 },
      align: 'outer',
      rule: true,
    },
    folio: { place: 'head-outer', style: { font: 'fira', size: 0.84, weight: 600 }, ornament: '' },
    quote: {},
    title: {
      align: 'left',
      style: { font: 'literata', size: 2.7, tracking: -0.015 },
      author: { font: 'fira', size: 1.15, weight: 500, tracking: 0.02 },
      mark: 'hairline',
    },
    part: { font: 'literata', size: 2.3, tracking: -0.012 },
    accent: '#9a4a12',
  },
  memoir: {
    id: 'memoir',
    name: 'Memoir',
    summary: 'Libertinus with italic titles between fine rules; warm, close, unhurried.',
    text: {
      font: 'libertinus',
      sizePt: 11,
      leading: 1.38,
      indentEm: 1.3,
      figures: 'old-style',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.1, bottom: 0.11, outside: 0.122, insideMore: 0.06 },
    opener: {
      align: 'center',
      sink: 4,
      gap: 3,
      number: 'none',
      numberStyle: { size: 1 },
      titleStyle: { size: 1.7, italic: true },
      above: 'double-rule',
      between: 'none',
      below: 'double-rule',
    },
    leadIn: 'small-caps',
    leadInStyle: { letters: 'small-caps', tracking: 0.045 },
    dropCap: { lines: 2, style: {} },
    ornament: 'fleuron',
    section: { align: 'center', style: { italic: true, size: 1.1 }, low: { italic: true } },
    heads: {
      what: 'title-chapter',
      style: { italic: true, size: 0.9 },
      align: 'outer',
      rule: false,
    },
    folio: { place: 'head-outer', style: { size: 0.92 }, ornament: '' },
    quote: {},
    title: {
      align: 'center',
      style: { size: 2.7, italic: true },
      author: { size: 1.15, letters: 'small-caps', tracking: 0.08 },
      mark: 'double-rule',
    },
    part: { size: 2, italic: true },
    accent: '#7a4b1e',
  },
  victorian: {
    id: 'victorian',
    name: 'Victorian',
    summary:
      'A sharp Didone with spaced capitals and an asterism, for ghosts, detectives and parlours.',
    text: {
      font: 'didone',
      sizePt: 10.4,
      leading: 1.34,
      indentEm: 1.5,
      figures: 'lining',
      justify: true,
      hyphenate: true,
      spaced: false,
    },
    margins: { top: 0.1, bottom: 0.108, outside: 0.118, insideMore: 0.06 },
    opener: {
      align: 'center',
      sink: 3,
      gap: 3,
      number: 'roman',
      numberStyle: { size: 1.2, letters: 'upper', tracking: 0.14 },
      titleStyle: { size: 1.15, letters: 'upper', tracking: 0.16 },
      above: 'double-rule',
      between: 'short-rule',
      below: 'none',
    },
    leadIn: 'drop-cap',
    leadInStyle: { letters: 'small-caps', tracking: 0.03 },
    dropCap: { lines: 3, style: {} },
    ornament: 'asterism',
    section: {
      align: 'center',
      style: { letters: 'small-caps', tracking: 0.08 },
      low: { italic: true },
    },
    heads: {
      what: 'author-title',
      style: { size: 0.74, letters: 'upper', tracking: 0.16 },
      align: 'center',
      rule: true,
    },
    folio: { place: 'head-outer', style: { size: 0.9 }, ornament: '' },
    quote: {},
    title: {
      align: 'center',
      style: { size: 2.1, letters: 'upper', tracking: 0.1 },
      author: { size: 1.05, letters: 'upper', tracking: 0.14 },
      mark: 'double-rule',
    },
    part: { size: 1.6, letters: 'upper', tracking: 0.16 },
    accent: '#4a1f2d',
  },
  storybook: {
    id: 'storybook',
    name: 'Storybook',
    summary: 'Round Alegreya, large and ragged, with stars: to be read aloud to a child.',
    text: {
      font: 'alegreya',
      sizePt: 13.4,
      leading: 1.5,
      indentEm: 1.2,
      figures: 'old-style',
      justify: false,
      hyphenate: false,
      spaced: false,
    },
    margins: { top: 0.09, bottom: 0.12, outside: 0.115, insideMore: 0.06 },
    opener: {
      align: 'center',
      sink: 2,
      gap: 2,
      number: 'arabic',
      numberStyle: { font: 'alegreya', size: 2.1, weight: 800, tint: 'accent' },
      titleStyle: { font: 'alegreya', size: 1.6, weight: 700 },
      above: 'none',
      between: 'none',
      below: 'ornament',
    },
    leadIn: 'drop-cap',
    leadInStyle: {},
    dropCap: { lines: 2, style: { font: 'alegreya', weight: 800, tint: 'accent' } },
    ornament: 'star',
    section: {
      align: 'center',
      style: { weight: 700, size: 1.1 },
      low: { weight: 600, italic: true },
    },
    heads: { what: 'none', style: { size: 0.8 }, align: 'center', rule: false },
    folio: { place: 'foot-centre', style: { size: 0.85, weight: 700 }, ornament: '' },
    quote: { italic: true },
    title: {
      align: 'center',
      style: { font: 'alegreya', size: 2.7, weight: 800 },
      author: { size: 1.05, weight: 500 },
      mark: 'ornament',
    },
    part: { size: 2, weight: 800 },
    accent: '#1d6f8f',
  },
  'large-print': {
    id: 'large-print',
    name: 'Large print',
    summary: 'Sixteen points and more, ragged, no hyphens, strong heads: easy on tired eyes.',
    text: {
      font: 'literata',
      sizePt: 17,
      leading: 1.4,
      indentEm: 1.2,
      figures: 'lining',
      justify: false,
      hyphenate: false,
      spaced: false,
      weight: 500,
    },
    margins: { top: 0.088, bottom: 0.088, outside: 0.1, insideMore: 0.045 },
    opener: {
      align: 'left',
      sink: 1,
      gap: 1,
      number: 'arabic',
      numberStyle: { font: 'fira', size: 1.1, weight: 700 },
      titleStyle: { font: 'fira', size: 1.5, weight: 700 },
      above: 'none',
      between: 'none',
      below: 'bar',
    },
    leadIn: 'plain',
    leadInStyle: {},
    dropCap: { lines: 2, style: { font: 'fira', weight: 700 } },
    ornament: 'asterisks',
    section: {
      align: 'left',
      style: { font: 'fira', weight: 700, size: 1.1 },
      low: { font: 'fira', weight: 700, size: 1 },
    },
    heads: {
      what: 'none',
      style: { font: 'fira', size: 0.75, weight: 500 },
      align: 'outer',
      rule: false,
    },
    folio: { place: 'foot-outer', style: { font: 'fira', size: 0.95, weight: 600 }, ornament: '' },
    quote: {},
    title: {
      align: 'left',
      style: { font: 'fira', size: 2.2, weight: 800 },
      author: { font: 'fira', size: 1.1, weight: 500 },
      mark: 'bar',
    },
    part: { font: 'fira', size: 1.9, weight: 800 },
    accent: '#123f7a',
  },
};
