import { expect, test } from 'vitest';
import type { ChapterRole } from '#core/book/manuscript.ts';
import { chapterTree, withItsChapters } from './chapterTree.ts';

const rows = chapterTree(
  (
    ['dedication', 'part', 'prologue', 'chapter', 'part', 'chapter', 'appendix'] as ChapterRole[]
  ).map((role, index) => ({
    kind: 'chapter',
    id: `c${index}`,
    bookId: 'b',
    order: `a${index}`,
    title: '',
    role,
    blocks: [],
  })),
);

test('a part holds what follows it, up to the next part or the back matter', () => {
  expect(rows.map(({ depth }) => depth)).toEqual([0, 0, 1, 1, 0, 1, 0]);
  expect(rows.map(({ number }) => number)).toEqual([null, null, null, 1, null, 2, null]);
});

test('a part moves with its chapters, a chapter alone', () => {
  const names = (index: number) => withItsChapters(rows, index).map(({ chapter }) => chapter.id);
  expect(names(1)).toEqual(['c1', 'c2', 'c3']);
  expect(names(4)).toEqual(['c4', 'c5']);
  expect(names(3)).toEqual(['c3']);
});
