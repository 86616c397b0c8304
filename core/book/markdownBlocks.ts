import { textRun, tidyInlines } from './inlines.ts';
import { bookLink } from './link.ts';
import type { Loss } from './loss.ts';
import {
  type Block,
  type Inline,
  MAX_NESTING,
  type Note,
  type Picture,
  type TableCell,
} from './manuscript.ts';
import { readPipeTable } from './markdownTable.ts';
import {
  type DivisionLine,
  type MarkdownNode,
  pairTags,
  readDivisionLine,
  readInlineTag,
} from './markdownSyntax.ts';

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
  const blocks: Block[] = [];
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at];
    if (node === undefined) break;
    const line = divisionLine(node);
    if (line === null) {
      blocks.push(...readBlock(reader, node, depth));
      at += 1;
    } else if (line === 'close') {
      blocks.push({
        kind: 'paragraph',
        id: reader.newId(),
        inlines: [textRun(sourceOf(reader, node).trim())],
      });
      at += 1;
    } else {
      const end = endOfDivision(nodes, at);
      blocks.push(...readDivision(reader, node, line, nodes.slice(at + 1, end), depth));
      at = end + 1;
    }
  }
  return blocks;
}

function divisionLine(node: MarkdownNode | undefined): DivisionLine | null {
  return node?.type === 'html' && node.value.startsWith(':::')
    ? readDivisionLine(node.value)
    : null;
}

/** Where a division that opens at `at` is closed, or the end of the nodes. */
export function endOfDivision(nodes: readonly MarkdownNode[], at: number): number {
  let open = 0;
  for (let index = at; index < nodes.length; index += 1) {
    const line = divisionLine(nodes[index]);
    if (line === 'close') open -= 1;
    else if (line !== null) open += 1;
    if (open === 0) return index;
  }
  return nodes.length;
}

const ALIGNED: Readonly<Record<string, 'center' | 'end'>> = {
  center: 'center',
  centre: 'center',
  right: 'end',
  end: 'end',
};

function readDivision(
  reader: MarkdownReader,
  node: MarkdownNode,
  line: Exclude<DivisionLine, 'close'>,
  inner: readonly MarkdownNode[],
  depth: number,
): Block[] {
  const { name } = line;
  if (name === 'letter' || name === 'epigraph') {
    const blocks = readInner(reader, node, inner, depth);
    return depth >= MAX_NESTING || blocks.length === 0
      ? blocks
      : [{ kind: name, id: reader.newId(), blocks }];
  }
  const align = Object.hasOwn(ALIGNED, name) ? ALIGNED[name] : undefined;
  if (align !== undefined) {
    return readBlocks(reader, inner, depth).map((block) =>
      block.kind === 'paragraph' ? { ...block, align } : block,
    );
  }
  if (name === 'table' && depth < MAX_NESTING) return readFencedTable(reader, line, inner, depth);
  lose(
    reader,
    node,
    'division',
    `What stood in a division called “${name}” was kept as plain text.`,
  );
  return readBlocks(reader, inner, depth);
}

/** A table that plain Markdown cannot write: its rows and cells are divisions of their own. */
function readFencedTable(
  reader: MarkdownReader,
  line: Exclude<DivisionLine, 'close'>,
  inner: readonly MarkdownNode[],
  depth: number,
): Block[] {
  const rows: TableCell[][] = [];
  for (const row of divisionsIn(inner, 'row')) {
    const cells = divisionsIn(row.nodes, 'cell').map(({ nodes, attributes }): TableCell => {
      const align = ALIGNED[attributes.get('align') ?? ''];
      const columns = spanOf(attributes.get('columns'));
      const span = spanOf(attributes.get('rows'));
      return {
        blocks: readBlocks(reader, nodes, depth + 1),
        ...(columns !== undefined && { columns }),
        ...(span !== undefined && { rows: span }),
        ...(align !== undefined && { align }),
      };
    });
    if (cells.length > 0) rows.push(cells);
  }
  if (rows.length === 0) return readBlocks(reader, inner, depth);
  const header = Number(line.attributes.get('header') ?? 0);
  const caption = oneLine(line.attributes.get('caption') ?? '')
    .replaceAll('&#123;', '{')
    .replaceAll('&#125;', '}');
  return [
    {
      kind: 'table',
      id: reader.newId(),
      headerRows: Number.isInteger(header) ? Math.min(20, rows.length, Math.max(0, header)) : 0,
      rows,
      ...(caption !== '' && { caption: caption.slice(0, 4_000) }),
    },
  ];
}

