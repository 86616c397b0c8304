import { z } from 'zod';
import { isIsbn } from './isbn.ts';

/**
 * The manuscript as data. A chapter's `blocks` are stored as JSON in the project, so everything here is strict and
 * bounded: unknown keys are refused, and so are texts that no output format could carry (control characters,
 * unpaired surrogates). A later form of a block gets a new `kind`, never a new meaning for an old one.
 */

export const MAX_NESTING = 16;
const MAX_TEXT_CHARS = 1_000_000;
const MAX_CODE_CHARS = 1_000_000;
const MAX_INLINES = 20_000;
const MAX_BLOCKS = 50_000;
const MAX_CHAPTERS = 5_000;

/** One line of text: no control characters, no unpaired surrogates. */
const LINE = /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u;
const LINES = /^(?:[^\p{Cc}\p{Cs}\uFFFE\uFFFF]|[\n\t])*$/u;

const line = (maxChars: number) => z.string().max(maxChars).regex(LINE);

/**
 * Identifier of a chapter, block or note: letters, digits, hyphen, underscore, at most 64, starting with a letter or
 * digit. It goes unchanged into file formats, where sentence `n` of block `id` is `id.n`.
 */
const bookIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);

/** Where a link may lead: the web or a mail address, in characters that a URL may hold (RFC 3986). */
export const linkSchema = z
  .string()
  .max(2_048)
  .regex(/^(?:https?:\/\/[^\s/?#<>"{}|\\^`]|mailto:[^\s<>"{}|\\^`])[^\s<>"{}|\\^`]*$/i);

/** A BCP 47 language tag such as `en`, `pt-BR`, `zh-Hant-TW`. */
const languageTagSchema = z
  .string()
  .max(35)
  .regex(
    /^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*$/,
  );

/** A run of text whose marks do not change. A mark that is absent is off. */
const textRunSchema = z.strictObject({
  kind: z.literal('text'),
  text: line(MAX_TEXT_CHARS).min(1),
  emphasis: z.literal(true).optional(),
  strong: z.literal(true).optional(),
  code: z.literal(true).optional(),
  underline: z.literal(true).optional(),
  strike: z.literal(true).optional(),
  smallCaps: z.literal(true).optional(),
  /** Raised or lowered; never both. */
  script: z.enum(['super', 'sub']).optional(),
  /** Of words in another language than the book's. */
  language: languageTagSchema.optional(),
  link: linkSchema.optional(),
});
export type TextRun = z.infer<typeof textRunSchema>;

/** A footnote stands where it is called, with its whole text: a call can never lose its note. */
export type Note = { kind: 'note'; id: string; blocks: Block[] };
export type Inline = TextRun | Note;

/** `align` is absent for running text. */
export type Paragraph = {
  kind: 'paragraph';
  id: string;
  align?: 'center' | 'end' | undefined;
  inlines: Inline[];
};
/** A heading inside a chapter; level 1 stands directly below the chapter's title. */
export type Heading = { kind: 'heading'; id: string; level: number; inlines: Inline[] };
export type BlockQuote = { kind: 'blockquote'; id: string; blocks: Block[] };
/** A letter, a notice, a page of a diary: a document within the story. */
export type Letter = { kind: 'letter'; id: string; blocks: Block[] };
/** A quotation or motto at the head of a chapter or part. */
export type Epigraph = { kind: 'epigraph'; id: string; blocks: Block[] };
export type ListItem = { id: string; blocks: Block[] };
/** `start` is the first number, and present exactly when the list is numbered. */
export type List = { kind: 'list'; id: string; start?: number | undefined; items: ListItem[] };
/** Lines that break where the author broke them: a stanza, an address. At least two; one line is a paragraph. */
export type Verse = { kind: 'verse'; id: string; lines: Inline[][] };
export type CodeBlock = {
  kind: 'code';
  id: string;
  text: string;
  language?: string | undefined;
};
export type SceneBreak = { kind: 'scene-break'; id: string };
/** `columns` and `rows` say how many of them the cell takes, when it is more than one. An empty cell has no blocks. */
export type TableCell = {
  blocks: Block[];
  columns?: number | undefined;
  rows?: number | undefined;
  align?: 'center' | 'end' | undefined;
};
/** The first `headerRows` rows name the columns. */
export type Table = {
  kind: 'table';
  id: string;
  headerRows: number;
  rows: TableCell[][];
  caption?: string | undefined;
};
/**
 * `source` names the picture as the manuscript does: a relative path or an asset id. Empty `alt`: not described yet,
 * or nothing to describe where `decorative` is set.
 */
export type Picture = {
  kind: 'image';
  id: string;
  source: string;
  alt: string;
  decorative?: true | undefined;
  caption?: string | undefined;
};

export type Block =
  | Paragraph
  | Heading
  | BlockQuote
  | Letter
  | Epigraph
  | List
  | Table
  | Verse
  | CodeBlock
  | SceneBreak
  | Picture;

const noteSchema: z.ZodType<Note> = z.strictObject({
  kind: z.literal('note'),
  id: bookIdSchema,
  get blocks() {
    return z.array(blockSchema).min(1).max(200);
  },
});

const inlinesSchema: z.ZodType<Inline[]> = z
  .array(z.union([textRunSchema, noteSchema]))
  .min(1)
  .max(MAX_INLINES);

/** Where a line stands that is not running text: `end` is where lines end, right in most scripts. */
const alignSchema = z.enum(['center', 'end']);
const MAX_SPAN = 100;

/** One block of a chapter. Nesting is bounded where a list of blocks is checked: `blocksSchema`. */
const blockSchema: z.ZodType<Block> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('paragraph'),
    id: bookIdSchema,
    align: alignSchema.optional(),
    inlines: inlinesSchema,
  }),
  z.strictObject({
    kind: z.literal('heading'),
    id: bookIdSchema,
    level: z.int().min(1).max(5),
    inlines: inlinesSchema,
  }),
  z.strictObject({
    kind: z.literal('blockquote'),
    id: bookIdSchema,
    get blocks() {
      return z.array(blockSchema).min(1).max(MAX_BLOCKS);
    },
  }),
  z.strictObject({
    kind: z.literal('letter'),
    id: bookIdSchema,
    get blocks() {
      return z.array(blockSchema).min(1).max(MAX_BLOCKS);
    },
  }),
  z.strictObject({
    kind: z.literal('epigraph'),
    id: bookIdSchema,
    get blocks() {
      return z.array(blockSchema).min(1).max(MAX_BLOCKS);
    },
  }),
  z.strictObject({
    kind: z.literal('table'),
    id: bookIdSchema,
    headerRows: z.int().min(0).max(20),
    get rows() {
      const cell = z.strictObject({
        blocks: z.array(blockSchema).max(1_000),
        columns: z.int().min(2).max(MAX_SPAN).optional(),
        rows: z.int().min(2).max(MAX_SPAN).optional(),
        align: alignSchema.optional(),
      });
      return z.array(z.array(cell).min(1).max(MAX_SPAN)).min(1).max(5_000);
    },
    caption: line(4_000).min(1).optional(),
  }),
  z.strictObject({
    kind: z.literal('list'),
    id: bookIdSchema,
    start: z.int().min(0).max(999_999_999).optional(),
    get items() {
      const item = z.strictObject({
        id: bookIdSchema,
        blocks: z.array(blockSchema).min(1).max(MAX_BLOCKS),
      });
      return z.array(item).min(1).max(MAX_BLOCKS);
    },
  }),
  z.strictObject({
    kind: z.literal('verse'),
    id: bookIdSchema,
    lines: z.array(inlinesSchema).min(2).max(MAX_BLOCKS),
  }),
  z.strictObject({
    kind: z.literal('code'),
    id: bookIdSchema,
    text: z.string().max(MAX_CODE_CHARS).regex(LINES),
    language: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9+#.-]{0,31}$/)
      .optional(),
  }),
  z.strictObject({ kind: z.literal('scene-break'), id: bookIdSchema }),
  z.strictObject({
    kind: z.literal('image'),
    id: bookIdSchema,
    source: line(1_024).min(1),
    alt: line(4_000),
    decorative: z.literal(true).optional(),
    caption: line(4_000).min(1).optional(),
  }),
]);

