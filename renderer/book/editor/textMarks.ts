import { Mark } from '@tiptap/core';

type Flag = 'emphasis' | 'strong' | 'code' | 'underline' | 'strike' | 'smallCaps';

type Rule =
  | { tag: string; getAttrs?: (element: HTMLElement) => false | null }
  | { style: string; getAttrs?: (value: string) => false | null };

/** The marks that are on or off, with the element of each and what counts as them in text that is pasted. */
const FLAGS: { name: Flag; tag: string; look?: string; read: readonly Rule[] }[] = [
  {
    name: 'emphasis',
    tag: 'em',
    read: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
  },
  {
    name: 'strong',
    tag: 'strong',
    read: [
      { tag: 'strong' },
      // Google Docs wraps everything in a <b> that is not bold.
      { tag: 'b', getAttrs: (element: HTMLElement) => isBold(element.style.fontWeight || 'bold') },
      { style: 'font-weight', getAttrs: (value: string) => isBold(value) },
    ],
  },
  { name: 'underline', tag: 'u', read: [{ tag: 'u' }, { style: 'text-decoration=underline' }] },
  {
    name: 'strike',
    tag: 's',
    read: [
      { tag: 's' },
      { tag: 'del' },
      { tag: 'strike' },
      { style: 'text-decoration=line-through' },
    ],
  },
  {
    name: 'smallCaps',
    tag: 'span',
    look: 'font-variant-caps: small-caps',
    read: [{ style: 'font-variant=small-caps' }, { style: 'font-variant-caps=small-caps' }],
  },
  { name: 'code', tag: 'code', read: [{ tag: 'code' }] },
];

function isBold(weight: string): false | null {
  return /^(?:bold|bolder|[6-9]\d\d)$/.test(weight) ? null : false;
}

function flag(name: Flag, tag: string, look: string | undefined, read: readonly Rule[]) {
  return Mark.create({
    name,
    // What is written after a piece of code is no code.
    inclusive: name !== 'code',
    parseHTML: () => [...read],
    renderHTML: () => [tag, look === undefined ? {} : { style: look }, 0],
  });
}

const Script = Mark.create({
  name: 'script',
  addAttributes: () => ({ place: { default: 'super', rendered: false } }),
  parseHTML: () => [
    { tag: 'sup', attrs: { place: 'super' } },
    { tag: 'sub', attrs: { place: 'sub' } },
  ],
  renderHTML: ({ mark }) => [mark.attrs['place'] === 'sub' ? 'sub' : 'sup', 0],
});

const Language = Mark.create({
  name: 'language',
  addAttributes: () => ({ lang: { default: null } }),
  parseHTML: () => [{ tag: 'span[lang][data-language]' }],
  renderHTML: ({ HTMLAttributes }) => ['span', { ...HTMLAttributes, 'data-language': '' }, 0],
});

const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [{ tag: 'a[href]' }],
  // A link in a text that is written must not be followed by a click into it.
  renderHTML: ({ HTMLAttributes }) => [
    'a',
    { ...HTMLAttributes, rel: 'noreferrer', tabindex: -1 },
    0,
  ],
});

/** The marks of a run of text, one for each of the manuscript's. */
export const TEXT_MARKS = [
  Link,
  Language,
  ...FLAGS.map(({ name, tag, look, read }) => flag(name, tag, look, read)),
  Script,
];
