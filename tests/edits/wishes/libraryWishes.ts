import { expect } from 'vitest';
import { type Moment, pick, type Wish } from '../wish.ts';

const METADATA = {
  title: 'Harbour',
  authors: [],
  language: 'en',
  identifier: 'urn:uuid:0b0f6c0e-5d0e-4c53-9e0b-0f3f0c7b1a11',
};

function bookId({ sample, chances }: Moment): string {
  return pick(sample.project.all('book'), chances.which)?.id ?? 'nothing';
}

export const LIBRARY_WISHES: Record<string, Wish> = {
  bookSetStatus: {
    prepare: ({ sample }) =>
      sample.project.all('book').length > 2
        ? []
        : [{ type: 'book.create', metadata: METADATA, chapters: [] }],
    command: (moment) => ({
      type: 'book.setStatus',
      bookId: bookId(moment),
      ...(moment.chances.amount % 3 !== 0 && {
        status: moment.chances.flag ? 'published' : 'draft',
      }),
      ...(moment.chances.other % 3 !== 0 && { archived: moment.chances.other % 2 === 0 }),
    }),
    registers: ['status', 'archived'],
    scope: (moment) => [bookId(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.setStatus') return;
      const book = moment.sample.project.find('book', command.bookId);
      if (command.status !== undefined) expect(book?.status).toBe(command.status);
      if (command.archived !== undefined) expect(book?.archived ?? false).toBe(command.archived);
    },
  },
};
