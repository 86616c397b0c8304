import { type Chapter, chapterLabel, type Manuscript } from '#core/book/manuscript.ts';
import type { Finding } from '#core/preflight/check.ts';

/** What a check of files says about a rule. */
export type FileRule = Pick<Finding, 'id' | 'severity' | 'message' | 'why' | 'fix'>;

/** A finding about the book as a whole. */
export function bookFinding(
  rule: FileRule,
  found: { excerpt?: string; note?: string } = {},
): Finding {
  const { excerpt = '', note } = found;
  return {
    ...rule,
    where: 'book',
    canFix: false,
    ...(excerpt !== '' && { excerpt }),
    ...(note !== undefined && { note }),
    place: { rule: rule.id, at: 'book', found: excerpt.toWellFormed().slice(0, 400) },
  };
}

/** A finding at a block of a chapter. */
export function blockFinding(
  rule: FileRule,
  manuscript: Manuscript,
  chapter: Chapter,
  blockId: string,
  found: { excerpt: string; note?: string },
): Finding {
  const { excerpt, note } = found;
  return {
    ...rule,
    where: chapterLabel(chapter, manuscript.chapters.indexOf(chapter)),
    canFix: false,
    chapterId: chapter.id,
    blockId,
    excerpt,
    ...(note !== undefined && { note }),
    place: { rule: rule.id, at: blockId, found: excerpt.toWellFormed().slice(0, 400) },
  };
}