function divisionsIn(
  nodes: readonly MarkdownNode[],
  name: string,
): { nodes: readonly MarkdownNode[]; attributes: ReadonlyMap<string, string> }[] {
  const found: { nodes: readonly MarkdownNode[]; attributes: ReadonlyMap<string, string> }[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const line = divisionLine(nodes[at]);
    if (line === null || line === 'close') continue;
    const end = endOfDivision(nodes, at);
    if (line.name === name)
      found.push({ nodes: nodes.slice(at + 1, end), attributes: line.attributes });
    at = end;
  }
  return found;
}

function spanOf(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,3}$/.test(value) && Number(value) > 1
    ? Math.min(100, Number(value))
    : undefined;
}

function readBlock(reader: MarkdownReader, node: MarkdownNode, depth: number): Block[] {
  const id = reader.newId;
  switch (node.type) {
    case 'paragraph':
      return readTable(reader, node, depth) ?? readParagraph(reader, node, depth);
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
  const pairs = pairTags(nodes.map((node) => ('value' in node ? node : { type: node.type })));
  const pieces: Piece[] = [];
  /** Marks before each tag that is open, to go back to where it closes. */
  const outer: Marks[] = [];
  let own = marks;
  for (const [at, node] of nodes.entries()) {
    const tag = node.type === 'html' && pairs.has(at) ? readInlineTag(node.value) : null;
    if (tag === null || node.type !== 'html') {
      const last = pieces.at(-1);
      const decorated =
        last?.kind === 'image' && node.type === 'text' ? isDecorative(node.value) : null;
      if (decorated !== null && last?.kind === 'image') {
        pieces[pieces.length - 1] = { ...last, decorative: true };
        pieces.push(textRun(oneLine(decorated), own));
      } else pieces.push(...readPiece(reader, node, own, depth));
    } else if ((pairs.get(at) ?? -1) > at) {
      outer.push(own);
      own = { ...own, ...tag.marks };
      if (Object.keys(tag.marks).length === 0) loseTag(reader, node);
    } else own = outer.pop() ?? marks;
  }
  return pieces;
}

const DECORATIVE = '{.decorative}';

/** What follows the words behind a picture that say that it needs no description; null where they do not stand there. */
function isDecorative(text: string): string | null {
  return text.startsWith(DECORATIVE) ? text.slice(DECORATIVE.length) : null;
}

function loseTag(reader: MarkdownReader, node: Extract<MarkdownNode, { type: 'html' }>): void {
  lose(reader, node, 'html', `The HTML tag ${node.value} was left out; its text was kept.`);
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
      if (/^(?:\||~~)$/.test(node.value)) return [textRun(node.value, marks)];
      if (!node.value.startsWith('<!--')) {
        // The end of a tag was told of with its beginning.
        if (!/^<\/span>$/i.test(node.value)) loseTag(reader, node);
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

function readTable(
  reader: MarkdownReader,
  node: Extract<MarkdownNode, { type: 'paragraph' }>,
  depth: number,
): Block[] | null {
  const table = depth < MAX_NESTING ? readPipeTable(node.children) : null;
  if (table === null) return null;
  const rows = table.rows.map((row) =>
    row.map((nodes, column): TableCell => {
      const { inlines, pictures } = readLine(reader, nodes, depth + 1);
      const align = table.aligns[column];
      const blocks: Block[] = [
        ...(inlines.length > 0
          ? [{ kind: 'paragraph' as const, id: reader.newId(), inlines }]
          : []),
        ...pictures,
      ];
      return { blocks, ...(align !== undefined && { align }) };
    }),
  );
  return [{ kind: 'table', id: reader.newId(), headerRows: 1, rows }];
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

function codeLanguage(language: string | null | undefined): { language?: string } {
  return language && /^[A-Za-z0-9][A-Za-z0-9+#.-]{0,31}$/.test(language) ? { language } : {};
}

function oneLine(text: string): string {
  return text.replace(/[ \t]*\n[ \t]*/g, ' ').replaceAll('\t', ' ');
}
