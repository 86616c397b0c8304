import type { Inline, TextRun } from './manuscript.ts';

type Marks = Omit<TextRun, 'kind' | 'text'>;

/** The marks of a run, without those that are off. */
export function marksOf(run: TextRun): Marks {
  return {
    ...(run.emphasis && { emphasis: run.emphasis }),
    ...(run.strong && { strong: run.strong }),
    ...(run.code && { code: run.code }),
    ...(run.underline && { underline: run.underline }),
    ...(run.strike && { strike: run.strike }),
    ...(run.smallCaps && { smallCaps: run.smallCaps }),
    ...(run.script !== undefined && { script: run.script }),
    ...(run.language !== undefined && { language: run.language }),
    ...(run.link !== undefined && { link: run.link }),
  };
}

/** A run of text with marks. */
export function textRun(text: string, marks: Marks = {}): TextRun {
  return { kind: 'text', text, ...marks };
}

/** Whether two runs carry the same marks. */
function sameMarks(a: Marks, b: Marks): boolean {
  return (
    a.emphasis === b.emphasis &&
    a.strong === b.strong &&
    a.code === b.code &&
    a.underline === b.underline &&
    a.strike === b.strike &&
    a.smallCaps === b.smallCaps &&
    a.script === b.script &&
    a.language === b.language &&
    a.link === b.link
  );
}

/**
 * The one form in which a line of text is kept: no empty runs, neighbours with equal marks joined, no space at either
 * end, and no emphasis or link that begins or ends with a space, since no format shows the difference.
 */
export function tidyInlines(inlines: readonly Inline[]): Inline[] {
  const joined = joinInlines(joinInlines(inlines).flatMap(spacesOutsideMarks));
  return joinInlines(trimEnd(trimStart(joined)));
}

/** The same line without empty runs, neighbours with equal marks made one. */
export function joinInlines(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.kind === 'note') joined.push(inline);
    else if (inline.text === '') continue;
    else if (last?.kind === 'text' && sameMarks(last, inline)) {
      joined[joined.length - 1] = textRun(last.text + inline.text, marksOf(last));
    } else joined.push(textRun(inline.text, marksOf(inline)));
  }
  return joined;
}

function spacesOutsideMarks(inline: Inline): Inline[] {
  if (inline.kind === 'note' || inline.code) return [inline];
  const marks = marksOf(inline);
  if (Object.keys(marks).length === 0) return [inline];
  const [, before = '', text = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(inline.text) ?? [];
  return [textRun(before), textRun(text, marks), textRun(after)];
}

function trimStart(inlines: readonly Inline[]): Inline[] {
  const [first, ...rest] = inlines;
  if (first?.kind !== 'text' || first.code) return [...inlines];
  const text = first.text.replace(/^ +/, '');
  return text === '' ? trimStart(rest) : [textRun(text, marksOf(first)), ...rest];
}

function trimEnd(inlines: readonly Inline[]): Inline[] {
  const last = inlines.at(-1);
  if (last?.kind !== 'text' || last.code) return [...inlines];
  const rest = inlines.slice(0, -1);
  const text = last.text.replace(/ +$/, '');
  return text === '' ? trimEnd(rest) : [...rest, textRun(text, marksOf(last))];
}
