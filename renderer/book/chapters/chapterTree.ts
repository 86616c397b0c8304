import { type ChapterRole, matterOf } from '#core/book/manuscript.ts';
import type { ChapterEntity } from '#core/model/entities.ts';

export type TreeRow = {
  chapter: ChapterEntity;
  /** 1 for chapters of a part, else 0. */
  depth: 0 | 1;
  /** What it is counted as: chapters by number, front and back matter not at all. */
  number: number | null;
};

/** Chapters with their place below the parts: a part holds what follows it, up to the next part or the back matter. */
export function chapterTree(chapters: readonly ChapterEntity[]): TreeRow[] {
  let isInPart = false;
  let count = 0;
  return chapters.map((chapter) => {
    const role = roleOf(chapter);
    if (role === 'part') isInPart = true;
    else if (matterOf({ role }) !== 'body') isInPart = false;
    if (role === 'chapter') count += 1;
    return {
      chapter,
      depth: isInPart && role !== 'part' ? 1 : 0,
      number: role === 'chapter' ? count : null,
    };
  });
}

/** A part with the chapters that belong to it; anything else alone. */
export function withItsChapters(rows: readonly TreeRow[], index: number): TreeRow[] {
  const row = rows[index];
  if (row === undefined) return [];
  if (roleOf(row.chapter) !== 'part') return [row];
  const end = rows.findIndex((other, at) => at > index && other.depth === 0);
  return rows.slice(index, end === -1 ? undefined : end);
}

export function roleOf({ role = 'chapter' }: Pick<ChapterEntity, 'role'>): ChapterRole {
  return role;
}
