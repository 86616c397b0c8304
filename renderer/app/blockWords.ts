import type { Block } from '#core/book/manuscript.ts';
import { countChapterWords } from '#core/book/words.ts';

const known = new WeakMap<Block, { language: string; words: number }>();

/** Words of a chapter's text, each block counted once for as long as it stays the same. */
export function wordsIn(blocks: readonly Block[], language: string): number {
  return blocks.reduce((sum, block) => sum + wordsOf(block, language), 0);
}

function wordsOf(block: Block, language: string): number {
  const before = known.get(block);
  if (before?.language === language) return before.words;
  const words = countChapterWords({ blocks: [block] }, language);
  known.set(block, { language, words });
  return words;
}
