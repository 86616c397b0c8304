import { type Block, type Chapter, type Inline, inlinesOf, walkBlocks } from './manuscript.ts';

/** Words in a text as its language counts them (Unicode word segmentation, UAX #29; dictionaries for Thai, Chinese …). */
export function countWords(text: string, language: string): number {
  let words = 0;
  for (const part of segmenter('word', language).segment(text)) if (part.isWordLike) words += 1;
  return words;
}

/** Words of a chapter's text: footnotes, captions and code count, its title and descriptions of pictures do not. */
export function countChapterWords(chapter: Pick<Chapter, 'blocks'>, language: string): number {
  return countWords(chapterText(chapter), language);
}

/** The text of a chapter without its title: one line per block or line of verse, notes after the block that calls them. */
export function chapterText(chapter: Pick<Chapter, 'blocks'>): string {
  return [...walkBlocks(chapter.blocks)].map(blockText).join('\n');
}

/** The text of runs, footnotes left out. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => (inline.kind === 'text' ? inline.text : '')).join('');
}

/** The text that stands directly in a block; lines of verse on lines of their own. */
export function blockText(block: Block): string {
  if (block.kind === 'verse') return block.lines.map(inlineText).join('\n');
  if (block.kind === 'code') return block.text;
  if (block.kind === 'image' || block.kind === 'table') return block.caption ?? '';
  return inlineText(inlinesOf(block));
}

const segmenters = new Map<string, Intl.Segmenter>();

/** A segmenter for a language, or for English where the tag is unknown to the runtime. */
export function segmenter(granularity: 'word' | 'sentence', language: string): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  const known = segmenters.get(key);
  if (known) return known;
  const supported = Intl.Segmenter.supportedLocalesOf([language]);
  const made = new Intl.Segmenter([...supported, 'en'], { granularity });
  segmenters.set(key, made);
  return made;
}
