import { childElement, type XmlElement } from '../../xml/xmlElement.ts';
import type { DocxPackage, DocxPart } from './docxPackage.ts';
import type { ParagraphStyle } from './docxStyles.ts';
import { bookLink } from '../link.ts';
import { attribute } from './htmlTree.ts';
import { markBit, type MeterLine, type MeterRun } from './meterLine.ts';
import { bitsOf } from './pageLines.ts';

type Line = { style: ParagraphStyle; runs: MeterRun[]; boxes: XmlElement[]; isLink: boolean };

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
  const fields: string[] = [];
  let part: DocxPart | null = file.document;
  yield* paragraphsIn(file.body, 'document');
  part = file.notesParts.footnotes;
  for (const note of file.footnotes.values()) yield* paragraphsIn(note, 'footnotes');
  part = file.notesParts.endnotes;
  for (const note of file.endnotes.values()) yield* paragraphsIn(note, 'endnotes');

  function* paragraphsIn(element: XmlElement, where: string): Generator<MeterLine> {
    if (setAside.has(element) || SILENT.has(element.name)) return;
    if (element.name === 'p') {
      const style = file.styles.paragraphStyle(childElement(element, 'ppr'));
      const line: Line = { style, runs: [], boxes: [], isLink: false };
      collect(element, line);
      yield* linesOf(line.runs, where);
      for (const box of line.boxes) yield* paragraphsIn(box, where);
      return;
    }
    for (const child of shown(element)) yield* paragraphsIn(child, where);
  }

  function collect(element: XmlElement, line: Line): void {
    for (const child of shown(element)) {
      if (setAside.has(child) || SILENT.has(child.name)) continue;
      if (child.name === 'r') collectRun(child, line);
      else if (child.name === 'txbxcontent') line.boxes.push(child);
      else if (child.name === 't') line.runs.push({ text: textIn(child), marks: 0 });
      else if (child.name === 'hyperlink') {
        const relation = part?.relations.get(attribute(child, 'id') ?? '');
        const isLink = relation?.isOutside === true && bookLink(relation.target) !== null;
        collect(child, { ...line, isLink });
      } else collect(child, line);
    }
  }

  function collectRun(run: XmlElement, line: Line): void {
    const { marks } = file.styles.marksOfRun(childElement(run, 'rpr'), line.style, language);
    for (const child of shown(run)) {
      if (setAside.has(child)) continue;
      if (child.name === 'fldchar') {
        const type = attribute(child, 'fldCharType');
        if (type === 'begin') fields.push('');
        if (type === 'end') fields.pop();
        continue;
      }
      if (child.name === 'instrtext') {
        fields.push((fields.pop() ?? '') + textIn(child));
        continue;
      }
      const text = textOfPiece(child);
      const isLink =
        line.isLink || fields.some((one) => /^\s*HYPERLINK\s+"(?:https?|mailto):/.test(one));
      const bits =
        line.style.kind === 'code'
          ? bitsOf({ code: true })
          : bitsOf(marks) | (isLink ? markBit('link') : 0);
      if (text !== null) line.runs.push({ text, marks: bits });
      else collect({ ...child, children: [child] }, line);
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
