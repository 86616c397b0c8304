import type { Inline, TextRun } from '../manuscript.ts';
import { SCRIPTS } from './scripts.ts';
import { typstLanguage } from './typstLanguage.ts';
import { printText, typstString } from './typstText.ts';

/** A call of `wordsOf` gives each of these as Typst content. */
export type NoteSource = (note: Extract<Inline, { kind: 'note' }>) => string;

/** Runs and notes as Typst content; `tail` keeps the end of a paragraph together. */
export function lineSource(inlines: readonly Inline[], note: NoteSource): string {
  return inlines
    .map((inline) => (inline.kind === 'note' ? note(inline) : `#${runSource(inline)};`))
    .join('');
}

/** A run as a Typst expression. */
export function runSource(text: TextRun): string {
  let source = text.code ? `raw(${typstString(text.text)})` : typstString(printText(text.text));
  if (text.emphasis) source = `emph(${source})`;
  if (text.strong) source = `strong(${source})`;
  if (text.script !== undefined) source = `${text.script}(${source})`;
  if (text.smallCaps) source = `smallcaps(${source})`;
  if (text.underline) source = `underline(${source})`;
  if (text.strike) source = `strike(${source})`;
  if (text.language !== undefined) source = `text(${typstLanguage(text.language)}, ${source})`;
  if (text.link !== undefined) source = `link(${typstString(text.link)}, ${source})`;
  return source;
}

/** What the last line of a paragraph holds at least: more than four letters, and a tenth of any usual measure. */
const LEAST_LAST_LINE_CHARS = 9;
const LONGEST_TIED_CHARS = 22;
/** The last characters of a paragraph without spaces, where it is likely longer than a line. */
const TIED_CJK = new RegExp(`(?<=[${SCRIPTS.cjk.letters}]{20})[${SCRIPTS.cjk.letters}]{4}$`, 'u');

/**
 * Ties the last words of a paragraph together, so that its last line is never a runt: no-break spaces between them, and
 * no hyphen within. Paragraphs that are shorter than a line stay as they are.
 */
export function tieLastWords(inlines: readonly Inline[]): Inline[] {
  const last = inlines.findLastIndex((inline) => inline.kind === 'text');
  const run = inlines[last];
  if (run?.kind !== 'text' || run.code) return [...inlines];
  if (TIED_CJK.test(run.text)) {
    const tied = { ...run, text: run.text.replace(TIED_CJK, joined) };
    return [...inlines.slice(0, last), tied, ...inlines.slice(last + 1)];
  }
  if (run.text.length < 40) return [...inlines];
  let at = run.text.length;
  do at = run.text.lastIndexOf(' ', at - 1);
  while (at > 0 && run.text.length - at - 1 < LEAST_LAST_LINE_CHARS);
  const tail = run.text.slice(at + 1);
  if (at <= 0 || tail.length > LONGEST_TIED_CHARS) return [...inlines];
  const tied = [
    { ...run, text: run.text.slice(0, at + 1) },
    { ...run, text: tieText(tail) },
  ];
  return [...inlines.slice(0, last), ...tied, ...inlines.slice(last + 1)];
}

function joined(text: string): string {
  return [...text].join('\u2060');
}

/** Word joiners keep hyphenation out of a text and leave no trace in it. */
function tieText(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
