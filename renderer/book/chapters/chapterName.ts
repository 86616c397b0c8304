import { roleOf, type TreeRow } from './chapterTree.ts';
import { ROLE_NAMES } from './roleNames.ts';

/** What a chapter is called where it has no title: by its role, chapters by their number. */
export function chapterName({ chapter, number }: TreeRow): string {
  const title = chapter.title.trim();
  if (title !== '') return title;
  const role = ROLE_NAMES[roleOf(chapter)];
  return number === null ? role : `${role} ${number}`;
}
