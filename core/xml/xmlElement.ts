/** An element of an XML document: its name and attributes as written, prefix included, and what it holds. */
export type XmlElement = {
  name: string;
  attributes: ReadonlyMap<string, string>;
  /** Elements and text in their order; neighbouring text is one string. Comments and instructions are not kept. */
  children: readonly XmlNode[];
  /** Line on which the element begins, from 1; 0 for one that was not read from a file. */
  line: number;
};
export type XmlNode = XmlElement | string;

/** An element for writing; attributes that are undefined are left out. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  children: readonly XmlNode[] = [],
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]): [string, string][] =>
    value === undefined ? [] : [[key, value]],
  );
  return { name, attributes: new Map(given), children, line: 0 };
}

/** The elements in an element, all or those of one name. */
export function childElements(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.flatMap((child) =>
    typeof child !== 'string' && (name === undefined || child.name === name) ? [child] : [],
  );
}

/** The first element of a name in an element. */
export function childElement(parent: XmlElement, name: string): XmlElement | undefined {
  return childElements(parent, name)[0];
}

/** All text in an element and what it holds, in its order. */
export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === 'string' ? child : textOf(child)))
    .join('');
}
