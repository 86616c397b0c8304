import { expect } from 'vitest';
import { chapterText } from '#core/book/words.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { type Moment, pick, type Wish } from '../wish.ts';
import { anyBook, anyChapter, book, chapterId, chaptersIn, text } from './sampleBook.ts';

const anchor = { from: { blockId: 'b', offset: 2 }, to: { blockId: 'b', offset: 4 }, quote: 'co' };

/** A book with a comment on a chapter of it. */
function commented(moment: Moment): EditCommand[] {
  const chapter = anyChapter(moment);
  if (chapter === undefined) return book(moment);
  return [
    {
      type: 'comment.add',
      chapterId: chapter.id,
      anchor,
      text: 'Why?',
      madeAtMs: 1,
      commentId: 'why',
    },
  ];
}

const commentId = ({ sample }: Moment) => sample.project.all('comment')[0]?.id ?? 'nothing';
const allText = (moment: Moment) => chaptersIn(moment).map(chapterText).join('\n');
const textBefore = new WeakMap<Moment, string>();
const titlesBefore = new WeakMap<Moment, string[]>();
const chaptersAndComments = (moment: Moment) => {
  titlesBefore.set(
    moment,
    chaptersIn(moment).map(({ title }) => title),
  );
  textBefore.set(moment, allText(moment));
  return [
    ...chaptersIn(moment).map(({ id }) => id),
    ...moment.sample.project.all('comment').map(({ id }) => id),
  ];
};