/** The content of a chapter: at most 50,000 blocks, nested at most `MAX_NESTING` deep. */
export const blocksSchema: z.ZodType<Block[]> = z
  .array(blockSchema)
  .max(MAX_BLOCKS)
  .refine((blocks) => nesting(blocks) <= MAX_NESTING, {
    error: `Blocks may be nested at most ${MAX_NESTING} deep.`,
  });

/**
 * What a chapter is to the book. A `part` holds the chapters that follow it up to the next part or the back matter;
 * everything before `chapter` stands in front of the story, everything after `epilogue` behind it.
 */
export const CHAPTER_ROLES = [
  'dedication',
  'epigraph',
  'foreword',
  'preface',
  'introduction',
  'prologue',
  'part',
  'chapter',
  'epilogue',
  'afterword',
  'acknowledgments',
  'appendix',
  'glossary',
  'bibliography',
  'about-author',
  'also-by',
] as const;
export const chapterRoleSchema = z.enum(CHAPTER_ROLES);
export type ChapterRole = z.infer<typeof chapterRoleSchema>;

/** `title` may be empty: the chapter then goes by its number. Absent `role`: `chapter`. */
export const chapterSchema = z.strictObject({
  id: bookIdSchema,
  title: line(500),
  role: chapterRoleSchema.optional(),
  blocks: blocksSchema,
});
export type Chapter = z.infer<typeof chapterSchema>;

