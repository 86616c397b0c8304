import { textRun, tidyInlines } from '../inlines.ts';
import type { MetadataGuess } from '../frontMatter.ts';
import type { Loss } from '../loss.ts';
import type { Block, Chapter, ChapterRole, Inline } from '../manuscript.ts';
import { isChapterTitle, isPartTitle, roleOfTitle } from './chapterRoles.ts';
import { BlockIds, type Imported } from './imported.ts';
import { wordsOf } from './lossMeter.ts';
import { markBit, type MeterLine, type MeterRun } from './meterLine.ts';
import { isOrnament } from './ornaments.ts';

type Group = { lines: string[]; blanksBefore: number; row: number };
type Item = { block: Block | null; title: string | null; role: ChapterRole | undefined };

const MAX_BLOCKS = 50_000;

/**
 * Reads plain text into chapters, in the forms that Project Gutenberg and typewriters left: lines of one length are joined
 * to paragraphs, indented lines stay verse, `_words_` are italic, lines like “Chapter 3” begin chapters. The notices that
 * Project Gutenberg puts around a book are left out and told.
 */
export function fromPlainText(text: string, where: string, newId: () => string): Imported {
  const losses: Loss[] = [];
  const clean = cleanText(text, losses, where);
  const { body, rowsBefore, metadata } = withoutNotices(clean, losses, where);
  const ids = new BlockIds(newId);
  const groups = groupsOf(body, rowsBefore);
  const width = usualWidth(groups);
  const titles = titlesAmong(groups);
  const items = groups.flatMap((group) => itemsOf(group, width, titles, ids));
  return {
    metadata,
    chapters: chaptersOf(items, ids),
    losses,
    source: () => linesOf(body, where),
    asides: [],
  };
}

function cleanText(text: string, losses: Loss[], where: string): string {
  const lines = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const clean = lines.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (char) =>
    char === '\n' || char === '\t' || char === '\f' ? char : '',
  );
  const count = lines.length - clean.length;
  if (count > 0) {
    losses.push({
      code: 'control-character',
      where,
      message: `${count} control characters, which no book format can hold, were left out.`,
    });
  }
  return clean;
}

const NOTICE_START = /^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK.*?\*\*\* *$/im;
const NOTICE_END = /^\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG EBOOK/im;
const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  finnish: 'fi',
};

function withoutNotices(
  text: string,
  losses: Loss[],
  where: string,
): { body: string; rowsBefore: number; metadata: MetadataGuess } {
  const start = NOTICE_START.exec(text);
  if (start === null) return { body: text, rowsBefore: 0, metadata: {} };
  const from = start.index + start[0].length;
  const rest = text.slice(from);
  const end = NOTICE_END.exec(rest);
  const head = text.slice(0, start.index);
  const words = wordsOf(head).length + (end ? wordsOf(rest.slice(end.index)).length : 0);
  losses.push({
    code: 'gutenberg-notice',
    where,
    message: `The notices of Project Gutenberg around the book (${words.toLocaleString('en')} words) were left out.`,
  });
  const field = (name: string) => new RegExp(`^${name}: +(.+)$`, 'im').exec(head)?.[1]?.trim();
  const [title, author, language] = [field('Title'), field('Author'), field('Language')];
  const tag = LANGUAGES[language?.toLowerCase() ?? ''];
  return {
    body: end ? rest.slice(0, end.index) : rest,
    rowsBefore: text.slice(0, from).split('\n').length - 1,
    metadata: {
      ...(title && title.length <= 500 && { title }),
      ...(author && author.length <= 200 && { authors: [author] }),
      ...(tag !== undefined && { language: tag }),
    },
  };
}

