import type { fromMarkdown } from 'mdast-util-from-markdown';
import { textRun, tidyInlines } from './inlines.ts';
import { bookLink } from './link.ts';
import type { Loss } from './loss.ts';
import { type Block, type Inline, MAX_NESTING, type Note, type Picture } from './manuscript.ts';

export type MarkdownRoot = ReturnType<typeof fromMarkdown>;
export type MarkdownNode = MarkdownRoot['children'][number];
type Marks = Parameters<typeof textRun>[1] & object;
type Definition = Extract<MarkdownNode, { type: 'definition' }>;
type FootnoteDefinition = Extract<MarkdownNode, { type: 'footnoteDefinition' }>;

/** What stands in a line of Markdown before it is sorted into lines and blocks. */
type Piece = Inline | Picture | { kind: 'break' };

export type MarkdownReader = {
  /** The document's text, for what is kept as it was written. */
  source: string;
  /** Lines above `source` in the file. */
  linesAbove: number;
  newId: () => string;
  losses: Loss[];
  links: Map<string, Definition>;
  footnotes: Map<string, FootnoteDefinition>;
  /** Labels of the footnotes that have been placed. */
  placed: Set<string>;
};

/** Turns Markdown nodes into blocks; what cannot be carried is added to `reader.losses`. `depth` counts from 1. */
export function readBlocks(
  reader: MarkdownReader,
  nodes: readonly MarkdownNode[],
  depth = 1,
): Block[] {
  return nodes.flatMap((node) => readBlock(reader, node, depth));
}

function readBlock(reader: MarkdownReader, node: MarkdownNode, depth: number): Block[] {
  const id = reader.newId;
  switch (node.type) {
    case 'paragraph':
      return isTable(sourceOf(reader, node))
        ? readTable(reader, node)
        : readParagraph(reader, node, depth);
    case 'heading':
      return readHeading(reader, node, depth);
    case 'blockquote': {
      const blocks = readInner(reader, node, node.children, depth);
      return depth >= MAX_NESTING || blocks.length === 0
        ? blocks
        : [{ kind: 'blockquote', id: id(), blocks }];
    }
    case 'list':
      return readList(reader, node, depth);
    case 'code':
      return [
        {
          kind: 'code',
          id: id(),
          // Lines of nothing but spaces cannot be told from empty ones inside a list or note.
          text: node.value.replace(/^[ \t]+$/gm, ''),
          ...codeLanguage(node.lang),
        },
      ];
    case 'thematicBreak':
      return [{ kind: 'scene-break', id: id() }];
    case 'html':
      return readHtml(reader, node);
    default:
      // Definitions of links and footnotes are read where they are called.
      return [];
  }
}

function readInner(
  reader: MarkdownReader,
  node: MarkdownNode,
  children: readonly MarkdownNode[],
  depth: number,
): Block[] {
  if (depth < MAX_NESTING) return readBlocks(reader, children, depth + 1);
  lose(reader, node, 'nesting', `Blocks nested more than ${MAX_NESTING} deep were lifted out.`);
  return readBlocks(reader, children, depth);
}

function readList(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'list' }>,
  depth: number,
): Block[] {
  const items = node.children
    .map((item) => ({
      id: reader.newId(),
      blocks: readInner(reader, item, item.children, depth),
    }))
    .filter((item) => item.blocks.length > 0);
  if (items.length === 0) return [];
  if (depth >= MAX_NESTING) return items.flatMap((item) => item.blocks);
  const start = node.ordered ? { start: node.start ?? 1 } : {};
  return [{ kind: 'list', id: reader.newId(), ...start, items }];
}

function readHeading(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'heading' }>,
  depth: number,
): Block[] {
  const { inlines, pictures } = readLine(reader, node.children, depth);
  if (inlines.length === 0) return pictures;
  const level = Math.min(5, Math.max(1, node.depth - 1));
  return [{ kind: 'heading', id: reader.newId(), level, inlines }, ...pictures];
}

/** One line of inlines, with breaks turned to spaces and pictures set apart. */
export function readLine(
  reader: MarkdownReader,
  nodes: readonly MarkdownNode[],
  depth: number,
): { inlines: Inline[]; pictures: Picture[] } {
  const pieces = readPieces(reader, nodes, {}, depth);
  const inlines = pieces.flatMap((piece): Inline[] => {
    if (piece.kind === 'break') return [textRun(' ')];
    return piece.kind === 'image' ? [] : [piece];
  });
  return {
    inlines: tidyInlines(inlines),
    pictures: pieces.filter((piece) => piece.kind === 'image'),
  };
}

function readParagraph(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'paragraph' }>,
  depth: number,
): Block[] {
  const pieces = readPieces(reader, node.children, {}, depth);
  const blocks: Block[] = [];
  let lines: Inline[][] = [[]];
  const close = () => {
    const full = lines.map(tidyInlines).filter((line) => line.length > 0);
    const [first] = full;
    if (full.length > 1) blocks.push({ kind: 'verse', id: reader.newId(), lines: full });
    else if (first) blocks.push({ kind: 'paragraph', id: reader.newId(), inlines: first });
    lines = [[]];
  };
  for (const piece of pieces) {
    if (piece.kind === 'break') lines.push([]);
    else if (piece.kind === 'image') {
      close();
      blocks.push(piece);
    } else lines.at(-1)?.push(piece);
  }
  close();
  if (blocks.length > 1) {
    lose(reader, node, 'picture-moved', 'A picture inside a paragraph now stands on its own.');
  }
  return blocks;
}

