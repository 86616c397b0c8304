import { expect } from 'vitest';
import type { ChapterEntity } from '#core/model/entities.ts';
import { type Moment, pick, type Wish } from '../wish.ts';
import { anyBook, book, chapterId, chaptersIn, METADATA, text } from './sampleBook.ts';

const orderBefore = new WeakMap<Moment, string[]>();

/** Notes in which order the chapters of the first book stand. */
function noteOrder(moment: Moment): string[] {
  const ids = chaptersIn(moment).map(({ id }) => id);
  orderBefore.set(moment, ids);
  return ids;
}

/** Expects the chapters of the first book in the order they had, with `id` put behind `afterId` or first. */
function expectPlaced(moment: Moment, id: string, afterId: string | undefined): void {
  const others = (orderBefore.get(moment) ?? []).filter((other) => other !== id);
  others.splice(afterId === undefined ? 0 : others.indexOf(afterId) + 1, 0, id);
  expect(chaptersIn(moment).map((chapter) => chapter.id)).toEqual(others);
}

/** Mostly a chapter of the first book, sometimes one of another, sometimes one that is not there. */
function anyNeighbour(moment: Moment): string {
  const { amount, other } = moment.chances;
  if (amount % 9 === 0) return 'nothing';
  const all = moment.sample.project.all('chapter');
  const own: readonly ChapterEntity[] = chaptersIn(moment);
  return pick(amount % 5 === 0 ? all : own, other)?.id ?? 'nothing';
}

export const MANUSCRIPT_WISHES: Record<string, Wish> = {
  bookCreate: {
    command: ({ chances }) => ({
      type: 'book.create',
      metadata: { ...METADATA, title: `Book ${chances.amount}` },
      chapters: Array.from({ length: chances.other % 40 }, (_, index) => ({
        title: `Chapter ${index}`,
        blocks: chances.flag ? [text('a', `Words ${index}`)] : [],
      })),
    }),
    registers: [],
    scope: () => [],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.create') return;
      const { project } = moment.sample;
      const made = project.all('book').find(({ metadata }) => {
        return metadata.title === command.metadata.title;
      });
      const chapters = chaptersIn(moment, made?.id).map(({ title, blocks }) => ({ title, blocks }));
      expect(chapters).toEqual(command.chapters);
    },
  },
  bookDelete: {
    prepare: book,
    command: (moment) => ({ type: 'book.delete', bookId: anyBook(moment) }),
    registers: ['deleted'],
    scope: (moment) => [anyBook(moment), ...chaptersIn(moment).map(({ id }) => id)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.delete') return;
      expect(moment.sample.project.find('book', command.bookId)).toBeUndefined();
      expect(chaptersIn(moment, command.bookId)).toEqual([]);
    },
  },
  bookSetMetadata: {
    prepare: book,
    command: (moment) => ({
      type: 'book.setMetadata',
      bookId: anyBook(moment),
      metadata: {
        ...(moment.chances.flag && { title: `Renamed ${moment.chances.amount}` }),
        ...(moment.chances.other % 2 === 0 && { subtitle: 'With a subtitle' }),
        ...(moment.chances.other % 3 === 0 && { subtitle: null, publisher: 'Nobody' }),
      },
    }),
    registers: ['metadata'],
    scope: (moment) => [anyBook(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.setMetadata') return;
      const metadata = moment.sample.project.find('book', command.bookId)?.metadata;
      for (const [name, value] of Object.entries(command.metadata))
        expect(metadata?.[name as keyof typeof metadata] ?? null).toEqual(value);
      expect(metadata?.identifier).toBe(METADATA.identifier);
    },
  },
  bookSetNarration: {
    prepare: book,
    command: (moment) => ({
      type: 'book.setNarration',
      bookId: anyBook(moment),
      narration: {
        ...(moment.chances.other % 2 === 0 && { voice: 'espeak-ng/en-gb' }),
        ...(moment.chances.other % 3 === 0 && { voice: null, notes: 'read' }),
        ...(moment.chances.flag && {
          speed: 0.5 + moment.chances.amount / 1000,
          chapterVoices: { [chapterId(moment)]: 'espeak-ng/de' },
          lexicon: [{ word: 'Skerow', spoken: 'Sker-oh' }],
        }),
      },
    }),
    registers: ['narration'],
    scope: (moment) => [anyBook(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.setNarration') return;
      const narration = moment.sample.project.find('book', command.bookId)?.narration;
      for (const [name, value] of Object.entries(command.narration)) {
        if (value === null) expect(narration).not.toHaveProperty(name);
        else expect(narration).toHaveProperty(name, value);
      }
    },
  },
  chapterAdd: {
    prepare: book,
    command: (moment) => ({
      type: 'chapter.add',
      bookId: anyBook(moment),
      title: `Added ${moment.chances.amount}`,
      ...(moment.chances.other % 2 === 0 && { role: 'epilogue' }),
      blocks: [text('n', 'New words')],
      ...(moment.chances.flag && { afterId: anyNeighbour(moment) }),
    }),
    registers: [],
    scope: (moment) => {
      noteOrder(moment);
      return [];
    },
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.add') return;
      const before = orderBefore.get(moment) ?? [];
      const made = chaptersIn(moment).find(({ id }) => !before.includes(id));
      expect(made).toMatchObject({ title: command.title, blocks: command.blocks });
      expectPlaced(moment, made?.id ?? '', command.afterId ?? before.at(-1));
    },
  },
  chapterMove: {
    prepare: book,
    command: (moment) => ({
      type: 'chapter.move',
      chapterId: chapterId(moment),
      ...(moment.chances.flag && { afterId: anyNeighbour(moment) }),
    }),
    registers: ['order'],
    scope: (moment) => {
      noteOrder(moment);
      return [chapterId(moment)];
    },
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.move') return;
      if (command.afterId === command.chapterId)
        expect(chaptersIn(moment).map(({ id }) => id)).toEqual(orderBefore.get(moment));
      else expectPlaced(moment, command.chapterId, command.afterId);
    },
  },
  chapterDelete: {
    prepare: book,
    command: (moment) => ({ type: 'chapter.delete', chapterId: chapterId(moment) }),
    registers: ['deleted'],
    scope: (moment) => {
      noteOrder(moment);
      return [chapterId(moment)];
    },
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'chapter.delete') return;
      const left = (orderBefore.get(moment) ?? []).filter((id) => id !== command.chapterId);
      expect(chaptersIn(moment).map(({ id }) => id)).toEqual(left);
    },
  },
};
