import { defaultTreeAdapter, type DefaultTreeAdapterTypes, parse, parseFragment } from 'parse5';
import { Refusal, refuse, settle } from '../../fault.ts';
import { readXml, type XmlLimits } from '../../xml/readXml.ts';
import type { XmlElement, XmlNode } from '../../xml/xmlElement.ts';

type Node5 = DefaultTreeAdapterTypes.ChildNode;

const MAX_ELEMENTS = 1_000_000;
const MAX_DEPTH = 256;

/**
 * The tree of an HTML document as browsers read it, whatever is wrong with it. Nothing is loaded and nothing runs.
 * Refuses `book/page-too-large` and `book/page-too-deep`.
 */
export function readHtml(text: string): XmlElement {
  let elements = 0;
  const document = parse(text, {
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      createElement: (name, namespace, attributes) => {
        elements += 1;
        if (elements > MAX_ELEMENTS) {
          refuse(
            'book/page-too-large',
            `A page of this book has more than ${MAX_ELEMENTS.toLocaleString('en')} elements. Nothing was imported.`,
          );
        }
        return defaultTreeAdapter.createElement(name, namespace, attributes);
      },
    },
  });
  const root = document.childNodes.find((node) => 'tagName' in node);
  return toTree(root ?? { nodeName: 'html', childNodes: [] });
}

/**
 * The tree of an XHTML document. Characters by their HTML names are understood; one that is not well-formed is read as
 * a browser would read it. Refuses `xml/unsafe` for a document that declares entities, and what `readHtml` refuses.
 */
export function readXhtml(text: string): XmlElement {
  const known = namedCharacters(text);
  const read = settle(() => readXml(known, { depth: MAX_DEPTH }));
  if (read.ok) return withPlainNames(read.value);
  if (read.error.code === 'xml/unsafe') refuseUnsafe();
  if (read.error.code === 'xml/too-deep') refuseDepth();
  // What saxes stops at before it comes to the declarations must not slip through.
  if (/<!ENTITY/i.test(text)) refuseUnsafe();
  // In HTML an empty element must have its end, or everything behind it would stand inside it.
  return readHtml(text.replace(/<([A-Za-z][\w:-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)\/>/g, closed));
}

/**
 * The tree of an XML document with names without prefixes, in lower case. Refuses `xml/unsafe` for one that declares
 * entities, and what `readXml` refuses.
 */
export function readPlainXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const read = settle(() => readXml(text, { depth: MAX_DEPTH, ...limits }));
  if (read.ok) return withPlainNames(read.value);
  if (read.error.code === 'xml/unsafe') refuseUnsafe();
  throw new Refusal(read.error);
}

function refuseUnsafe(): never {
  refuse(
    'xml/unsafe',
    'This book holds XML that declares entities of its own, which can be used to do harm. Nothing was imported.',
  );
}

function refuseDepth(): never {
  refuse(
    'book/page-too-deep',
    `A page of this book is nested deeper than ${MAX_DEPTH} elements. Nothing was imported.`,
  );
}

const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

function closed(whole: string, name: string, attributes: string): string {
  return VOID.test(name) ? whole : `<${name}${attributes}></${name}>`;
}

const XML_NAMES = new Set(['amp', 'lt', 'gt', 'quot', 'apos']);

function namedCharacters(text: string): string {
  if (!/&[A-Za-z]/.test(text)) return text;
  const known = new Map<string, string>();
  return text.replace(/&([A-Za-z][A-Za-z0-9]{1,31});/g, (whole, name: string) => {
    if (XML_NAMES.has(name)) return whole;
    const meaning = known.get(name) ?? characterOf(whole);
    known.set(name, meaning);
    return meaning;
  });
}

function characterOf(reference: string): string {
  const [node] = parseFragment(reference).childNodes;
  const text = node && 'value' in node ? node.value : reference;
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** Names without prefixes, in lower case, as both kinds of page then have them. */
function withPlainNames(element: XmlElement): XmlElement {
  return {
    ...element,
    name: plainName(element.name),
    children: element.children.map((child) =>
      typeof child === 'string' ? child : withPlainNames(child),
    ),
  };
}

function plainName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function toTree(root: Node5 | { nodeName: string; childNodes: Node5[] }): XmlElement {
  const convert = (node: typeof root, depth: number): XmlElement => {
    if (depth > MAX_DEPTH) refuseDepth();
    const attributes = new Map<string, string>();
    if ('attrs' in node) {
      for (const { name, value, prefix } of node.attrs) {
        attributes.set(prefix ? `${prefix}:${name}` : name, value);
      }
    }
    const inner = 'content' in node ? node.content.childNodes : childrenOf(node);
    const children = inner.flatMap((child): XmlNode[] => {
      if (child.nodeName === '#text' && 'value' in child) return [child.value];
      return 'tagName' in child ? [convert(child, depth + 1)] : [];
    });
    return { name: plainName(node.nodeName), attributes, children, line: 0 };
  };
  return convert(root, 1);
}

function childrenOf(node: Node5 | { childNodes: Node5[] }): Node5[] {
  return 'childNodes' in node ? node.childNodes : [];
}

/** The value of an attribute, whatever its prefix: `href` also finds `xlink:href`. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const plain = element.attributes.get(name);
  if (plain !== undefined) return plain;
  for (const [key, value] of element.attributes) {
    if (key.endsWith(`:${name}`)) return value;
  }
  return undefined;
}

/** Every element below and with this one, in the order of the document. */
export function* walkElements(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) if (typeof child !== 'string') yield* walkElements(child);
}

/** The first element of a name, below or with this one. */
export function findElement(element: XmlElement, name: string): XmlElement | undefined {
  for (const found of walkElements(element)) if (found.name === name) return found;
  return undefined;
}