function readPieces(
  reader: MarkdownReader,
  nodes: readonly MarkdownNode[],
  marks: Marks,
  depth: number,
): Piece[] {
  return nodes.flatMap((node) => readPiece(reader, node, marks, depth));
}

function readPiece(
  reader: MarkdownReader,
  node: MarkdownNode,
  marks: Marks,
  depth: number,
): Piece[] {
  switch (node.type) {
    case 'text':
      return [textRun(oneLine(node.value), marks)];
    case 'inlineCode':
      return [textRun(oneLine(node.value), { ...marks, code: true })];
    case 'emphasis':
      return readPieces(reader, node.children, { ...marks, emphasis: true }, depth);
    case 'strong':
      return readPieces(reader, node.children, { ...marks, strong: true }, depth);
    case 'break':
      return [{ kind: 'break' }];
    case 'link':
      return readLink(reader, node, node, marks, depth);
    case 'linkReference':
      return readLink(reader, node, reader.links.get(node.identifier), marks, depth);
    case 'image':
      return readPicture(reader, node, node.alt, node);
    case 'imageReference':
      return readPicture(reader, node, node.alt, reader.links.get(node.identifier));
    case 'footnoteReference':
      return readNote(reader, node, depth);
    case 'html':
      if (/^<br\s*\/?>$/i.test(node.value)) return [{ kind: 'break' }];
      if (!node.value.startsWith('<!--')) {
        lose(reader, node, 'html', `The HTML tag ${node.value} was left out; its text was kept.`);
      } else lose(reader, node, 'html-comment', 'A comment was left out.');
      return [];
    default:
      return [];
  }
}

function readLink(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'link' | 'linkReference' }>,
  target: { url: string; title?: string | null | undefined } | undefined,
  marks: Marks,
  depth: number,
): Piece[] {
  const link = bookLink(target?.url ?? '');
  if (link === null) {
    lose(
      reader,
      node,
      'link',
      `The link to “${target?.url ?? ''}” leads neither to the web nor to a mail address. Its text was kept.`,
    );
  }
  if (target?.title) {
    lose(reader, node, 'link-title', `The hover text “${target.title}” of a link was left out.`);
  }
  return readPieces(reader, node.children, link === null ? marks : { ...marks, link }, depth);
}

function readPicture(
  reader: MarkdownReader,
  node: MarkdownNode,
  alt: string | null | undefined,
  target: { url: string; title?: string | null | undefined } | undefined,
): Piece[] {
  const source = oneLine(target?.url ?? '').trim();
  if (source === '') {
    lose(reader, node, 'picture', 'A picture without an address was left out.');
    return alt ? [textRun(oneLine(alt))] : [];
  }
  const caption = oneLine(target?.title ?? '').trim();
  return [
    {
      kind: 'image',
      id: reader.newId(),
      source,
      alt: oneLine(alt ?? '').trim(),
      ...(caption !== '' && { caption }),
    },
  ];
}

function readNote(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'footnoteReference' }>,
  depth: number,
): Note[] {
  const definition = reader.footnotes.get(node.identifier);
  const label = node.label ?? node.identifier;
  if (definition === undefined || depth >= MAX_NESTING) return [];
  if (reader.placed.has(node.identifier)) {
    lose(
      reader,
      node,
      'footnote-repeated',
      `Footnote “${label}” is called more than once. It stands at its first call.`,
    );
    return [];
  }
  reader.placed.add(node.identifier);
  const blocks = readBlocks(reader, definition.children, depth + 1);
  if (blocks.length > 0) return [{ kind: 'note', id: reader.newId(), blocks }];
  lose(reader, node, 'footnote-empty', `Footnote “${label}” has no text and was left out.`);
  return [];
}

function readTable(reader: MarkdownReader, node: MarkdownNode): Block[] {
  lose(
    reader,
    node,
    'table',
    'A table was kept as plain lines, because a book page has no tables yet.',
  );
  return [{ kind: 'code', id: reader.newId(), text: sourceOf(reader, node) }];
}

function readHtml(reader: MarkdownReader, node: Extract<MarkdownNode, { type: 'html' }>): Block[] {
  const text = node.value
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<\/?[A-Za-z!?][^>]*>/g, ' ');
  const inlines = tidyInlines([textRun(oneLine(text).replace(/ {2,}/g, ' '))]);
  lose(
    reader,
    node,
    'html',
    inlines.length > 0
      ? 'HTML tags were left out; the text between them was kept.'
      : 'HTML without text was left out.',
  );
  return inlines.length > 0 ? [{ kind: 'paragraph', id: reader.newId(), inlines }] : [];
}

/** Adds a loss at a node's line. */
export function lose(
  reader: MarkdownReader,
  node: MarkdownNode,
  code: string,
  message: string,
): void {
  const row = (node.position?.start.line ?? 1) + reader.linesAbove;
  reader.losses.push({ code, where: `line ${row}`, message });
}

function sourceOf(reader: MarkdownReader, node: MarkdownNode): string {
  return reader.source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function isTable(source: string): boolean {
  return source.includes('|') && /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t:-]*)+$/m.test(source);
}

function codeLanguage(language: string | null | undefined): { language?: string } {
  return language && /^[A-Za-z0-9][A-Za-z0-9+#.-]{0,31}$/.test(language) ? { language } : {};
}

function oneLine(text: string): string {
  return text.replace(/[ \t]*\n[ \t]*/g, ' ').replaceAll('\t', ' ');
}
