import type { Block, Chapter, Inline, Note, TextRun } from '../book/manuscript.ts';
import { inlinesOf } from '../book/manuscript.ts';

/** What stands in place of characters that are no prose: code, addresses, other languages; one for each of theirs. */
export const MASK = '\uFFFC';

/**
 * A stretch of text that rules read in one go: the text of a paragraph or heading, a line of verse, the title of a
 * chapter, what describes a picture or stands below it, a detail of the book.
 */
export type Passage = {
  field: 'text' | 'title' | 'alt' | 'caption' | 'detail';
  /** The chapter it stands in; null for a detail of the book. */
  chapterId: string | null;
  /** The block it stands in; null for a title and for a detail, which `detail` names. */
  block: Block | null;
  detail: 'title' | 'subtitle' | 'description' | 'rights' | null;
  /** As it is written, calls of notes left out. */
  text: string;
  /** The same text with code and addresses masked, character for character. */
  prose: string;
  /** The characters of `prose` that are no ASCII letters, each once; every digit stands as `0`. */
  signs: string;
  /** Where the text begins in the text of its block (`blockText`). */
  base: number;
  /** The runs it consists of; empty where there are none. */
  inlines: readonly Inline[];
  runs: readonly { start: number; end: number; run: TextRun }[];
  /** Notes called in it, each with how much text stands before the call. */
  calls: readonly { at: number; note: Note }[];
  isInNote: boolean;
};

type Place = Pick<Passage, 'field' | 'chapterId' | 'block' | 'detail' | 'base' | 'isInNote'>;

/** A passage of plain text. */
export function plainPassage(text: string, place: Partial<Place> & Pick<Place, 'field'>): Passage {
  const prose = maskAddresses(text);
  return {
    chapterId: null,
    block: null,
    detail: null,
    base: 0,
    isInNote: false,
    ...place,
    text,
    prose,
    signs: signsOf(prose),
    inlines: [],
    runs: [],
    calls: [],
  };
}

/** Every passage of a chapter in reading order, its title first. */
export function chapterPassages(chapter: Chapter, language: string): Passage[] {
  const passages: Passage[] = [];
  if (chapter.title !== '') {
    passages.push(plainPassage(chapter.title, { field: 'title', chapterId: chapter.id }));
  }
  for (const { block, isInNote } of placedBlocks(chapter.blocks)) {
    passages.push(...blockPassages(block, { chapterId: chapter.id, isInNote }, language));
  }
  return passages;
}

export type PlacedBlock = { block: Block; isInNote: boolean; depth: number };

/** Every block in reading order with where it stands, notes after the block that calls them. */
export function placedBlocks(blocks: readonly Block[], isInNote = false, depth = 1): PlacedBlock[] {
  return blocks.flatMap((block): PlacedBlock[] => [
    { block, isInNote, depth },
    ...placedBlocks(containedBlocks(block), isInNote, depth + 1),
    ...inlinesOf(block).flatMap((inline) =>
      inline.kind === 'note' ? placedBlocks(inline.blocks, true, depth + 1) : [],
    ),
  ]);
}

/** The blocks that stand in a block itself, its notes left out. */
function containedBlocks(block: Block): readonly Block[] {
  switch (block.kind) {
    case 'blockquote':
    case 'letter':
    case 'epigraph':
      return block.blocks;
    case 'list':
      return block.items.flatMap((item) => item.blocks);
    case 'table':
      return block.rows.flat().flatMap((cell) => cell.blocks);
    default:
      return [];
  }
}

function blockPassages(
  block: Block,
  where: Pick<Passage, 'chapterId' | 'isInNote'>,
  language: string,
): Passage[] {
  const place = { ...where, block, detail: null, base: 0 };
  if (block.kind === 'image' || block.kind === 'table') {
    const alt = block.kind === 'image' ? block.alt : '';
    const { caption } = block;
    return [
      ...(alt === '' ? [] : [plainPassage(alt, { ...place, field: 'alt' })]),
      ...(caption === undefined ? [] : [plainPassage(caption, { ...place, field: 'caption' })]),
    ];
  }
  if (block.kind === 'verse') {
    let base = 0;
    return block.lines.map((line) => {
      const passage = inlinePassage(line, { ...place, field: 'text', base }, language);
      base += passage.text.length + 1;
      return passage;
    });
  }
  const inlines = inlinesOf(block);
  return inlines.length === 0
    ? []
    : [inlinePassage(inlines, { ...place, field: 'text' }, language)];
}

/** Whether a run is no prose in the language of the book: code, or words of another language. */
function isForeign({ code, language }: TextRun, bookLanguage: string): boolean {
  const primary = (tag: string) => tag.toLowerCase().split('-')[0];
  return code === true || (language !== undefined && primary(language) !== primary(bookLanguage));
}

function inlinePassage(inlines: readonly Inline[], place: Place, language: string): Passage {
  let text = '';
  let shown = '';
  const runs: { start: number; end: number; run: TextRun }[] = [];
  const calls: { at: number; note: Note }[] = [];
  for (const inline of inlines) {
    if (inline.kind === 'note') calls.push({ at: text.length, note: inline });
    else {
      const start = text.length;
      text += inline.text;
      shown += isForeign(inline, language) ? MASK.repeat(inline.text.length) : inline.text;
      runs.push({ start, end: text.length, run: inline });
    }
  }
  const prose = maskAddresses(shown);
  return { ...place, text, prose, signs: signsOf(prose), inlines, runs, calls };
}

const WEB = /(?:https?:\/\/|www\.)[^\s<>“”"]+/giu;

/** Masks web and mail addresses, in which no rule of prose holds. */
function maskAddresses(text: string): string {
  const web =
    text.includes('://') || text.includes('www.')
      ? text.replace(WEB, (address) => {
          const end = address.replace(/[.,;:!?)’'»]{1,8}$/u, '');
          return MASK.repeat(end.length) + address.slice(end.length);
        })
      : text;
  return web.includes('@') ? maskMail(web) : web;
}

const MAIL_PART = /[\p{L}\p{N}._%+-]/u;
/** What stands on either side of the sign of an address is no longer than this (RFC 5321). */
const MAX_MAIL_CHARS = 255;

function maskMail(text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    let end = at + 1;
    const first = Math.max(from, at - MAX_MAIL_CHARS);
    const last = Math.min(text.length, at + MAX_MAIL_CHARS);
    while (start > first && MAIL_PART.test(text.charAt(start - 1))) start -= 1;
    while (end < last && MAIL_PART.test(text.charAt(end))) end += 1;
    while (text.charAt(end - 1) === '.') end -= 1;
    if (start >= at || end <= at + 1) continue;
    parts.push(text.slice(from, start), MASK.repeat(end - start));
    from = end;
  }
  return parts.join('') + text.slice(from);
}

function signsOf(text: string): string {
  let signs = '';
  let last = -1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
    if (isLetter || code === last) continue;
    last = code;
    const sign = code >= 48 && code <= 57 ? '0' : text.charAt(index);
    if (!signs.includes(sign)) signs += sign;
  }
  return signs;
}
