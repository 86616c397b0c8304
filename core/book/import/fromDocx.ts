import { childElement, textOf, type XmlElement } from '../../xml/xmlElement.ts';
import type { MetadataGuess } from '../frontMatter.ts';
import { type Block, bookMetadataSchema, type ChapterRole } from '../manuscript.ts';
import { isChapterTitle, isPartTitle, roleOfTitle } from './chapterRoles.ts';
import { type DocxItem, DocxReader, joinItems } from './docxBlocks.ts';
import { docxLines } from './docxLines.ts';
import { readDocxPackage } from './docxPackage.ts';
import { walkElements } from './htmlTree.ts';
import { BlockIds, bookText, type Imported, type SourceFiles } from './imported.ts';
import { wordsOf } from './lossMeter.ts';
import { plainText } from './pageLine.ts';

const MAX_TITLE_CHARS = 500;
const MAX_BLOCKS = 50_000;

/**
 * Reads a Word file into chapters. Tracked changes count as accepted, comments are left out, both are told; notes stand
 * where they are called. Chapters begin at headings of the highest level, or at lines like “Chapter 3”, or at page breaks.
 *
 * Refuses `book/docx-damaged`, `xml/unsafe`, `xml/malformed` and `xml/too-large`.
 */
export function fromDocx(files: SourceFiles, newId: () => string): Imported {
  const file = readDocxPackage(files);
  const metadata = readProperties(file.properties);
  const language = metadata.language ?? tagOf(file.styles.language) ?? 'en';
  if (metadata.language === undefined) metadata.language = language;
  const reader = new DocxReader(file, new BlockIds(newId), language, files.names);
  const items = withoutLooseBreaks(reader.readBody());
  const content = takeBookTitle(items, metadata, reader);
  const chapters = chaptersOf(content, reader);
  tellOfComments(file.comments, reader);
  tellOfFurniture(file.furniture, reader);
  const tallies = [...reader.tallies].map(([code, { count, words, message }]) => ({
    code,
    where: 'document',
    message: message(count, words),
  }));
  return {
    metadata,
    chapters,
    losses: [...reader.losses, ...tallies],
    source: () => docxLines(file, language, reader.setAside),
    asides: reader.asides,
  };
}

function tagOf(language: string | undefined): string | undefined {
  return language !== undefined && bookMetadataSchema.shape.language.safeParse(language).success
    ? language
    : undefined;
}

function readProperties(root: XmlElement | null): MetadataGuess {
  const text = (name: string) => {
    const element = root && childElement(root, name);
    const value = element ? bookText(textOf(element).replace(/\s+/g, ' ')).trim() : '';
    return value === '' ? undefined : value;
  };
  const subjects = (text('keywords') ?? '')
    .split(/[,;]/)
    .map((one) => one.trim())
    .filter((one) => one !== '' && one.length <= 200);
  const metadata: MetadataGuess = {};
  const title = text('title');
  const author = text('creator');
  const description = text('description');
  const language = tagOf(text('language'));
  // What Word writes by itself is no title.
  if (title !== undefined && !/^(?:document\d*|untitled|microsoft word\b.*)$/i.test(title))
    metadata.title = title.slice(0, 500);
  if (author !== undefined && !/^(?:un-named|author|user|microsoft office user)$/i.test(author)) {
    metadata.authors = author
      .split(/\s*;\s*/)
      .filter((one) => one !== '')
      .map((one) => one.slice(0, 200))
      .slice(0, 50);
  }
  if (description !== undefined) metadata.description = description.slice(0, 10_000);
  if (language !== undefined) metadata.language = language;
  if (subjects.length > 0) metadata.subjects = [...new Set(subjects)].slice(0, 50);
  return metadata;
}

/** Empty lines are breaks between scenes only where most paragraphs have none beside them. */
function withoutLooseBreaks(items: readonly DocxItem[]): DocxItem[] {
  const soft = items.filter(({ isSoft }) => isSoft).length;
  const full = items.filter(({ block }) => block.kind === 'paragraph').length;
  const areRare = soft * 4 <= full;
  return items.filter((item, index) => {
    if (!item.isSoft) return true;
    const [before, after] = [items[index - 1], items[index + 1]];
    const keeps = areRare && isProse(before) && isProse(after) && after?.startsPage === false;
    if (!keeps && item.startsPage && after) after.startsPage = true;
    return keeps;
  });
}

