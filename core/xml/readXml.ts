import { SaxesParser } from 'saxes';
import { refuse } from '../fault.ts';
import type { XmlElement, XmlNode } from './xmlElement.ts';

/** The most that a document may have; each has a default that no honest document comes near. */
export type XmlLimits = {
  /** Length of the document in UTF-16 code units. */
  characters: number;
  /** Elements inside elements. */
  depth: number;
  /** Elements altogether. */
  elements: number;
  /** Attributes of one element. */
  attributes: number;
  /** Code units of one attribute or of one stretch of text. */
  text: number;
};

const USUAL_LIMITS: XmlLimits = {
  characters: 64 * 1024 * 1024,
  depth: 128,
  elements: 1_000_000,
  attributes: 200,
  text: 8 * 1024 * 1024,
};

/** How much is parsed before the limits are looked at again. */
const CHUNK = 64 * 1024;

type OpenElement = {
  name: string;
  attributes: Map<string, string>;
  children: XmlNode[];
  line: number;
};

/**
 * The tree of an XML 1.0 document. Nothing outside the text is ever read: a document type is passed over, and only the
 * five entities of XML itself and numbered characters stand for anything. Text of nothing but space between elements
 * is kept.
 *
 * Refuses `xml/unsafe` for a document type that declares entities, `xml/too-large` and `xml/too-deep` beyond the
 * limits (as soon as they are reached), and `xml/malformed`, which names line and column, for everything else.
 */
export function readXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const most = { ...USUAL_LIMITS, ...limits };
  if (text.length > most.characters) refuseSize('characters', most.characters);
  const parser = new SaxesParser({ xmlns: false, position: true });
  const reader = treeBuilder(parser, most);
  try {
    for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length; at += CHUNK) {
      parser.write(text.slice(at, at + CHUNK));
      reader.checkText();
    }
    parser.close();
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    const { line, column } = error;
    refuse('xml/malformed', `This XML is damaged at line ${line}, column ${column}.`, {
      line,
      column,
      reason: error.message,
    });
  }
  return (
    reader.root() ??
    refuse('xml/malformed', 'This XML is damaged at line 1, column 1.', { line: 1, column: 1 })
  );
}

/** What the parser finds wrong, on its way out of it. */
class XmlSyntaxError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, place: { line: number; column: number }) {
    super(message);
    this.line = place.line;
    this.column = place.column;
  }
}

function treeBuilder(
  parser: SaxesParser,
  most: XmlLimits,
): { root: () => XmlElement | null; checkText: () => void } {
  const open: OpenElement[] = [];
  let root: OpenElement | null = null;
  let elements = 0;
  let attributes = 0;
  let finishedAt = 0;
  parser.on('error', (error) => {
    throw new XmlSyntaxError(error.message, { line: parser.line, column: parser.column + 1 });
  });
  parser.on('doctype', (declaration) => {
    finishedAt = parser.position;
    if (/<!ENTITY/i.test(declaration)) {
      refuse(
        'xml/unsafe',
        'This XML declares entities of its own, which can be used to do harm. It was not read.',
      );
    }
  });
  parser.on('opentagstart', ({ name }) => {
    finishedAt = parser.position;
    attributes = 0;
    elements += 1;
    if (elements > most.elements) refuseSize('elements', most.elements);
    if (open.length >= most.depth) {
      refuse('xml/too-deep', `This XML is nested deeper than ${most.depth} elements.`, {
        deepest: most.depth,
      });
    }
    const element = { name, attributes: new Map(), children: [], line: parser.line };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('attribute', ({ name, value }) => {
    finishedAt = parser.position;
    attributes += 1;
    if (attributes > most.attributes) refuseSize('attributes of one element', most.attributes);
    if (value.length > most.text) refuseSize('characters of text', most.text);
    const element = open.at(-1);
    if (element?.attributes.has(name) === true) parser.fail(`Duplicate attribute: ${name}.`);
    element?.attributes.set(name, value);
  });
  const addText = (text: string) => {
    finishedAt = parser.position;
    const children = open.at(-1)?.children;
    const last = children?.at(-1);
    const whole = typeof last === 'string' ? last + text : text;
    if (whole.length > most.text) refuseSize('characters of text', most.text);
    if (children === undefined || text === '') return;
    if (typeof last === 'string') children[children.length - 1] = whole;
    else children.push(whole);
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', () => {
    finishedAt = parser.position;
  });
  parser.on('closetag', () => {
    finishedAt = parser.position;
    open.pop();
  });
  return {
    root: () => root,
    // What has not ended yet is not reported, and would be held without end.
    checkText: () => {
      if (parser.position - finishedAt > most.text + CHUNK) {
        refuseSize('characters of text', most.text);
      }
    },
  };
}

function refuseSize(what: string, most: number): never {
  refuse('xml/too-large', `This XML has more than ${most.toLocaleString('en')} ${what}.`, {
    what,
    most,
  });
}
