import { type MetadataGuess, readFrontMatter } from './frontMatter.ts';
import type { Loss } from './loss.ts';
import { type Block, type Chapter, type ChapterRole, chapterRoleSchema } from './manuscript.ts';
import {
  endOfDivision,
  lose,
  type MarkdownReader,
  readBlocks,
  readLine,
} from './markdownBlocks.ts';
import { type MarkdownNode, type MarkdownRoot, markdownTree } from './markdownSyntax.ts';
import { inlineText } from './words.ts';

const MAX_TITLE_CHARS = 500;

export type ParsedMarkdown = {
  /** What the document says about itself: front matter, and its title heading. */
  metadata: MetadataGuess;
  chapters: Chapter[];
  losses: Loss[];
  /** Text that stands in no chapter, because it became the book's title or says what a chapter is. */
  asides: string[];
};

export type MarkdownOptions = {
  /** The document is one of several that make the book, so its only level-1 heading names a chapter, not the book. */
  isPart?: boolean;
};

/**
 * Reads Markdown (CommonMark 0.31 with footnotes and front matter) into chapters without losing a word; what has no place
 * in a manuscript is named in `losses`.
 *
 * Chapters: a level-1 heading starts one, and lower headings stand inside it. A document that opens with its only
 * level-1 heading, directly followed by a level-2 heading or equal to the front matter's title, has a book title there
 * and its level-2 headings start the chapters. A document without level-1 headings takes its highest level instead. Text
 * above the first chapter heading becomes a chapter without a title.
 *
 * A heading that ends with `{.prologue}`, `{.part}` or another role (Pandoc's header attributes) gives its chapter that
 * role. Fenced divisions (`::: letter`, `::: epigraph`, `::: center`, `::: right`, `::: {.table header=1}`) are what they
 * say. A paragraph with hard line breaks is verse. Quotation marks and dashes stay as typed. `newId` is called once for each
 * chapter, block, list item and note, so the same ids give the same result.
 */
export function parseMarkdown(
  text: string,
  newId: () => string,
  options: MarkdownOptions = {},
): ParsedMarkdown {
  const clean = cleanText(text);
  const front = readFrontMatter(clean.text);
  const { reader, nodes } = open(front.body, front.lines, newId, [
    ...clean.losses,
    ...front.losses,
  ]);
  const metadata: MetadataGuess = { ...front.metadata };
  const titleNode = options.isPart ? null : bookTitle(nodes, metadata.title);
  const before: Block[] = [];
  const asides: string[] = [];
  if (titleNode) {
    const title = readTitle(reader, titleNode);
    metadata.title ??= title.text;
    asides.push(title.text);
    before.push(...title.moved);
  }
  const content = nodes.filter((node) => node !== titleNode);
  const chapters = readChapters(reader, content, before, asides);
  return { metadata, chapters, losses: reader.losses, asides };
}

/**
 * Reads the Markdown of one chapter's content: no front matter, and a heading starts no chapter (levels 1 and 2 both stand
 * directly below the chapter's title).
 */
export function parseMarkdownBlocks(
  text: string,
  newId: () => string,
): { blocks: Block[]; losses: Loss[] } {
  const clean = cleanText(text);
  const { reader, nodes } = open(clean.text, 0, newId, clean.losses);
  const blocks = [...readBlocks(reader, nodes), ...unusedFootnotes(reader)];
  return { blocks, losses: reader.losses };
}

function open(
  source: string,
  linesAbove: number,
  newId: () => string,
  losses: Loss[],
): { reader: MarkdownReader; nodes: MarkdownNode[] } {
  const root = markdownTree(source);
  const reader: MarkdownReader = {
    source,
    linesAbove,
    newId,
    losses: [...losses],
    links: new Map(),
    footnotes: new Map(),
    placed: new Set(),
  };
  collectDefinitions(root, reader);
  const isContent = (node: MarkdownNode) =>
    node.type !== 'definition' && node.type !== 'footnoteDefinition';
  return { reader, nodes: root.children.filter(isContent) };
}

type HeadingNode = Extract<MarkdownNode, { type: 'heading' }>;

function readChapters(
  reader: MarkdownReader,
  nodes: readonly MarkdownNode[],
  before: Block[],
  asides: string[],
): Chapter[] {
  const level = Math.min(
    ...outsideDivisions(nodes).map((node) => (node.type === 'heading' ? node.depth : 7)),
  );
  const chapters: Chapter[] = [];
  let current: { title: string; role: ChapterRole | undefined; blocks: Block[] } = {
    title: '',
    role: undefined,
    blocks: before,
  };
  const close = () => {
    const { title, role, blocks } = current;
    if (title === '' && blocks.length === 0 && role === undefined) return;
    chapters.push({ id: reader.newId(), title, ...(role !== undefined && { role }), blocks });
  };
  for (let at = 0; at < nodes.length; ) {
    const node = nodes[at];
    if (node === undefined) break;
    // What a division holds belongs together, headings and all.
    const end = Math.max(at + 1, endOfDivision(nodes, at) + 1);
    if (node.type === 'heading' && node.depth === level) {
      close();
      const { role, text: said } = roleOf(reader, node);
      const title = readTitle(reader, node);
      const text = said === '' ? title.text : title.text.replace(/\s*\{\.[a-z-]+\}$/, '');
      if (said !== '') asides.push(said);
      current = { title: text, role, blocks: title.moved };
      at += 1;
    } else {
      // Headings inside a chapter count from the chapter's own level.
      const own = isDivision(node) ? nodes.slice(at, end) : [node];
      const shifted = own.map((one) => (one.type === 'heading' ? shiftHeading(one, level) : one));
      current.blocks.push(...readBlocks(reader, shifted));
      at += own.length;
    }
  }
  current.blocks.push(...unusedFootnotes(reader));
  close();
  return chapters;
}

