import type { Inline, TextRun } from '../manuscript.ts';
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

/** A run that may be set without hyphens, or kept on one line. */
type PrintedRun = TextRun & { isUnhyphenated?: true; isWhole?: true };

/** A run as a Typst expression. */
export function runSource(text: PrintedRun): string {
  let source = text.code ? `raw(${typstString(text.text)})` : typstString(printText(text.text));
  if (text.emphasis) source = `emph(${source})`;
  if (text.strong) source = `strong(${source})`;
  if (text.script !== undefined) source = `${text.script}(${source})`;
  if (text.smallCaps) source = `smallcaps(${source})`;
  if (text.underline) source = `underline(${source})`;
  if (text.strike) source = `strike(${source})`;
  if (text.language !== undefined) source = `text(${typstLanguage(text.language)}, ${source})`;
  if (text.link !== undefined) source = `link(${typstString(text.link)}, ${source})`;
  if (text.isUnhyphenated) source = `text(hyphenate: false, ${source})`;
  // A box stands on its foot, which is below the baseline.
  if (text.isWhole) source = `box(baseline: 0.2em, ${source})`;
  return source;
}

/** What the last line of a paragraph holds at least: more than four letters, and a tenth of any usual measure. */
const LEAST_LAST_LINE_CHARS = 9;
const LONGEST_TIED_CHARS = 22;

/** The same for scripts whose lines may end between any two letters, each about an em wide. */
const LEAST_LAST_LINE_CJK = 6;
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
/** Small kana, the sign that a sound is long and the one that repeats: they stand at the head of no line. */
const NOT_AT_HEAD = /[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々ゝゞヽヾ]/u;
const SHORTEST_TIED_CHARS = 40;

/**
 * Ties the last words of a paragraph together, so that its last line is never a runt: no-break spaces between them, and
 * no hyphen within; where words have no spaces between them, the last letters. They may be of several runs. Paragraphs
 * that are shorter than a line stay as they are.
 */
export function tieLastWords(inlines: readonly Inline[]): Inline[] {
  const tied = [...inlines];
  if (lengthOf(inlines) < SHORTEST_TIED_CHARS) return tied;
  let held = 0;
  for (let index = inlines.length - 1; index >= 0 && held < LEAST_LAST_LINE_CHARS; index -= 1) {
    const run = inlines[index];
    if (run?.kind === 'note') continue;
    if (run === undefined || run.code) break;
    if (held + run.text.length < LEAST_LAST_LINE_CHARS) {
      tied[index] = wholeRun(run);
      held += run.text.length;
      continue;
    }
    const isBeforeNote = inlines[index + 1]?.kind === 'note';
    const parts = tiedWords(run, held) ?? (isBeforeNote ? null : tiedLetters(run, held));
    if (parts !== null) tied.splice(index, 1, ...parts);
    break;
  }
  return tied;
}

function lengthOf(inlines: readonly Inline[]): number {
  return inlines.reduce((sum, one) => sum + (one.kind === 'text' ? one.text.length : 0), 0);
}

function wholeRun(run: TextRun): PrintedRun {
  const text = run.text.replaceAll(' ', '\u00a0');
  return { ...run, text, ...(CJK.test(text) ? { isWhole: true } : { isUnhyphenated: true }) };
}

/** Splits a run before its last words, of which `held` letters stand behind it already. */
function tiedWords(run: TextRun, held: number): PrintedRun[] | null {
  let at = run.text.length;
  do at = run.text.lastIndexOf(' ', at - 1);
  while (at > 0 && held + run.text.length - at - 1 < LEAST_LAST_LINE_CHARS);
  const tail = run.text.slice(at + 1);
  if (at <= 0 || held + tail.length > LONGEST_TIED_CHARS) return null;
  return [
    { ...run, text: run.text.slice(0, at + 1) },
    { ...run, text: tail.replaceAll(' ', '\u00a0'), isUnhyphenated: true },
  ];
}

/** A line may end on either side of what is kept whole, so it begins where one may begin. */
function tiedLetters(run: TextRun, held: number): PrintedRun[] | null {
  const letters = [...run.text];
  const at = letters.findLastIndex((letter, index) => {
    const isLetter = CJK.test(letter) && !NOT_AT_HEAD.test(letter);
    const isAfterOpening = /\p{Ps}/u.test(letters[index - 1] ?? '');
    return held + letters.length - index >= LEAST_LAST_LINE_CJK && isLetter && !isAfterOpening;
  });
  if (at <= 0 || held + letters.length - at > LONGEST_TIED_CHARS) return null;
  return [
    { ...run, text: letters.slice(0, at).join('') },
    { ...run, text: letters.slice(at).join(''), isWhole: true },
  ];
}
