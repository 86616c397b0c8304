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

/** A run that may be kept on one line. */
type PrintedRun = TextRun & { isWhole?: true };

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
 * no hyphen within; where words have no spaces between them, the last letters. Paragraphs that are shorter than a line
 * stay as they are.
 */
export function tieLastWords(inlines: readonly Inline[]): Inline[] {
  const last = inlines.findLastIndex((inline) => inline.kind === 'text');
  const run = inlines[last];
  if (run?.kind !== 'text' || run.code || run.text.length < SHORTEST_TIED_CHARS)
    return [...inlines];
  const tied = tiedWords(run) ?? (last === inlines.length - 1 ? tiedLetters(run) : null) ?? [run];
  return [...inlines.slice(0, last), ...tied, ...inlines.slice(last + 1)];
}

function tiedWords(run: TextRun): PrintedRun[] | null {
  let at = run.text.length;
  do at = run.text.lastIndexOf(' ', at - 1);
  while (at > 0 && run.text.length - at - 1 < LEAST_LAST_LINE_CHARS);
  const tail = run.text.slice(at + 1);
  if (at <= 0 || tail.length > LONGEST_TIED_CHARS) return null;
  return [
    { ...run, text: run.text.slice(0, at + 1) },
    { ...run, text: tail.replaceAll(' ', '\u00a0') },
  ];
}

/** A line may end on either side of what is kept whole, so it begins where one may begin. */
function tiedLetters(run: TextRun): PrintedRun[] | null {
  const letters = [...run.text];
  const at = letters.findLastIndex((letter, index) => {
    const isLetter = CJK.test(letter) && !NOT_AT_HEAD.test(letter);
    const isAfterOpening = /\p{Ps}/u.test(letters[index - 1] ?? '');
    return index <= letters.length - LEAST_LAST_LINE_CJK && isLetter && !isAfterOpening;
  });
  if (at <= 0 || letters.length - at > LONGEST_TIED_CHARS) return null;
  return [
    { ...run, text: letters.slice(0, at).join('') },
    { ...run, text: letters.slice(at).join(''), isWhole: true },
  ];
}