/** `urn:uuid:…`, or an ISBN-10 or ISBN-13 with a right check digit, with or without hyphens and `urn:isbn:`. */
const bookIdentifierSchema = z
  .string()
  .max(100)
  .refine(
    (value) =>
      /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) || isIsbn(value),
    {
      error: 'The identifier is neither urn:uuid:… nor an ISBN with a right check digit.',
    },
  );

/** What somebody besides the authors did for a book, as in the MARC relator terms. */
export const contributorSchema = z.strictObject({
  name: line(200).min(1),
  role: z.enum(['translator', 'editor', 'illustrator', 'narrator', 'designer', 'contributor']),
});
export type Contributor = z.infer<typeof contributorSchema>;

export const bookMetadataSchema = z.strictObject({
  title: line(500),
  subtitle: line(500).min(1).optional(),
  authors: z.array(line(200).min(1)).max(50),
  language: languageTagSchema,
  identifier: bookIdentifierSchema,
  publisher: line(200).min(1).optional(),
  description: line(10_000).min(1).optional(),
  rights: line(2_000).min(1).optional(),
  /** Day of publication, `YYYY-MM-DD`. */
  publishedOn: z.iso.date().optional(),
  /** The series it belongs to, and its place in it: 1, 2, 2.5. */
  series: z
    .strictObject({ name: line(500).min(1), number: z.number().min(0).max(10_000).optional() })
    .optional(),
  contributors: z.array(contributorSchema).max(50).optional(),
  /** What it is about, in the words of shops and libraries. */
  subjects: z.array(line(200).min(1)).max(50).optional(),
});
export type BookMetadata = z.infer<typeof bookMetadataSchema>;

export const manuscriptSchema = z.strictObject({
  metadata: bookMetadataSchema,
  chapters: z.array(chapterSchema).max(MAX_CHAPTERS),
});
export type Manuscript = z.infer<typeof manuscriptSchema>;

/** What a table of contents calls a chapter: its title, or its number when it has none. `index` counts from 0. */
export function chapterLabel(chapter: Pick<Chapter, 'title'>, index: number): string {
  return chapter.title.trim() === '' ? String(index + 1) : chapter.title;
}

/** Whether a chapter stands before, in or behind the story. */
export function matterOf({ role = 'chapter' }: Pick<Chapter, 'role'>): 'front' | 'body' | 'back' {
  const place = CHAPTER_ROLES.indexOf(role);
  if (place < CHAPTER_ROLES.indexOf('prologue')) return 'front';
  return place <= CHAPTER_ROLES.indexOf('epilogue') ? 'body' : 'back';
}

/** How deep blocks stand inside one another: 1 for a plain paragraph, 0 for none. Notes count as a level. */
function nesting(blocks: readonly Block[]): number {
  let deepest = 0;
  let level: readonly Block[] = blocks;
  while (level.length > 0) {
    deepest += 1;
    level = level.flatMap(innerBlocks);
  }
  return deepest;
}

/** Every block in reading order, a container before what it holds, a note's blocks after the block that calls it. */
export function* walkBlocks(blocks: readonly Block[]): Generator<Block> {
  for (const block of blocks) {
    yield block;
    yield* walkBlocks(innerBlocks(block));
  }
}

/** The runs and notes that stand directly in a block: none for containers, pictures and code. */
export function inlinesOf(block: Block): Inline[] {
  if (block.kind === 'paragraph' || block.kind === 'heading') return block.inlines;
  return block.kind === 'verse' ? block.lines.flat() : [];
}

function innerBlocks(block: Block): Block[] {
  if (block.kind === 'blockquote' || block.kind === 'letter' || block.kind === 'epigraph')
    return block.blocks;
  if (block.kind === 'table') return block.rows.flat().flatMap((cell) => cell.blocks);
  if (block.kind === 'list') return block.items.flatMap((item) => item.blocks);
  return inlinesOf(block).flatMap((inline) => (inline.kind === 'note' ? inline.blocks : []));
}