/** Nodes that stand in no division: a heading in a letter begins no chapter. */
function outsideDivisions(nodes: readonly MarkdownNode[]): MarkdownNode[] {
  const outside: MarkdownNode[] = [];
  for (let at = 0; at < nodes.length; at += 1) {
    const node = nodes[at];
    if (node === undefined) break;
    if (isDivision(node)) at = Math.max(at, endOfDivision(nodes, at));
    else outside.push(node);
  }
  return outside;
}

function isDivision(node: MarkdownNode): boolean {
  return node.type === 'html' && node.value.startsWith(':::');
}

/** The role that a heading's last words give its chapter: `# Night {.prologue}`. */
function roleOf(
  reader: MarkdownReader,
  node: HeadingNode,
): { role: ChapterRole | undefined; text: string } {
  const source = reader.source.slice(
    node.position?.start.offset ?? 0,
    node.position?.end.offset ?? 0,
  );
  const name = /(?:^|[^\\])\{\.([a-z-]+)\}[ \t]*#*[ \t]*$/.exec(source)?.[1];
  const known = chapterRoleSchema.safeParse(name);
  return known.success
    ? { role: known.data === 'chapter' ? undefined : known.data, text: `{.${known.data}}` }
    : { role: undefined, text: '' };
}

function shiftHeading(node: HeadingNode, chapterLevel: number): HeadingNode {
  const shifted = { ...node };
  for (let depth = chapterLevel; depth > 1 && shifted.depth > 2; depth -= 1) {
    shifted.depth = HIGHER[shifted.depth];
  }
  return shifted;
}

const HIGHER = { 1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5 } as const;

function bookTitle(nodes: readonly MarkdownNode[], known: string | undefined): HeadingNode | null {
  const [first, second] = nodes;
  if (first?.type !== 'heading' || first.depth !== 1) return null;
  const headings = nodes.filter((node) => node.type === 'heading');
  if (headings.filter((node) => node.depth === 1).length !== 1) return null;
  if (!headings.some((node) => node.depth === 2)) return null;
  const isFollowedByChapter = second?.type === 'heading' && second.depth === 2;
  const text = plainText(first);
  if (known !== undefined) return known === text ? first : null;
  return isFollowedByChapter && text !== '' && text.length <= MAX_TITLE_CHARS ? first : null;
}

function readTitle(reader: MarkdownReader, node: HeadingNode): { text: string; moved: Block[] } {
  const { inlines, pictures } = readLine(reader, node.children, 1);
  const text = inlineText(inlines);
  const moved: Block[] = [...pictures];
  if (inlines.some((inline) => inline.kind === 'text' && Object.keys(inline).length > 2)) {
    lose(reader, node, 'title-marks', `The title “${text}” was kept as plain text.`);
  }
  for (const inline of inlines) if (inline.kind === 'note') moved.push(...inline.blocks);
  if (moved.length > 0) {
    lose(
      reader,
      node,
      'title-moved',
      `A footnote or picture in the title “${text}” now stands below it.`,
    );
  }
  if (text.length <= MAX_TITLE_CHARS) return { text, moved };
  lose(reader, node, 'title-too-long', 'A title of more than 500 characters became a paragraph.');
  return { text: '', moved: [{ kind: 'paragraph', id: reader.newId(), inlines }] };
}

function unusedFootnotes(reader: MarkdownReader): Block[] {
  const blocks: Block[] = [];
  for (const [identifier, definition] of reader.footnotes) {
    if (reader.placed.has(identifier)) continue;
    reader.placed.add(identifier);
    const label = definition.label ?? identifier;
    lose(
      reader,
      definition,
      'footnote-unused',
      `Footnote “${label}” is never called. Its text now stands at the end.`,
    );
    blocks.push(...readBlocks(reader, definition.children));
  }
  return blocks;
}

function collectDefinitions(node: MarkdownRoot | MarkdownNode, reader: MarkdownReader): void {
  if (node.type === 'definition' && !reader.links.has(node.identifier)) {
    reader.links.set(node.identifier, node);
  }
  if (node.type === 'footnoteDefinition' && !reader.footnotes.has(node.identifier)) {
    reader.footnotes.set(node.identifier, node);
  }
  if ('children' in node) for (const child of node.children) collectDefinitions(child, reader);
}

function plainText(node: MarkdownNode): string {
  if ('children' in node) return node.children.map(plainText).join('');
  return 'value' in node ? node.value : '';
}

function cleanText(text: string): { text: string; losses: Loss[] } {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const clean = lines.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) =>
    char === '\n' || char === '\t' ? char : '',
  );
  const count = lines.length - clean.length;
  const losses =
    count === 0
      ? []
      : [
          {
            code: 'control-character',
            where: 'document',
            message: `${count} control characters, which no book format can hold, were left out.`,
          },
        ];
  return { text: clean, losses };
}
