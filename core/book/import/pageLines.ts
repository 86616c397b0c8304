import type { XmlElement } from '../../xml/xmlElement.ts';
import type { BookStyles } from './bookStyles.ts';
import { type Marks, marksOfElement } from './marksOfElement.ts';
import { markBit, type MeterLine, type MeterRun } from './meterLine.ts';

/** Elements that begin and end a line of their own. */
const LINES = new Set(
  'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol optgroup option p pre section summary table tbody td tfoot th thead title tr ul'.split(
    ' ',
  ),
);
const SILENT = new Set(['head', 'script', 'style', 'template', 'rp', 'annotation', 'metadata']);
/** Blocks whose look is how the kind of block is set, not a mark on its words. */
export const SET_APART = new Set('h1 h2 h3 h4 h5 h6 th caption figcaption pre'.split(' '));

/**
 * All text that a page holds, line by line, as the loss meter wants it: plainly, in the order of the page, with no
 * thought of what a reader makes of it. Elements in `setAside`, which the reader accounts for, are passed over.
 */
export function* pageLines(
  root: XmlElement,
  styles: BookStyles,
  language: string,
  where: string,
  setAside: ReadonlySet<XmlElement> = new Set(),
): Generator<MeterLine> {
  const runs: MeterRun[] = [];
  yield* linesIn(root, [], {}, false);
  if (runs.length > 0) yield { where, runs };

  function* linesIn(
    element: XmlElement,
    ancestors: XmlElement[],
    outer: Marks,
    isSetApart: boolean,
  ): Generator<MeterLine> {
    if (SILENT.has(element.name) || setAside.has(element)) return;
    const isLine = LINES.has(element.name);
    if (isLine && runs.length > 0) yield { where, runs: runs.splice(0) };
    const book = { language, isSetApart };
    const marks = marksOfElement(element, ancestors, outer, styles, book);
    const bits = element.name === 'pre' ? markBit('code') : bitsOf(marks);
    const inner = isSetApart || SET_APART.has(element.name);
    ancestors.push(element);
    for (const child of element.children) {
      if (typeof child === 'string') runs.push({ text: child, marks: bits });
      else yield* linesIn(child, ancestors, marks, inner);
    }
    ancestors.pop();
    if (isLine && runs.length > 0) yield { where, runs: runs.splice(0) };
  }
}

/** Marks as the bits of a metered run. */
export function bitsOf(marks: Marks): number {
  return (
    (marks.emphasis ? markBit('emphasis') : 0) |
    (marks.strong ? markBit('strong') : 0) |
    (marks.smallCaps ? markBit('smallCaps') : 0) |
    (marks.underline ? markBit('underline') : 0) |
    (marks.strike ? markBit('strike') : 0) |
    (marks.code ? markBit('code') : 0) |
    (marks.language ? markBit('language') : 0) |
    (marks.link ? markBit('link') : 0) |
    (marks.script ? markBit(marks.script) : 0)
  );
}
