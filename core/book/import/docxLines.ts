import { childElement, type XmlElement } from '../../xml/xmlElement.ts';
import type { DocxPackage } from './docxPackage.ts';
import type { ParagraphStyle } from './docxStyles.ts';
import type { MeterLine, MeterRun } from './meterLine.ts';
import { bitsOf } from './pageLines.ts';

/** What Word no longer shows, or shows twice. */
const SILENT = new Set([
  'del',
  'movefrom',
  'instrtext',
  'delinstrtext',
  'rt',
  'ppr',
  'rpr',
  'sectpr',
  'fldchar',
]);

/**
 * All text that a Word file shows in its body and notes, paragraph by paragraph, with the marks of its runs. Elements in
 * `setAside`, which the reader accounts for, are passed over.
 */
export function* docxLines(
  file: DocxPackage,
  language: string,
  setAside: ReadonlySet<XmlElement>,
): Generator<MeterLine> {
  yield* paragraphsIn(file.body, 'document');
  for (const note of file.footnotes.values()) yield* paragraphsIn(note, 'footnotes');
  for (const note of file.endnotes.values()) yield* paragraphsIn(note, 'endnotes');

  function* paragraphsIn(element: XmlElement, where: string): Generator<MeterLine> {
    if (setAside.has(element) || SILENT.has(element.name)) return;
    if (element.name === 'p') {
      const style = file.styles.paragraphStyle(childElement(element, 'ppr'));
      const runs: MeterRun[] = [];
      const boxes: XmlElement[] = [];
      collect(element, style, runs, boxes);
      yield* linesOf(runs, where);
      for (const box of boxes) yield* paragraphsIn(box, where);
      return;
    }
    for (const child of shown(element)) yield* paragraphsIn(child, where);
  }

  function collect(
    element: XmlElement,
    style: ParagraphStyle,
    runs: MeterRun[],
    boxes: XmlElement[],
  ): void {
    for (const child of shown(element)) {
      if (setAside.has(child) || SILENT.has(child.name)) continue;
      if (child.name === 'r') collectRun(child, style, runs, boxes);
      else if (child.name === 'txbxcontent') boxes.push(child);
      else if (child.name === 't') runs.push({ text: textIn(child), marks: 0 });
      else collect(child, style, runs, boxes);
    }
  }

  function collectRun(
    run: XmlElement,
    style: ParagraphStyle,
    runs: MeterRun[],
    boxes: XmlElement[],
  ): void {
    const { marks } = file.styles.marksOfRun(childElement(run, 'rpr'), style, language);
    const bits = style.kind === 'code' ? bitsOf({ code: true }) : bitsOf(marks);
    for (const child of shown(run)) {
      if (setAside.has(child)) continue;
      const text = textOfPiece(child);
      if (text !== null) runs.push({ text, marks: bits });
      else collect({ ...child, children: [child] }, style, runs, boxes);
    }
  }
}

function* linesOf(runs: readonly MeterRun[], where: string): Generator<MeterLine> {
  let line: MeterRun[] = [];
  for (const { text, marks } of runs) {
    for (const [index, part] of text.split('\n').entries()) {
      if (index > 0) {
        yield { where, runs: line };
        line = [];
      }
      line.push({ text: part, marks });
    }
  }
  yield { where, runs: line };
}

function textIn(element: XmlElement): string {
  return element.children.filter((child) => typeof child === 'string').join('');
}

/** The text of a piece of a run, or null for what is none. */
export function textOfPiece(element: XmlElement): string | null {
  switch (element.name) {
    case 't':
      return textIn(element);
    case 'tab':
    case 'ptab':
      return ' ';
    case 'br':
    case 'cr':
      return '\n';
    case 'nobreakhyphen':
      return '\u2011';
    case 'softhyphen':
      return '\u00ad';
    default:
      return null;
  }
}

/** The elements in an element that count: of alternatives the first that this program understands. */
export function shown(element: XmlElement): XmlElement[] {
  return element.children.flatMap((child): XmlElement[] => {
    if (typeof child === 'string') return [];
    if (child.name !== 'alternatecontent') return [child];
    const chosen = childElement(child, 'choice') ?? childElement(child, 'fallback');
    return chosen ? shown(chosen) : [];
  });
}