function isProse(item: DocxItem | undefined): boolean {
  return (
    item !== undefined &&
    (item.block.kind === 'paragraph' || item.block.kind === 'verse') &&
    item.list === undefined &&
    (item.kind === 'text' || item.kind === 'quote' || item.kind === 'verse')
  );
}

/** A title at the head of the text is the book's, and so is the subtitle below it. */
function takeBookTitle(
  items: readonly DocxItem[],
  metadata: MetadataGuess,
  reader: DocxReader,
): DocxItem[] {
  const titles = items.filter(({ kind }) => kind === 'title');
  const [title] = titles;
  if (titles.length !== 1 || !title || items.indexOf(title) > 5) return [...items];
  const at = items.indexOf(title);
  const subtitle = items[at + 1]?.kind === 'subtitle' ? items[at + 1] : undefined;
  const taken = new Set<DocxItem>();
  const take = (item: DocxItem, field: 'title' | 'subtitle') => {
    const text = titleOf(item.block);
    if (text === '' || text.length > MAX_TITLE_CHARS || hasNotes(item.block)) return;
    metadata[field] = text;
    taken.add(item);
    if (item.element) reader.setAside.add(item.element);
  };
  take(title, 'title');
  if (subtitle) take(subtitle, 'subtitle');
  return items.filter((item) => !taken.has(item));
}

function titleOf(block: Block): string {
  const inlines = block.kind === 'heading' || block.kind === 'paragraph' ? block.inlines : [];
  return plainText(inlines).replace(/\s+/g, ' ').trim();
}

function hasNotes(block: Block): boolean {
  return 'inlines' in block && block.inlines.some(({ kind }) => kind === 'note');
}

type Start = { at: number; level: number; isPart: boolean; hasTitle: boolean };

function chaptersOf(items: readonly DocxItem[], reader: DocxReader): Imported['chapters'] {
  const { starts, level } = startsIn(items);
  const chapters: Imported['chapters'] = [];
  const push = (title: string, role: ChapterRole | undefined, blocks: Block[]) => {
    if (title === '' && blocks.length === 0) return;
    const known = role === undefined || role === 'chapter' ? {} : { role };
    for (let at = 0; at === 0 || at < blocks.length; at += MAX_BLOCKS) {
      const id = reader.ids.take();
      chapters.push({
        id,
        title: at === 0 ? title : '',
        ...known,
        blocks: blocks.slice(at, at + MAX_BLOCKS),
      });
    }
  };
  const blocksOf = (from: number, to: number) =>
    levelled(joinItems(items.slice(from, to), reader, 1), level);
  const firstAt = starts[0]?.at ?? items.length;
  push('', undefined, blocksOf(0, firstAt));
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1]?.at ?? items.length;
    const item = items[start.at];
    const block = item?.block;
    const title = start.hasTitle && block ? titleOf(block) : '';
    const isLong = title.length > MAX_TITLE_CHARS;
    const moved =
      start.hasTitle && !isLong && block && 'inlines' in block ? movedFrom(block, reader) : [];
    const rest = blocksOf(start.at + (start.hasTitle && !isLong ? 1 : 0), end);
    const role = start.isPart ? 'part' : roleOfTitle(title);
    push(isLong ? '' : title, role, [...moved, ...rest]);
  }
  return chapters;
}

function movedFrom(
  block: Extract<Block, { kind: 'heading' | 'paragraph' }>,
  reader: DocxReader,
): Block[] {
  const { inlines } = block;
  if (inlines.some((inline) => inline.kind === 'text' && Object.keys(inline).length > 2)) {
    reader.tally('title-marks', 0, (count) =>
      count === 1
        ? 'A title was kept as plain text, without its marks.'
        : `${count} titles were kept as plain text, without their marks.`,
    );
  }
  const moved = inlines.flatMap((inline) => (inline.kind === 'note' ? inline.blocks : []));
  if (moved.length > 0) {
    reader.tally('title-moved', 0, (count) =>
      count === 1
        ? 'A footnote in a title now stands below it.'
        : `Footnotes in ${count} titles now stand below them.`,
    );
  }
  return moved;
}

