import { expect } from 'vitest';
import { chapterText } from '#core/book/words.ts';
import { applyEdit } from '#core/edits/applyEdit.ts';
import { idsFrom } from '#core/edits/ids.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import { type Moment, pick, type Wish } from '../wish.ts';
import { anyBook, chaptersIn, METADATA } from './sampleBook.ts';

const FAULTS = [
  '"Straight," she said, \'and dull\'.',
  'Two  spaces -- and a dash...',
  'What?! No!!! ',
  'Plain words without a fault.',
];
const RULES = ['quote/straight-double', 'quote/straight-apostrophe', 'space/double'];

/** A book with what preflight finds and can mend. */
function faulty({ chances }: Moment): EditCommand[] {
  const paragraph = (id: string, chance: number) => ({
    kind: 'paragraph' as const,
    id,
    inlines: [{ kind: 'text' as const, text: pick(FAULTS, chance) ?? '' }],
  });
  return [
    {
      type: 'book.create',
      metadata: METADATA,
      chapters: [
        { title: 'One', blocks: [paragraph('a', chances.which), paragraph('b', chances.other)] },
        { title: '"Two"', blocks: [paragraph('c', chances.amount)] },
      ],
    },
  ];
}

const ignoring = (moment: Moment): EditCommand => ({
  type: 'book.ignore',
  bookId: anyBook(moment),
  rules: moment.chances.flag ? [pick(RULES, moment.chances.which) ?? ''] : [],
  places: [{ rule: pick(RULES, moment.chances.other) ?? '', at: 'a', found: '  ' }],
});

const ignoredIn = ({ sample }: Moment, bookId: string) =>
  sample.project.find('book', bookId)?.ignored ?? { rules: [], places: [] };
/** The letters and digits of a book, and nothing between them. */
const lettersOf = (moment: Moment) =>
  chaptersIn(moment)
    .map(chapterText)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
const lettersBefore = new WeakMap<Moment, string>();

export const PREFLIGHT_WISHES: Record<string, Wish> = {
  bookMend: {
    prepare: faulty,
    command: (moment) => ({
      type: 'book.mend',
      bookId: anyBook(moment),
      rules: moment.chances.flag ? 'all' : RULES.slice(0, 1 + (moment.chances.amount % 3)),
      ...(moment.chances.other % 3 === 0 && { at: { blockId: 'a' } }),
    }),
    registers: ['title', 'text', 'metadata'],
    scope: (moment) => {
      lettersBefore.set(moment, lettersOf(moment));
      return [anyBook(moment), ...chaptersIn(moment).map(({ id }) => id)];
    },
    expectDefinition: ({ moment, command }) => {
      expect(lettersOf(moment)).toBe(lettersBefore.get(moment));
      // What is mended is not found again. It is asked in a copy, which then goes back.
      const again = applyEdit(moment.sample.project, [command], idsFrom('again'));
      if (!again.ok) throw new Error(again.error.code);
      expect(again.value.outcomes).toEqual([{ places: 0 }]);
      moment.sample.project.apply(again.value.inverse);
    },
  },
  bookIgnore: {
    prepare: faulty,
    command: ignoring,
    registers: ['ignored'],
    scope: (moment) => [anyBook(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.ignore') return;
      const { rules, places } = ignoredIn(moment, command.bookId);
      expect(rules).toEqual(expect.arrayContaining(command.rules ?? []));
      expect(places).toEqual(expect.arrayContaining(command.places ?? []));
    },
  },
  bookHeed: {
    prepare: (moment) => [...faulty(moment), ignoring(moment)],
    command: (moment) => ({
      type: 'book.heed',
      bookId: anyBook(moment),
      rules: moment.chances.amount % 3 === 0 ? [pick(RULES, moment.chances.which) ?? ''] : [],
    }),
    registers: ['ignored'],
    scope: (moment) => [anyBook(moment)],
    expectDefinition: ({ moment, command }) => {
      if (command.type !== 'book.heed') return;
      const { rules, places } = ignoredIn(moment, command.bookId);
      if (command.rules?.length === 0) expect([...rules, ...places]).toEqual([]);
      for (const rule of command.rules ?? []) expect(rules).not.toContain(rule);
    },
  },
};
