import type { Manuscript } from '#core/book/manuscript.ts';
import { countChapterWords } from '#core/book/words.ts';

/** The words of a whole book. */
export function wordsOf({ metadata, chapters }: Manuscript): number {
  return chapters.reduce((sum, chapter) => sum + countChapterWords(chapter, metadata.language), 0);
}