/** Lines that stand together: between blank lines, or each by itself where a text has hardly any blank lines. */
function groupsOf(text: string, rowsBefore: number): Group[] {
  const lines = text.replaceAll('\f', '\n\n\n').split('\n');
  const full = lines.filter((line) => line.trim() !== '').length;
  const blank = lines.length - full;
  const isLineByLine = blank * 10 < full && lines.some((line) => line.length > 120);
  const groups: Group[] = [];
  let open: Group | null = null;
  let blanks = 0;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') {
      blanks += 1;
      open = null;
      continue;
    }
    if (open === null || isLineByLine) {
      open = { lines: [], blanksBefore: blanks, row: rowsBefore + index + 1 };
      groups.push(open);
    }
    open.lines.push(line.replaceAll('\t', '    '));
    blanks = 0;
  }
  return groups;
}

/** The length to which the lines of a text were broken, or infinity where they were not. */
function usualWidth(groups: readonly Group[]): number {
  const lengths = groups
    .filter(({ lines }) => lines.length > 2)
    .flatMap(({ lines }) => lines.slice(0, -1).map((line) => line.trimEnd().length))
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? Number.POSITIVE_INFINITY;
}

/** Groups that are titles of chapters or parts; one that comes again further down is a line of a table of contents. */
function titlesAmong(
  groups: readonly Group[],
): Map<Group, { title: string; role: ChapterRole | undefined }> {
  const found = new Map<string, { group: Group; title: string; role: ChapterRole | undefined }>();
  for (const group of groups) {
    if (group.lines.length > 2) continue;
    const [first = ''] = group.lines;
    const head = plain(first);
    const isPart = isPartTitle(head);
    const byName = group.lines.length === 1 ? roleOfTitle(head) : undefined;
    if (!isPart && !isChapterTitle(head) && byName === undefined) continue;
    const title = group.lines.map(plain).join(' ').slice(0, 500);
    const key = head.toLowerCase();
    found.delete(key);
    found.set(key, { group, title, role: isPart ? 'part' : byName });
  }
  const titles = new Map([...found.values()].map(({ group, ...rest }) => [group, rest]));
  return titles.size > 0 ? titles : numbersAmong(groups);
}

/** Chapters that have only numbers: lines that count from one. */
function numbersAmong(groups: readonly Group[]): Map<Group, { title: string; role: undefined }> {
  const numbers = groups.flatMap((group) => {
    const text = plain(group.lines[0] ?? '').replace(/\.$/, '');
    const number = group.lines.length === 1 ? numberOf(text) : null;
    return number === null ? [] : [{ group, text, number }];
  });
  const inOrder: typeof numbers = [];
  for (const one of numbers) if (one.number === inOrder.length + 1) inOrder.push(one);
  const isSeries = inOrder.length > 1 && inOrder.length * 2 > numbers.length;
  return new Map(
    isSeries ? inOrder.map(({ group, text }) => [group, { title: text, role: undefined }]) : [],
  );
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

function numberOf(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  if (!/^[IVXLC]{1,8}$/.test(text)) return null;
  const values = [...text].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce(
    (sum, value, at) => sum + (value < (values[at + 1] ?? 0) ? -value : value),
    0,
  );
}

function plain(line: string): string {
  return line
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^_(.*)_$/, '$1');
}

function itemsOf(
  group: Group,
  width: number,
  titles: ReadonlyMap<Group, { title: string; role: ChapterRole | undefined }>,
  ids: BlockIds,
): Item[] {
  const title = titles.get(group);
  if (title) return [{ block: null, ...title }];
  const item = (block: Block): Item => ({ block, title: null, role: undefined });
  const [first = ''] = group.lines;
  if (group.lines.length === 1 && isOrnament(first)) {
    return [item({ kind: 'scene-break', id: ids.take() })];
  }
  return paragraphsIn(group.lines, width).flatMap((lines) => {
    const inlines = linesToInlines(lines);
    if (lines.length > 1 && isVerse(lines, width)) {
      return inlines.length > 1 ? [item({ kind: 'verse', id: ids.take(), lines: inlines })] : [];
    }
    const joined = tidyInlines(
      inlines.flatMap((line, at) => (at === 0 ? line : [textRun(' '), ...line])),
    );
    return joined.length > 0 ? [item({ kind: 'paragraph', id: ids.take(), inlines: joined })] : [];
  });
}

