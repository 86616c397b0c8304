import { type Chapter, chapterLabel } from '../manuscript.ts';

export type PrintLabel = {
  /** What outline and contents call it. */
  label: string;
  /** The number of a chapter of the story, from 1; null for what is not numbered. */
  number: number | null;
};

/**
 * How chapters are named and numbered in print: only chapters of the story count, and one whose own title says a number
 * (“Chapter 4”, “IV. Home”, “4”) gets no second one.
 */
export function printLabels(chapters: readonly Chapter[]): PrintLabel[] {
  let count = 0;
  return chapters.map((chapter) => {
    const isCounted = (chapter.role ?? 'chapter') === 'chapter';
    if (isCounted) count += 1;
    const label = chapterLabel(chapter, isCounted ? count - 1 : 0);
    return { label, number: isCounted && !saysNumber(chapter.title) ? count : null };
  });
}

/** Whether a chapter has a heading: a dedication or a motto stands on its page alone. */
export function hasHeading(chapter: Pick<Chapter, 'role'>): boolean {
  return chapter.role !== 'dedication' && chapter.role !== 'epigraph';
}

function saysNumber(title: string): boolean {
  return (
    /^\s*(?:\p{L}+\s+)?(?:\d+|[IVXLC]+)\s*(?:[.:–—-].*)?$/u.test(title) ||
    /^\s*(?:chapter|kapitel|chapitre|capítulo|capitolo|hoofdstuk)\b/iu.test(title) ||
    /^\s*(?:\d+|[IVXLC]+)[.:]\s/u.test(title) ||
    /^\s*第?[\d〇零一二三四五六七八九十百]+[章話回部篇節幕]/u.test(title) ||
    /^\s*(?:الفصل|فصل|الباب|باب|פרק|अध्याय)(?:\s|$)/u.test(title)
  );
}
