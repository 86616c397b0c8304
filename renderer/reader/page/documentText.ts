/** The text of a document as one string, and the way between places in it and offsets of the string. */
export type DocumentText = { text: string; nodes: readonly Text[]; starts: readonly number[] };

const known = new WeakMap<Document, DocumentText>();

/** The text of a document of a book: all that stands in its body but scripts and styles. */
export function documentText(doc: Document): DocumentText {
  const kept = known.get(doc);
  if (kept !== undefined) return kept;
  const nodes: Text[] = [];
  const starts: number[] = [];
  const parts: string[] = [];
  let length = 0;
  // A damaged document can be without a body.
  const root = doc.querySelector('body') ?? doc.documentElement;
  const walker = doc.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_CDATA_SECTION);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!isText(node) || /^(script|style|parsererror)$/i.test(node.parentElement?.localName ?? ''))
      continue;
    nodes.push(node);
    starts.push(length);
    parts.push(node.data);
    length += node.data.length;
  }
  const read = { text: parts.join(''), nodes, starts };
  known.set(doc, read);
  return read;
}

/** The stretch of a document between two offsets of its text. */
export function rangeBetween(doc: Document, start: number, end: number): Range {
  const text = documentText(doc);
  const range = doc.createRange();
  const first = nodeAt(text, start, 'after');
  const last = nodeAt(text, Math.max(start, end), start === end ? 'after' : 'before');
  if (first === null || last === null) {
    range.selectNodeContents(doc.querySelector('body') ?? doc.documentElement);
    range.collapse(true);
    return range;
  }
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset);
  return range;
}

/** The offset in the text of a document at which a place in it lies. */
export function offsetOf(doc: Document, node: Node, offset: number): number {
  const { nodes, starts, text } = documentText(doc);
  if (isText(node)) {
    const index = indexOfNode(nodes, node);
    if (index >= 0) return (starts[index] ?? 0) + offset;
  }
  const at = node.childNodes[offset] ?? null;
  // The first text at or after the place.
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const candidate = nodes[middle];
    if (candidate !== undefined && isBefore(candidate, node, at)) low = middle + 1;
    else high = middle;
  }
  return starts[low] ?? text.length;
}

function isBefore(text: Text, parent: Node, at: Node | null): boolean {
  if (at !== null) {
    const order = at.compareDocumentPosition(text);
    return (order & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  }
  // Behind the last child: all that the parent holds is before it.
  const order = parent.compareDocumentPosition(text);
  return (order & (Node.DOCUMENT_POSITION_PRECEDING | Node.DOCUMENT_POSITION_CONTAINED_BY)) !== 0;
}

function indexOfNode(nodes: readonly Text[], node: Node): number {
  let low = 0;
  let high = nodes.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const candidate = nodes[middle];
    if (candidate === node) return middle;
    const order = candidate?.compareDocumentPosition(node) ?? 0;
    if ((order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function nodeAt(
  { nodes, starts }: DocumentText,
  offset: number,
  side: 'before' | 'after',
): { node: Text; offset: number } | null {
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const start = starts[middle] ?? 0;
    if (side === 'after' ? start <= offset : start < offset) low = middle;
    else high = middle - 1;
  }
  const node = nodes[low];
  if (node === undefined) return null;
  return { node, offset: Math.min(node.data.length, Math.max(0, offset - (starts[low] ?? 0))) };
}

/** Nodes of another window are no instances of this window’s classes. */
function isText(node: Node): node is Text {
  return node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
}
