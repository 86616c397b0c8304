import { isLanguage } from '../rule.ts';

/** Quotation marks of a language: outer and inner pair, with what stands between mark and text. */
export type QuoteStyle = {
  open: string;
  close: string;
  innerOpen: string;
  innerClose: string;
  /** Spaces inside the outer marks. */
  gap: string;
};

const style = (outer: string, inner: string, gap = ''): QuoteStyle => ({
  open: outer.charAt(0),
  close: outer.charAt(1),
  innerOpen: inner.charAt(0),
  innerClose: inner.charAt(1),
  gap,
});

/** By language, the narrower tag first. */
const STYLES: readonly (readonly [string, QuoteStyle])[] = [
  ['de-CH', style('«»', '‹›')],
  ['de', style('„“', '‚‘')],
  ['fr-CH', style('«»', '‹›')],
  ['fr', style('«»', '“”', '\u202F')],
  ['es', style('«»', '“”')],
  ['ca', style('«»', '“”')],
  ['it', style('«»', '“”')],
  ['pt-PT', style('«»', '“”')],
  ['pt', style('“”', '‘’')],
  ['el', style('«»', '“”')],
  ['pl', style('„”', '«»')],
  ['ro', style('„”', '«»')],
  ['hu', style('„”', '»«')],
  ['ru', style('«»', '„“')],
  ['uk', style('«»', '„“')],
  ['be', style('«»', '„“')],
  ['bg', style('„“', '‚‘')],
  ['cs', style('„“', '‚‘')],
  ['sk', style('„“', '‚‘')],
  ['sl', style('„“', '‚‘')],
  ['nb', style('«»', '‘’')],
  ['nn', style('«»', '‘’')],
  ['no', style('«»', '‘’')],
  ['da', style('»«', '›‹')],
  ['sv', style('””', '’’')],
  ['fi', style('””', '’’')],
  ['ja', style('「」', '『』')],
  ['zh-Hant', style('「」', '『』')],
  ['zh-TW', style('「」', '『』')],
  ['zh', style('“”', '‘’')],
];

const ENGLISH = style('“”', '‘’');

/** The quotation marks of a language (BCP 47); English ones where none are known. */
export function quoteStyle(language: string): QuoteStyle {
  return STYLES.find(([tag]) => isLanguage(language, [tag]))?.[1] ?? ENGLISH;
}
