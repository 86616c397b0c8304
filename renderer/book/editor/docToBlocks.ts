import type { Mark, Node } from '@tiptap/pm/model';
import { textRun, tidyInlines } from '#core/book/inlines.ts';
import {
  type Block,
  type Inline,
  linkSchema,
  type ListItem,
  type TableCell,
} from '#core/book/manuscript.ts';

const known = new WeakMap<Node, Block | null>();

/**
 * The document of the editor as blocks of the manuscript. What holds no text is left out: the manuscript has no empty
 * paragraphs. A node that did not change gives the very same block, so the cost of a change is that of what changed.
 */
export function docToBlocks(doc: Node): Block[] {
  return children(doc).flatMap((node) => nodeToBlock(node) ?? []);
}

/** One node as a block; null where there is nothing in it. */
function nodeToBlock(node: Node): Block | null {
  const before = known.get(node);
  if (before !== undefined) return before;
  const made = readBlock(node);
  known.set(node, made);
  return made;
}

function readBlock(node: Node): Block | null {
  const id = idOf(node);
  const { attrs } = node;
  switch (node.type.name) {
    case 'paragraph': {
      const inlines = line(node);
      const align = alignOf(attrs['align']);
      return inlines.length === 0
        ? null
        : { kind: 'paragraph', id, ...(align && { align }), inlines };
    }
    case 'heading': {
      const inlines = line(node);
      return inlines.length === 0
        ? null
        : { kind: 'heading', id, level: Number(attrs['level']), inlines };
    }
    case 'blockquote':
    case 'letter':
    case 'epigraph': {
      const blocks = docToBlocks(node);
      return blocks.length === 0 ? null : { kind: node.type.name, id, blocks };
    }
    case 'list': {
      const items = children(node).flatMap(listItem);
      const start: unknown = attrs['start'];
      if (items.length === 0) return null;
      return { kind: 'list', id, ...(typeof start === 'number' && { start }), items };
    }
    case 'verse': {
      const lines = children(node)
        .map(line)
        .filter((one) => one.length > 0);
      const [first] = lines;
      if (first === undefined) return null;
      return lines.length === 1
        ? { kind: 'paragraph', id, inlines: first }
        : { kind: 'verse', id, lines };
    }
    case 'codeBlock': {
      const language = textOf(attrs['language']);
      const text = withoutControls(node.textContent, /[^\n\t\P{Cc}]/gu);
      return { kind: 'code', id, text, ...(language !== '' && { language }) };
    }
    case 'sceneBreak':
      return { kind: 'scene-break', id };
    case 'picture': {
      const caption = textOf(attrs['caption']);
      return {
        kind: 'image',
        id,
        source: textOf(attrs['source']),
        alt: textOf(attrs['alt']),
        ...(attrs['decorative'] === true && { decorative: true }),
        ...(caption !== '' && { caption }),
      };
    }
    case 'table': {
      const rows = children(node).map((row) => children(row).map(tableCell));
      const caption = textOf(attrs['caption']);
      const headerRows = Math.min(Number(attrs['headerRows']), 20);
      return { kind: 'table', id, headerRows, rows, ...(caption !== '' && { caption }) };
    }
    default:
      throw new Error(`The manuscript has no block for “${node.type.name}”.`);
  }
}

function listItem(node: Node): ListItem[] {
  const blocks = docToBlocks(node);
  return blocks.length === 0 ? [] : [{ id: idOf(node), blocks }];
}

function tableCell(node: Node): TableCell {
  const columns = Number(node.attrs['colspan']);
  const rows = Number(node.attrs['rowspan']);
  const align = alignOf(node.attrs['align']);
  return {
    blocks: docToBlocks(node),
    ...(columns > 1 && { columns }),
    ...(rows > 1 && { rows }),
    ...(align && { align }),
  };
}

function line(node: Node): Inline[] {
  return tidyInlines(children(node).flatMap(inline));
}

function inline(node: Node): Inline[] {
  if (node.type.name === 'note') {
    const blocks = docToBlocks(node);
    return blocks.length === 0 ? [] : [{ kind: 'note', id: idOf(node), blocks }];
  }
  const text = withoutControls(node.text ?? '', /\p{Cc}/gu);
  return text === '' ? [] : [textRun(text, Object.fromEntries(node.marks.flatMap(markOf)))];
}

function markOf(mark: Mark): [string, unknown][] {
  const { name } = mark.type;
  if (name === 'script') return [['script', mark.attrs['place'] === 'sub' ? 'sub' : 'super']];
  if (name === 'language') return [['language', textOf(mark.attrs['lang'])]];
  if (name !== 'link') return [[name, true]];
  const href = textOf(mark.attrs['href']);
  return linkSchema.safeParse(href).success ? [['link', href]] : [];
}

/** The characters that no format of a book could carry come from other programs, never from a keyboard. */
function withoutControls(text: string, controls: RegExp): string {
  return text
    .toWellFormed()
    .replace(controls, ' ')
    .replace(/[\uFFFE\uFFFF]/g, '');
}

function alignOf(value: unknown): 'center' | 'end' | undefined {
  return value === 'center' || value === 'end' ? value : undefined;
}

function idOf(node: Node): string {
  return textOf(node.attrs['id']);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function children(node: Node): Node[] {
  return node.children.slice();
}
