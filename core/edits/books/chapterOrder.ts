import { refuse } from '../../fault.ts';
import type { ChapterEntity } from '../../model/entities.ts';
import type { ProjectReader } from '../../model/project.ts';
import { type Draft, orderBetween } from '../draft.ts';

/** Chapters of a book in reading order. */
export function chaptersOf(project: ProjectReader, bookId: string): ChapterEntity[] {
  return project
    .all('chapter')
    .filter((chapter) => chapter.bookId === bookId)
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.id < b.id ? -1 : 1));
}

/**
 * The order of a chapter that comes behind another one, or first; `exceptId` is the one that moves. Refuses
 * `edit/other-book` when the other one stands elsewhere.
 */
export function orderAfter(
  draft: Draft,
  bookId: string,
  afterId: string | undefined,
  exceptId?: string,
): string {
  const chapters = chaptersOf(draft.project, bookId).filter((chapter) => chapter.id !== exceptId);
  if (afterId === undefined) return orderBetween(undefined, chapters[0]?.order);
  const after = draft.need('chapter', afterId);
  if (after.bookId !== bookId) {
    refuse('edit/other-book', 'That chapter is in another book. Choose one of this book.', {
      chapterId: afterId,
    });
  }
  const index = chapters.findIndex((chapter) => chapter.id === afterId);
  return orderBetween(chapters[index]?.order, chapters[index + 1]?.order);
}
