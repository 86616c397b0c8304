import type { XmlElement, XmlNode } from './xmlElement.ts';

/** What stands before the first element. */
export type WriteXmlOptions = {
  /** Name of the document type, as in `<!DOCTYPE fcpxml>`. */
  doctype?: string;
  /** Elements on lines of their own; only for documents in which space means nothing. */
  indent?: 'none' | 'elements';
};

/**
 * An XML 1.0 document in UTF-8 that reads back as the same tree (with `indent`, apart from space between elements).
 * Characters that XML cannot hold, lone halves of surrogate pairs included, become U+FFFD.
 */
export function writeXml(root: XmlElement, options: WriteXmlOptions = {}): string {
  const { doctype, indent = 'none' } = options;
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n'];
  if (doctype !== undefined) parts.push(`<!DOCTYPE ${doctype}>\n`);
  writeNode(parts, root, indent === 'none' ? null : 0);
  parts.push('\n');
  return parts.join('');
}

function writeNode(parts: string[], node: XmlNode, depth: number | null): void {
  if (typeof node === 'string') {
    parts.push(escapeText(node));
    return;
  }
  parts.push(`<${node.name}`);
  for (const [name, value] of node.attributes) parts.push(` ${name}="${escapeAttribute(value)}"`);
  if (node.children.length === 0) {
    parts.push('/>');
    return;
  }
  parts.push('>');
  // Space beside text would become part of it.
  const inner =
    depth === null || node.children.some((child) => typeof child === 'string') ? null : depth + 1;
  for (const child of node.children) {
    if (inner !== null) parts.push(`\n${'    '.repeat(inner)}`);
    writeNode(parts, child, inner);
  }
  if (inner !== null) parts.push(`\n${'    '.repeat(inner - 1)}`);
  parts.push(`</${node.name}>`);
}

function escapeText(text: string): string {
  return representable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** Line breaks and tabs in attributes would be read as spaces. */
function escapeAttribute(text: string): string {
  return representable(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function representable(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
}
