import { Node } from '@tiptap/core';
import { tableNodes } from './tableNodes.ts';

/** The id of a block, which its text carries through every edit. The two halves of a split block get two ids. */
const ID = {
  id: {
    default: null,
    parseHTML: (element: HTMLElement) => element.getAttribute('data-block'),
    renderHTML: ({ id }: Record<string, unknown>) =>
      typeof id === 'string' ? { 'data-block': id } : {},
  },
};

/** A named attribute that is written to the element as `data-…`. */
function data(name: string, initial: string | number | boolean | null = null) {
  const key = `data-${name.toLowerCase()}`;
  return {
    [name]: {
      default: initial,
      parseHTML: (element: HTMLElement) => readData(element.getAttribute(key), initial),
      renderHTML: (attributes: Record<string, unknown>) =>
        attributes[name] === initial ? {} : { [key]: String(attributes[name]) },
    },
  };
}

function readData(value: string | null, initial: string | number | boolean | null) {
  if (value === null) return initial;
  if (typeof initial === 'number') return Number(value);
  return typeof initial === 'boolean' ? value === 'true' : value;
}

const ALIGN = {
  align: {
    default: null,
    parseHTML: (element: HTMLElement) => {
      const stated = element.style.textAlign;
      return stated === 'center' ? 'center' : stated === 'right' || stated === 'end' ? 'end' : null;
    },
    renderHTML: ({ align }: Record<string, unknown>) =>
      typeof align === 'string' ? { style: `text-align: ${align}` } : {},
  },
};

const Doc = Node.create({ name: 'doc', topNode: true, content: 'block+' });
const Text = Node.create({ name: 'text', group: 'inline' });

const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1_000,
  group: 'block',
  content: 'inline*',
  addAttributes: () => ({ ...ID, ...ALIGN }),
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
});

const Heading = Node.create({
  name: 'heading',
  group: 'block',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({
    ...ID,
    level: {
      default: 1,
      parseHTML: (element: HTMLElement) => levelOf(element.tagName),
      rendered: false,
    },
  }),
  parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}` })),
  // The title of the chapter is the heading above them all.
  renderHTML: ({ node, HTMLAttributes }) => [
    `h${Number(node.attrs['level']) + 1}`,
    HTMLAttributes,
    0,
  ],
});

/** Headings of the page go from h2, below the chapter's title; h1 of other programs is the first level too. */
function levelOf(tag: string): number {
  return Math.min(5, Math.max(1, Number(tag.slice(1)) - 1));
}

function container(name: 'blockquote' | 'letter' | 'epigraph', kind: string) {
  return Node.create({
    name,
    group: 'block',
    content: 'block+',
    defining: true,
    addAttributes: () => ID,
    parseHTML: () =>
      name === 'blockquote'
        ? [{ tag: 'blockquote:not([data-kind])' }]
        : [{ tag: `blockquote[data-kind="${kind}"]` }],
    renderHTML: ({ HTMLAttributes }) => [
      'blockquote',
      name === 'blockquote' ? HTMLAttributes : { ...HTMLAttributes, 'data-kind': kind },
      0,
    ],
  });
}

const BlockQuote = container('blockquote', 'quote');
const Letter = container('letter', 'letter');
const Epigraph = container('epigraph', 'epigraph');

/** `start` is null for bullets. */
const List = Node.create({
  name: 'list',
  group: 'block',
  content: 'listItem+',
  addAttributes: () => ({
    ...ID,
    start: {
      default: null,
      parseHTML: (element: HTMLElement) =>
        element.tagName === 'OL' ? Number(element.getAttribute('start') ?? '1') : null,
      rendered: false,
    },
  }),
  parseHTML: () => [{ tag: 'ul' }, { tag: 'ol' }],
  renderHTML: ({ node, HTMLAttributes }) => {
    const start: unknown = node.attrs['start'];
    return start === null ? ['ul', HTMLAttributes, 0] : ['ol', { ...HTMLAttributes, start }, 0];
  },
});

const ListItem = Node.create({
  name: 'listItem',
  content: 'block+',
  defining: true,
  addAttributes: () => ID,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
});

const Verse = Node.create({
  name: 'verse',
  group: 'block',
  content: 'verseLine+',
  defining: true,
  addAttributes: () => ID,
  parseHTML: () => [{ tag: 'div[data-kind="verse"]' }],
  renderHTML: ({ HTMLAttributes }) => ['div', { ...HTMLAttributes, 'data-kind': 'verse' }, 0],
});

const VerseLine = Node.create({
  name: 'verseLine',
  content: 'inline*',
  parseHTML: () => [{ tag: 'div[data-kind="line"]' }],
  renderHTML: () => ['div', { 'data-kind': 'line' }, 0],
});

const CodeBlock = Node.create({
  name: 'codeBlock',
  group: 'block',
  content: 'text*',
  marks: '',
  code: true,
  defining: true,
  addAttributes: () => ({ ...ID, ...data('language') }),
  parseHTML: () => [{ tag: 'pre', preserveWhitespace: 'full' as const }],
  renderHTML: ({ HTMLAttributes }) => ['pre', HTMLAttributes, ['code', 0]],
});

const SceneBreak = Node.create({
  name: 'sceneBreak',
  group: 'block',
  atom: true,
  addAttributes: () => ID,
  parseHTML: () => [{ tag: 'hr' }],
  renderHTML: ({ HTMLAttributes }) => ['hr', HTMLAttributes],
});

const Picture = Node.create({
  name: 'picture',
  group: 'block',
  atom: true,
  draggable: true,
  addAttributes: () => ({
    ...ID,
    ...data('source', ''),
    ...data('alt', ''),
    ...data('decorative', false),
    ...data('caption'),
  }),
  parseHTML: () => [{ tag: 'figure[data-source]' }],
  renderHTML: ({ HTMLAttributes }) => ['figure', HTMLAttributes],
});

/** A footnote, where it is called, with its whole text. The page shows its mark; the text opens in place. */
const Note = Node.create({
  name: 'note',
  group: 'inline',
  inline: true,
  atom: true,
  content: 'block+',
  addAttributes: () => ID,
  parseHTML: () => [{ tag: 'span[data-kind="note"]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', { ...HTMLAttributes, 'data-kind': 'note' }, 0],
});

/** Every node of a chapter, one for each kind of block of the manuscript and the parts of them. */
export const BLOCK_NODES = [
  Doc,
  Text,
  Paragraph,
  Heading,
  BlockQuote,
  Letter,
  Epigraph,
  List,
  ListItem,
  Verse,
  VerseLine,
  CodeBlock,
  SceneBreak,
  Picture,
  ...tableNodes(ID, data('caption')),
  Note,
];
