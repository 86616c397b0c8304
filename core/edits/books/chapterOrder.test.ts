import { expect, test } from 'vitest';
import { apply, refusalOf, sampleProject } from '#tests/edits/sampleProject.ts';
import { chaptersOf } from './chapterOrder.ts';

const metadata = {
  title: 'Book',
  authors: [],
  language: 'en',
  identifier: 'urn:uuid:12345678-1234-4234-8234-123456789abc',
};
const chapters = ['One', 'Two', 'Three'].map((title) => ({ title, blocks: [] }));

test('a chapter goes behind the one that is named, and never behind one of another book', () => {
  const { project } = sampleProject();
  const [here, there] = ['here', 'there'].map((seed) => {
    const { outcomes } = apply(project, seed, [{ type: 'book.create', metadata, chapters }]);
    const bookId = String(outcomes[0]?.['bookId']);
    return { bookId, ids: chaptersOf(project, bookId).map(({ id }) => id) };
  });
  const [one = '', two = '', three = ''] = here?.ids ?? [];
  apply(project, 'move', [{ type: 'chapter.move', chapterId: one, afterId: two }]);
  expect(chaptersOf(project, here?.bookId ?? '').map(({ id }) => id)).toEqual([two, one, three]);

  const [foreign = ''] = there?.ids ?? [];
  const move = { type: 'chapter.move' as const, chapterId: one, afterId: foreign };
  expect(refusalOf(project, [move])).toBe('edit/other-book');
  const add = { type: 'chapter.add' as const, bookId: here?.bookId ?? '', title: 'New' };
  expect(refusalOf(project, [{ ...add, afterId: foreign }])).toBe('edit/other-book');
  expect(chaptersOf(project, here?.bookId ?? '').map(({ id }) => id)).toEqual([two, one, three]);
});
