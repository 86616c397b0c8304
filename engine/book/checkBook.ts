import { type BookFinding, checkManuscript } from '#core/book/checkManuscript.ts';
import { chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import { DEFAULT_TRIM_SIZE } from '#core/book/print/trims.ts';
import { chapterText } from '#core/book/words.ts';
import { typeset } from './typeset.ts';

/** Checks a book: its manuscript, and whether the book fonts have every character it uses. */
export async function checkBook(
  manuscript: Manuscript,
  signal?: AbortSignal,
): Promise<BookFinding[]> {
  const findings = checkManuscript(manuscript);
  const hasText = manuscript.chapters.some((chapter) => chapter.blocks.length > 0);
  return hasText ? [...findings, ...(await checkGlyphs(manuscript, signal))] : findings;
}

async function checkGlyphs(
  manuscript: Manuscript,
  signal: AbortSignal | undefined,
): Promise<BookFinding[]> {
  const { missingGlyphs } = await typeset(
    {
      manuscript,
      use: 'screen',
      trim: DEFAULT_TRIM_SIZE,
      createdAtSeconds: 0,
      pictures: new Map(),
    },
    signal,
  );
  return missingGlyphs.map((char) => {
    const index = manuscript.chapters.findIndex((chapter) =>
      (chapter.title + chapterText(chapter)).includes(char),
    );
    const chapter = manuscript.chapters[index];
    return {
      id: 'missing-glyph',
      severity: 'error',
      where: chapter === undefined ? 'book' : chapterLabel(chapter, index),
      message: `The book font has no “${char}” (U+${codePoint(char)}), so print and PDF would show an empty box.`,
    };
  });
}

function codePoint(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
