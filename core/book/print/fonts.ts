import { type Letters, ownScripts } from './letters.ts';
import { type Script, scriptStyle } from './scripts.ts';
import { typstString } from './typstText.ts';

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
export function fontArguments(font: BookFont, letters: Letters): string {
  return `font: ${fontStack(font, letters)}${font === 'fira' ? ', stretch: 75%' : ''}`;
}

/**
 * The faces of a book, in the order in which they are asked for a character. The main script comes first with all that
 * stands between its letters, so that signs and spaces are of one face with them; in Chinese and Japanese, where Latin
 * words have a face of their own, with signs only. Other scripts have their letters alone.
 */
function fontStack(font: BookFont, { lead, others }: Letters): string {
  const [own, ...standIns] = new Set([font, ...STAND_INS].map((one) => BOOK_FONTS[one].family));
  const theme = typstString(own ?? '');
  const first =
    lead === null ? [theme] : withLead(typstString(scriptStyle(lead).family), theme, lead);
  const last = others.map(othersFace);
  return `(${[...first, ...last, ...standIns.map(typstString)].join(', ')})`;
}

function withLead(face: string, theme: string, lead: Script): string[] {
  return lead === 'cjk' ? [`(name: ${theme}, covers: "latin-in-cjk")`, face] : [face, theme];
}

/** Marks between letters that say how these join, how they run and where lines break. */
const UNSEEN = '\\u{200C}-\\u{200F}\\u{2060}';

/** A face for nothing but the letters of its script. */
function othersFace(script: Script): string {
  const { family, letters } = scriptStyle(script);
  return `(name: ${typstString(family)}, covers: regex(${typstString(`[${letters}${UNSEEN}]`)}))`;
}

/** What stands in for the letters that the face of code lacks. */
export function codeFonts(letters: Letters): string {
  const families = ownScripts(letters).map((script) => scriptStyle(script).family);
  return `(${['DejaVu Sans Mono', 'Literata', ...families].map(typstString).join(', ')})`;
}
