import { expect } from 'vitest';
import { COVER_TEMPLATES } from '#core/book/cover/coverDesign.ts';
import { THEME_IDS } from '#core/book/print/design.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { Book } from '#core/model/entities.ts';
import { type Moment, pick, type Wish } from '../wish.ts';

const metadata = {
  title: 'A book',
  authors: ['Somebody'],
  language: 'en',
  identifier: 'urn:uuid:5f0c9a3e-8d0f-4a52-9b6e-6a1f6d3b2c10',
};
const newBook: EditCommand = { type: 'book.create', metadata, chapters: [] };

function chosen({ sample, chances }: Moment): Book | undefined {
  return pick(sample.project.all('book'), chances.which);
}

export const DESIGN_WISHES: Record<string, Wish> = {
  bookSetDesign: {
    prepare: () => [newBook],
    command: (moment) => ({
      type: 'book.setDesign',
      bookId: chosen(moment)?.id ?? 'nothing',
      design:
        moment.chances.amount % 7 === 0
          ? null
          : {
              theme: pick(THEME_IDS, moment.chances.other) ?? 'classic',
              ...(moment.chances.flag && { textSize: 80 + (moment.chances.amount % 90) }),
            },
    }),
    registers: ['design'],
    scope: (moment) => [chosen(moment)?.id ?? 'nothing'],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.setDesign') return;
      const book = moment.sample.project.find('book', command.bookId);
      expect(book?.design ?? null).toEqual(command.design);
    },
  },
  bookSetCover: {
    prepare: () => [newBook],
    command: (moment) => ({
      type: 'book.setCover',
      bookId: chosen(moment)?.id ?? 'nothing',
      cover:
        moment.chances.amount % 7 === 0
          ? null
          : {
              template: pick(COVER_TEMPLATES, moment.chances.other) ?? 'lamp',
              ...(moment.chances.flag && { seed: moment.chances.amount }),
            },
    }),
    registers: ['cover'],
    scope: (moment) => [chosen(moment)?.id ?? 'nothing'],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.setCover') return;
      const book = moment.sample.project.find('book', command.bookId);
      expect(book?.cover ?? null).toEqual(command.cover);
    },
  },
};
