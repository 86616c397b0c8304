import type { BookMetadata, Chapter, Manuscript } from '../book/manuscript.ts';
import { chapterPassages, type Passage, placedBlocks, plainPassage } from './passage.ts';
import type { BookView, ChapterView, WordUse } from './rule.ts';

/** A manuscript as rules read it. */
export function bookView(manuscript: Manuscript, chapters: readonly ChapterView[]): BookView {
  const { metadata } = manuscript;
  return { metadata, details: detailPassages(metadata), chapters, words: wordsOfBook(chapters) };
}

function wordsOfBook(chapters: readonly ChapterView[]): Map<string, WordUse> {
  const words = new Map<string, WordUse>();
  for (const chapter of chapters) {
    for (const [word, use] of chapter.words) {
      const known = words.get(word);
      if (known) known.count += use.count;
      else words.set(word, { ...use });
    }
  }
  return words;
}

const DETAILS = ['title', 'subtitle', 'description', 'rights'] as const;

function detailPassages(metadata: BookMetadata): Passage[] {
  return DETAILS.flatMap((detail) => {
    const text = metadata[detail];
    return text === undefined || text === ''
      ? []
      : [plainPassage(text, { field: 'detail', detail })];
  });
}

/** A chapter as rules read it. */
export function chapterView(chapter: Chapter, language: string): ChapterView {
  const passages = chapterPassages(chapter, language);
  const { words, wordCount } = wordsOf(chapter.id, passages);
  return {
    id: chapter.id,
    title: chapter.title,
    role: chapter.role ?? 'chapter',
    blocks: chapter.blocks,
    passages,
    placed: placedBlocks(chapter.blocks),
    words,
    wordCount,
  };
}

/** Words with inner hyphens and apostrophes. */
const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'-][\p{L}\p{M}\p{N}]+)*/gu;

function wordsOf(
  chapterId: string,
  passages: readonly Passage[],
): {
  words: Map<string, WordUse>;
  wordCount: number;
} {
  const words = new Map<string, WordUse>();
  let wordCount = 0;
  for (const passage of passages) {
    if (passage.field !== 'text') continue;
    for (const match of passage.prose.matchAll(WORD)) {
      wordCount += 1;
      const spelling = match[0];
      const word = spelling.toLowerCase();
      const use = words.get(word);
      if (use) use.count += 1;
      else words.set(word, { count: 1, chapterId, passage, start: match.index, spelling });
    }
  }
  return { words, wordCount };
}