/** A line that is set in where the one above it is not begins a paragraph of its own. */
function paragraphsIn(lines: readonly string[], width: number): string[][] {
  if (isVerse(lines, width)) return [[...lines]];
  const paragraphs: string[][] = [];
  for (const line of lines) {
    const last = paragraphs.at(-1);
    if (
      last === undefined ||
      (/^ {2,}/.test(line) && last.length > 0 && !/^ {2,}/.test(last.at(-1) ?? ''))
    ) {
      paragraphs.push([line]);
    } else last.push(line);
  }
  return paragraphs;
}

/** Lines that end before the next word would have had to turn over. */
function isVerse(lines: readonly string[], width: number): boolean {
  if (lines.length < 2) return false;
  const areSetIn = lines.every((line) => /^ {2,}/.test(line));
  const early = lines.slice(0, -1).filter((line, at) => {
    const [word = ''] = (lines[at + 1] ?? '').trim().split(/\s/);
    return line.trimEnd().length + 1 + word.length < width * (areSetIn ? 0.95 : 0.8);
  }).length;
  return early * (areSetIn ? 2 : 1.5) > lines.length - 1;
}

const ITALIC = /(?<![\p{L}\p{N}_])_(?=[^\s_])([^_]*[^\s_])_(?![\p{L}\p{N}_])/gu;

/** Lines of a paragraph as runs; what stands between underscores is italic, over the ends of lines too. */
function linesToInlines(lines: readonly string[]): Inline[][] {
  const text = lines.map((line) => line.trim().replace(/ {2,}/g, ' ')).join('\n');
  const made: Inline[][] = [[]];
  const add = (part: string, isItalic: boolean) => {
    for (const [at, line] of part.split('\n').entries()) {
      if (at > 0) made.push([]);
      if (line !== '') made.at(-1)?.push(textRun(line, isItalic ? { emphasis: true } : {}));
    }
  };
  let at = 0;
  for (const match of text.matchAll(ITALIC)) {
    add(text.slice(at, match.index), false);
    add(match[1] ?? '', true);
    at = match.index + match[0].length;
  }
  add(text.slice(at), false);
  return made.map(tidyInlines).filter((line) => line.length > 0);
}

function chaptersOf(items: readonly Item[], ids: BlockIds): Chapter[] {
  const drafts: { title: string; role: ChapterRole | undefined; blocks: Block[] }[] = [];
  for (const { block, title, role } of items) {
    const last = drafts.at(-1);
    if (title !== null) drafts.push({ title, role, blocks: [] });
    else if (block && last) last.blocks.push(block);
    else if (block) drafts.push({ title: '', role: undefined, blocks: [block] });
  }
  return drafts.flatMap(({ title, role, blocks }) => {
    const pieces: Chapter[] = [];
    for (let at = 0; at === 0 || at < blocks.length; at += MAX_BLOCKS) {
      pieces.push({
        id: ids.take(),
        title: at === 0 ? title : '',
        ...(role !== undefined && { role }),
        blocks: blocks.slice(at, at + MAX_BLOCKS),
      });
    }
    return pieces;
  });
}

/** The text as it lies in the file, line by line; pairs of underscores are the only marks it can have. */
function* linesOf(text: string, where: string): Generator<MeterLine> {
  for (const group of text.split(/\n[ \t\f]*\n/)) {
    const parts = group.split('_');
    const isPaired = parts.length % 2 === 1;
    const runs: MeterRun[] = parts.map((part, at) => ({
      text: (isInWord(parts[at - 1], part) ? ' ' : '') + part.replaceAll('\n', ' '),
      marks:
        isPaired && at % 2 === 1 && part.trim() === part && !/\w$/.test(parts[at - 1] ?? '')
          ? markBit('emphasis')
          : 0,
    }));
    yield { where, runs };
  }
}

/** Whether an underscore stood between letters, where it parts words. */
function isInWord(before: string | undefined, after: string): boolean {
  return before !== undefined && /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}