/** Where chapters begin, and the level of their headings. */
function startsIn(items: readonly DocxItem[]): { starts: Start[]; level: number } {
  const headings = items.flatMap((item, at) =>
    item.block.kind === 'heading'
      ? [{ item, at, level: item.kind === 'title' ? 1 : item.level }]
      : [],
  );
  if (headings.length > 0) {
    const top = Math.min(...headings.map(({ level }) => level));
    const isPart = partsAmong(items, headings, top);
    const level = headings.some(({ at }) => isPart.has(at)) ? top + 1 : top;
    const starts = headings
      .filter((heading) => heading.level <= level)
      .map(({ at }) => ({ at, level, isPart: isPart.has(at), hasTitle: true }));
    return { starts, level };
  }
  const named = items.flatMap((item, at): Start[] => {
    const text = item.block.kind === 'paragraph' ? titleOf(item.block) : '';
    const isPart = isPartTitle(text);
    const isTitle =
      isPart || isChapterTitle(text) || (roleOfTitle(text) !== undefined && item.startsPage);
    return isTitle && text.length <= 120 ? [{ at, level: 1, isPart, hasTitle: true }] : [];
  });
  if (named.length > 0) return { starts: named, level: 1 };
  const breaks = items.flatMap((item, at): Start[] =>
    item.startsPage && at > 0 ? [{ at, level: 1, isPart: false, hasTitle: false }] : [],
  );
  return { starts: breaks, level: 1 };
}

const PART_WORDS = 300;

/** Top headings that hold chapters: named as parts, or with hardly a word before the first heading below them. */
function partsAmong(
  items: readonly DocxItem[],
  headings: readonly { item: DocxItem; at: number; level: number }[],
  top: number,
): Set<number> {
  const tops = headings.filter(({ level }) => level === top);
  const below = headings.filter(({ level }) => level === top + 1);
  const parts = tops.filter(({ item, at }, index) => {
    const end = tops[index + 1]?.at ?? items.length;
    const firstBelow = below.find((heading) => heading.at > at && heading.at < end);
    if (!firstBelow) return false;
    if (item.isPart || isPartTitle(titleOf(item.block))) return true;
    const words = items
      .slice(at + 1, firstBelow.at)
      .reduce((sum, { block }) => sum + wordsOf(titleOf(block)).length, 0);
    return words === 0 && below.some((heading) => isChapterTitle(titleOf(heading.item.block)));
  });
  const isNamed = parts.length > 0 && words(items, parts, below) <= PART_WORDS;
  return new Set(isNamed ? parts.map(({ at }) => at) : []);
}

/** Words between the headings of parts and the first headings below them. */
function words(
  items: readonly DocxItem[],
  parts: readonly { at: number }[],
  below: readonly { at: number }[],
): number {
  return Math.max(
    ...parts.map(({ at }) => {
      const next = below.find((heading) => heading.at > at)?.at ?? items.length;
      return items
        .slice(at + 1, next)
        .reduce((sum, { block }) => sum + wordsOf(titleOf(block)).length, 0);
    }),
  );
}

function levelled(blocks: readonly Block[], chapterLevel: number): Block[] {
  return blocks.map((block) =>
    block.kind === 'heading'
      ? { ...block, level: Math.min(5, Math.max(1, block.level - chapterLevel)) }
      : block,
  );
}

function tellOfComments(comments: XmlElement | null, reader: DocxReader): void {
  for (const comment of comments?.children ?? []) {
    if (typeof comment === 'string' || comment.name !== 'comment') continue;
    const texts = [...walkElements(comment)].filter(({ name }) => name === 't').map(textOf);
    reader.tally('comment', wordsOf(texts.join('')).length, (count, all) =>
      count === 1
        ? `A comment (${all} words) was left out.`
        : `${count} comments (${all} words) were left out.`,
    );
  }
}

function tellOfFurniture(furniture: readonly XmlElement[], reader: DocxReader): void {
  const texts = furniture
    .map((root) =>
      [...walkElements(root)]
        .filter(({ name }) => name === 't')
        .map(textOf)
        .join(''),
    )
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .filter((text) => /\p{L}/u.test(text));
  if (texts.length === 0) return;
  const all = [...new Set(texts)].join('” · “').slice(0, 300);
  reader.losses.push({
    code: 'page-furniture',
    where: 'document',
    message: `What stands at the top and bottom of pages was left out, because Inkreel sets its own: “${all}”.`,
  });
}