export const BOOK_WISHES: Record<string, Wish> = {
  chapterWrite: {
    prepare: book,
    command: (moment) => ({
      type: 'chapter.write',
      chapterId: chapterId(moment),
      ...(moment.chances.flag && { title: 'Written' }),
      blocks: [text('x', `Words ${moment.chances.amount}`)],
      progress: { day: '2026-03-01', words: moment.chances.other },
    }),
    registers: ['title', 'text', 'words'],
    scope: (moment) => [
      chapterId(moment),
      ...moment.sample.project.all('writingDay').map(({ id }) => id),
    ],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.write') return;
      const { project } = moment.sample;
      const chapter = project.find('chapter', command.chapterId);
      expect(chapter?.blocks).toEqual(command.blocks);
      const days = project.all('writingDay').filter(({ bookId }) => bookId === chapter?.bookId);
      expect(days.map(({ words }) => words)).toEqual([command.progress?.words]);
    },
  },
  chapterSplit: {
    prepare: (moment) => [...book(moment), ...commented(moment)],
    command: (moment) => {
      const chapter = anyChapter(moment);
      const block = pick(chapter?.blocks ?? [], moment.chances.other);
      return {
        type: 'chapter.split',
        chapterId: chapter?.id ?? 'nothing',
        blockId: block?.id ?? 'nothing',
        offset: moment.chances.flag ? 0 : moment.chances.amount % 12,
      };
    },
    registers: ['text', 'chapterId', 'anchor'],
    scope: chaptersAndComments,
    expectDefinition: ({ moment }) => {
      const titles = chaptersIn(moment).map(({ title }) => title);
      for (const title of titlesBefore.get(moment) ?? []) titles.splice(titles.indexOf(title), 1);
      const letters = (words: string) => words.replace(/\s/g, '');
      const now = letters(allText(moment));
      // A heading, or the part of one behind the cut, became a title.
      expect(now.length + letters(titles.join('')).length).toBe(
        letters(textBefore.get(moment) ?? '').length,
      );
      for (const { blocks } of chaptersIn(moment)) {
        const ids = blocks.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)]);
      }
    },
  },
  chapterMerge: {
    prepare: (moment) => [...book(moment), ...commented(moment)],
    command: (moment) => ({
      type: 'chapter.merge',
      chapterId: chapterId(moment),
      title: moment.chances.flag ? 'heading' : 'drop',
    }),
    registers: ['text', 'chapterId', 'deleted'],
    scope: chaptersAndComments,
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.merge') return;
      const { project } = moment.sample;
      expect(project.find('chapter', command.chapterId)).toBeUndefined();
      for (const line of (textBefore.get(moment) ?? '').split('\n'))
        expect(allText(moment)).toContain(line);
      for (const { blocks } of chaptersIn(moment)) {
        const ids = blocks.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)]);
      }
    },
  },
  chapterDuplicate: {
    prepare: book,
    command: (moment) => ({ type: 'chapter.duplicate', chapterId: chapterId(moment) }),
    registers: [],
    scope: () => [],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.duplicate') return;
      const chapters = chaptersIn(moment);
      const index = chapters.findIndex(({ id }) => id === command.chapterId);
      const [original, copy] = [chapters[index], chapters[index + 1]];
      if (original === undefined || copy === undefined) throw new Error('There is no copy');
      expect(chapterText(copy)).toBe(chapterText(original));
      const ids = new Set(original.blocks.map(({ id }) => id));
      expect(copy.blocks.some(({ id }) => ids.has(id))).toBe(false);
    },
  },
  chapterSet: {
    prepare: book,
    command: (moment) => ({
      type: 'chapter.set',
      chapterId: chapterId(moment),
      target: moment.chances.flag ? null : moment.chances.amount + 1,
      notes: moment.chances.other % 2 === 0 ? null : 'Rewrite this.',
    }),
    registers: ['target', 'notes'],
    scope: (moment) => [chapterId(moment)],
  },
  chapterRestore: {
    prepare: book,
    command: (moment) => ({
      type: 'chapter.restore',
      chapterId: chapterId(moment),
      title: 'As it was',
      blocks: [text('old', 'Old words')],
    }),
    registers: ['title', 'text'],
    scope: (moment) => [chapterId(moment)],
  },
  bookReplace: {
    prepare: book,
    command: (moment) => ({
      type: 'book.replace',
      chapters: [
        { chapterId: chapterId(moment), blocks: [text('r', `Other ${moment.chances.amount}`)] },
      ],
    }),
    registers: ['text'],
    scope: (moment) => [chapterId(moment)],
  },
  bookSetGoal: {
    prepare: book,
    command: (moment) => ({
      type: 'book.setGoal',
      bookId: anyBook(moment),
      words: moment.chances.flag ? null : moment.chances.amount + 1,
      ...(moment.chances.other % 2 === 0 && { perDay: moment.chances.other + 1 }),
    }),
    registers: ['goal'],
    scope: (moment) => [anyBook(moment)],
  },
  bookLearnWord: {
    prepare: book,
    command: (moment) => ({
      type: 'book.learnWord',
      bookId: anyBook(moment),
      word: `Hobb${moment.chances.amount}`,
      forget: moment.chances.other % 4 === 0,
    }),
    registers: ['dictionary'],
    scope: (moment) => [anyBook(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.learnWord') return;
      const words = moment.sample.project.find('book', command.bookId)?.dictionary ?? [];
      expect(words.includes(command.word)).toBe(command.forget !== true);
    },
  },
  commentAdd: {
    prepare: book,
    command: (moment) => ({
      type: 'comment.add',
      chapterId: chapterId(moment),
      anchor,
      text: `C${moment.chances.amount}`,
      madeAtMs: moment.chances.other,
    }),
    registers: [],
    scope: () => [],
  },
  commentSet: {
    prepare: (moment) => [...book(moment), ...commented(moment)],
    command: (moment) => ({
      type: 'comment.set',
      commentId: commentId(moment),
      resolved: moment.chances.flag,
      text: `C${moment.chances.amount}`,
    }),
    registers: ['resolved', 'text'],
    scope: (moment) => [commentId(moment)],
  },
  commentRemove: {
    prepare: (moment) => [...book(moment), ...commented(moment)],
    command: (moment) => ({ type: 'comment.remove', commentId: commentId(moment) }),
    registers: ['deleted'],
    scope: (moment) => [commentId(moment)],
  },
};
