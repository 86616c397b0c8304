/**
 * The typefaces that books are set in. All are open (SIL Open Font License, New Computer Modern: GUST) and come with the
 * app or inside the typesetter; only the glyphs that a book uses go into its files.
 */
export const BOOK_FONTS = {
  garamond: { family: 'EB Garamond', kind: 'serif', sizeFactor: 1.06 },
  literata: { family: 'Literata', kind: 'serif', sizeFactor: 0.94 },
  libertinus: { family: 'Libertinus Serif', kind: 'serif', sizeFactor: 1.03 },
  alegreya: { family: 'Alegreya', kind: 'serif', sizeFactor: 1.02 },
  cormorant: { family: 'Cormorant Garamond', kind: 'serif', sizeFactor: 1.14 },
  didone: { family: 'New Computer Modern', kind: 'serif', sizeFactor: 0.98 },
  /** Fira Sans Condensed, which Typst knows as a narrow Fira Sans. */
  fira: { family: 'Fira Sans', kind: 'sans', sizeFactor: 1 },
} as const;
export type BookFont = keyof typeof BOOK_FONTS;

/** In which order other faces stand in for characters that a face lacks. */
const STAND_INS: readonly BookFont[] = ['literata', 'garamond', 'libertinus', 'alegreya', 'didone'];

/** Arguments of Typst's `text` for a face: its family, then those that stand in for characters it lacks. */
export function fontArguments(font: BookFont): string {
  return `font: ${fontStack(font)}${font === 'fira' ? ', stretch: 75%' : ''}`;
}

function fontStack(font: BookFont): string {
  const names = [font, ...STAND_INS].map((one) => BOOK_FONTS[one].family);
  return `(${[...new Set(names)].map((name) => `"${name}"`).join(', ')})`;
}
