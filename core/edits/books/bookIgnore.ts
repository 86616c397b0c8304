import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import {
  type Ignored,
  ignoredPlaceSchema,
  keyOf,
  NOTHING_IGNORED,
} from '../../preflight/ignored.ts';
import { defineEdit } from '../definition.ts';

const what = {
  bookId: objectIdSchema,
  /** Rules to be silent about in the whole book. */
  rules: z.array(ignoredPlaceSchema.shape.rule).max(1_000).default([]),
  /** Single places, as findings name them. */
  places: z.array(ignoredPlaceSchema).max(1_000).default([]),
};

/** Leaves rules or single places out of what preflight says about a book. */
export const bookIgnore = defineEdit({
  type: 'book.ignore',
  label: 'Ignore in preflight',
  summary:
    'Makes preflight silent about rules in a book, or about single places. The text stays as it is.',
  parameters: what,
  apply(draft, command) {
    const { id, ignored = NOTHING_IGNORED } = draft.need('book', command.bookId);
    const places = new Map(
      [...ignored.places, ...command.places].map((place) => [keyOf(place), place]),
    );
    const rules = [...new Set([...ignored.rules, ...command.rules])].sort();
    draft.set<'book'>(id, { ignored: { rules, places: [...places.values()] } });
    return {};
  },
});

/** Takes rules or single places out of the list of what is ignored. */
export const bookHeed = defineEdit({
  type: 'book.heed',
  label: 'Heed in preflight',
  summary:
    'Lets preflight speak again about rules or places that were ignored; all of them when none is named.',
  parameters: what,
  apply(draft, command) {
    const { id, ignored = NOTHING_IGNORED } = draft.need('book', command.bookId);
    const isAll = command.rules.length === 0 && command.places.length === 0;
    const heeded = new Set(command.places.map(keyOf));
    const left: Ignored = {
      rules: isAll ? [] : ignored.rules.filter((rule) => !command.rules.includes(rule)),
      places: isAll ? [] : ignored.places.filter((place) => !heeded.has(keyOf(place))),
    };
    const isEmpty = left.rules.length === 0 && left.places.length === 0;
    draft.set<'book'>(id, { ignored: isEmpty ? undefined : left });
    return {};
  },
});
