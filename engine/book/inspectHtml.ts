import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import { countWords } from '#core/book/words.ts';
import type { BookCheck } from './bookCheck.ts';

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Reads a finished web page back as a browser would and compares it with the manuscript it was made from. */
export function inspectHtml(bytes: Uint8Array, manuscript: Manuscript, words: number): BookCheck[] {
  const elements = [...elementsOf(parse(new TextDecoder().decode(bytes)))];
  const ids = elements.map((element) => attribute(element, 'id')).filter((id) => id !== undefined);
  const known = new Set(ids);
  const dead = elements
    .map((element) => attribute(element, 'href'))
    .filter((href) => href?.startsWith('#') && !known.has(href.slice(1)));
  const outside = elements.filter(
    ({ tagName, attrs }) =>
      ['script', 'link', 'iframe'].includes(tagName) ||
      attrs.some(({ name, value }) => name === 'src' && !value.startsWith('data:')),
  );
  const sections = elements.filter(({ tagName }) => tagName === 'section');
  const titles = sections.map((section) =>
    textOf(section.childNodes.find((node) => node.nodeName === 'h2')),
  );
  const found = sections.reduce(
    (sum, section) => sum + countWords(chapterText(section), manuscript.metadata.language),
    0,
  );
  const expected = manuscript.chapters.map(chapterLabel);
  return [
    { name: 'self-contained', ok: outside.length === 0, value: outside.length },
    {
      name: 'links',
      ok: dead.length === 0 && known.size === ids.length,
      value: dead.join(', ') || ids.length,
    },
    {
      name: 'contents',
      ok: JSON.stringify(titles) === JSON.stringify(expected),
      value: titles.length,
    },
    { name: 'words', ok: found === words, value: found },
  ];
}

function* elementsOf(node: Node): Generator<Element> {
  if ('tagName' in node) yield node;
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsOf(child);
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

function textOf(node: Node | undefined): string {
  if (node === undefined) return '';
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

const LINE_ENDS = new Set(
  'p h2 h3 h4 h5 h6 li pre blockquote figure figcaption div aside ul ol br hr td th caption table'.split(
    ' ',
  ),
);

/** The text of a chapter without its title, the calls of notes and their numbers. */
function chapterText(section: Element): string {
  const write = (node: Node): string => {
    if (node === section.childNodes.find((child) => child.nodeName === 'h2')) return '';
    if ('value' in node) return node.value;
    if (!('tagName' in node)) return '';
    const kind = attribute(node, 'class');
    if (kind === 'note-call' || kind === 'note-number') return '';
    const text = node.childNodes.map(write).join('');
    return LINE_ENDS.has(node.tagName) ? `\n${text}\n` : text;
  };
  return write(section);
}
