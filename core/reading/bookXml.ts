import type { XmlElement } from '../xml/xmlElement.ts';

/** The name of an element without its prefix: books bind the same namespaces to different prefixes. */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(':') + 1);
}

/** Elements directly in another, by their name without prefix. */
export function childrenNamed(parent: XmlElement | undefined, name?: string): XmlElement[] {
  return (parent?.children ?? []).flatMap((child) =>
    typeof child !== 'string' && (name === undefined || localName(child) === name) ? [child] : [],
  );
}

/** Every element in another, however deep, in the order of the document. */
export function* descendants(parent: XmlElement): Generator<XmlElement> {
  for (const child of parent.children) {
    if (typeof child === 'string') continue;
    yield child;
    yield* descendants(child);
  }
}

/** An attribute by its name without prefix. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined;
  const plain = element.attributes.get(name);
  if (plain !== undefined) return plain;
  for (const [key, value] of element.attributes) if (key.endsWith(`:${name}`)) return value;
  return undefined;
}

/** What is between white space in a list of tokens. */
export function tokens(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((token) => token !== '');
}

/** Text of an element as a person reads it: white space is one space, pictures speak through their alternative text. */
export function labelOf(element: XmlElement): string {
  return spoken(element).replace(/\s+/g, ' ').trim();
}

function spoken(element: XmlElement): string {
  if (localName(element) === 'img') return ` ${element.attributes.get('alt') ?? ''} `;
  return element.children
    .map((child) => (typeof child === 'string' ? child : spoken(child)))
    .join('');
}
