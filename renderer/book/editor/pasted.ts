import { Fragment, type Node, Slice } from '@tiptap/pm/model';

/**
 * What Word, Docs and pages of the web put on the clipboard, without what belongs to them alone: comments, styles of
 * lists, empty paragraphs, pictures that only they can reach.
 */
export function cleanedHtml(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const element of page.querySelectorAll(
    'style, script, meta, link, title, xml, o\\:p, img, svg, iframe',
  ))
    element.remove();
  for (const paragraph of page.querySelectorAll<HTMLElement>('p[class^="MsoListParagraph"]'))
    asListItem(paragraph);
  for (const wrapper of page.querySelectorAll<HTMLElement>('b[id^="docs-internal-guid"]'))
    wrapper.replaceWith(...wrapper.childNodes);
  for (const anchor of page.querySelectorAll('a:not([href]), a[href^="#"], a[href^="file:"]'))
    anchor.replaceWith(...anchor.childNodes);
  return page.body.innerHTML;
}

/** Word writes the items of a list as paragraphs that begin with their sign. */
function asListItem(paragraph: HTMLElement): void {
  const document = paragraph.ownerDocument;
  const sign = (paragraph.textContent ?? '').trim();
  const isNumbered = /^(?:\d+|[a-z])[.)]/i.test(sign);
  for (const span of paragraph.querySelectorAll<HTMLElement>('span[style*="mso-list"]'))
    span.remove();
  const item = document.createElement('li');
  const inner = document.createElement('p');
  inner.append(...paragraph.childNodes);
  item.append(inner);
  const before = paragraph.previousElementSibling;
  const tag = isNumbered ? 'OL' : 'UL';
  if (
    before?.tagName === tag &&
    before instanceof HTMLElement &&
    before.dataset['word'] === 'list'
  ) {
    before.append(item);
    paragraph.remove();
    return;
  }
  const list = document.createElement(tag);
  list.dataset['word'] = 'list';
  list.append(item);
  paragraph.replaceWith(list);
}

/** Plain text as paragraphs: a line each, empty lines between them left out. */
export function pastedText(text: string, paragraph: (line: string) => Node): Slice {
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  return new Slice(Fragment.from(lines.map((line) => paragraph(line))), 1, 1);
}

/** Pasted content without the paragraphs that hold nothing, which other programs use for space. */
export function withoutEmpty(slice: Slice): Slice {
  if (slice.content.childCount < 3) return slice;
  const { openStart, openEnd, content } = slice;
  const kept = content.content.filter(
    (node, index) =>
      index === 0 ||
      index === content.childCount - 1 ||
      node.type.name !== 'paragraph' ||
      node.content.size > 0,
  );
  return new Slice(Fragment.from(kept), openStart, openEnd);
}
