import { SCRIPTS } from './scripts.ts';

/**
 * Text as a Typst string literal. The book's text only ever enters a Typst source this way, so no character in it can be
 * taken for markup or code.
 */
export function typstString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/**
 * Prose as it is printed. Long dashes that book fonts lack (U+2E3A, U+2E3B) are set as the em dashes they stand for;
 * marks that only guide where lines break on screens (U+2060, U+200B, U+FEFF) have no glyph and are left out, but between
 * Chinese and Japanese characters, where lines break anywhere and the face has them.
 */
export function printText(text: string): string {
  return text
    .replaceAll('\u2E3A', '\u2014\u2014')
    .replaceAll('\u2E3B', '\u2014\u2014\u2014')
    .replaceAll(STRAY_MARKS, '');
}

const CJK = `[${SCRIPTS.cjk.letters}]`;
const STRAY_MARKS = new RegExp(`(?<!${CJK})\\u2060|\\u2060(?!${CJK})|\\u200B|\\uFEFF`, 'gu');
