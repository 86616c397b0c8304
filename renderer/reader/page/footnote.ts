const EPUB = 'http://www.idpf.org/2007/ops';
const CALLS = new Set([
  'noteref',
  'doc-noteref',
  'biblioref',
  'doc-biblioref',
  'glossref',
  'doc-glossref',
]);
const NOTES = new Set([
  ...['footnote', 'endnote', 'rearnote', 'note', 'glossdef', 'biblioentry'],
  ...['doc-footnote', 'doc-endnote', 'doc-biblioentry', 'definition'],
]);

/** Roles of an element as EPUB and ARIA name them. */
function roles(element: Element): string[] {
  return `${element.getAttributeNS(EPUB, 'type') ?? ''} ${element.getAttribute('role') ?? ''}`
    .toLowerCase()
    .split(/\s+/);
}

/** Whether a link calls a note: it says so, or it is raised like the number of one. */
function isNoteCall(link: Element): boolean {
  if (roles(link).some((role) => CALLS.has(role))) return true;
  if (roles(link).some((role) => role === 'backlink' || role === 'doc-backlink')) return false;
  const isShort = (link.textContent ?? '').trim().length <= 5;
  return isShort && [link, link.parentElement, link.firstElementChild].some((one) => isRaised(one));
}

/** The note that a call leads to; null when the target is no note but a place in the text. */
export function noteOf(call: Element, target: Element): Element | null {
  const marked = target.closest(`[role], [*|type]`);
  for (let at: Element | null = target; at !== null; at = at.parentElement)
    if (roles(at).some((role) => NOTES.has(role))) return at;
  if (!isNoteCall(call)) return null;
  const block = target.closest('li, aside, p, dd, div');
  // A note is short; a call to a whole chapter is a link.
  const note = block ?? marked ?? target;
  return (note.textContent ?? '').length <= 4_000 && note.localName !== 'body' ? note : null;
}

/** What of a note is shown: paragraphs of plain words with emphasis. Nothing of the book’s markup is taken over. */
export type NoteLine = { kind: 'text' | 'em' | 'strong'; text: string }[];

const BLOCKS = new Set([
  'p',
  'div',
  'li',
  'dd',
  'dt',
  'blockquote',
  'aside',
  'section',
  'tr',
  'br',
]);

export function noteLines(note: Element): NoteLine[] {
  const lines: NoteLine[] = [[]];
  const visit = (node: Node, kind: NoteLine[number]['kind']) => {
    for (const child of node.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) {
        const text = (child.textContent ?? '').replace(/\s+/g, ' ');
        if (text !== '') lines.at(-1)?.push({ kind, text });
        continue;
      }
      if (child.nodeType !== Node.ELEMENT_NODE) continue;
      const name = (child as Element).localName.toLowerCase();
      if (name === 'script' || name === 'style') continue;
      if (roles(child as Element).some((role) => role === 'backlink' || role === 'doc-backlink'))
        continue;
      if (BLOCKS.has(name)) lines.push([]);
      visit(
        child,
        name === 'em' || name === 'i' ? 'em' : name === 'strong' || name === 'b' ? 'strong' : kind,
      );
      if (BLOCKS.has(name)) lines.push([]);
    }
  };
  visit(note, 'text');
  return lines.filter((line) => line.some((part) => part.text.trim() !== ''));
}

function isRaised(element: Element | null): boolean {
  if (element === null) return false;
  if (element.localName.toLowerCase() === 'sup') return true;
  const view = element.ownerDocument.defaultView;
  const align = view?.getComputedStyle(element).verticalAlign ?? '';
  return align === 'super' || align === 'top' || align === 'text-top';
}
