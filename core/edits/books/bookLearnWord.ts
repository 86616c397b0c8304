import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Takes a word for right in a book, or no longer. */
export const bookLearnWord = defineEdit({
  type: 'book.learnWord',
  label: 'Change dictionary',
  summary: 'Puts a word into the dictionary of a book, or takes it out.',
  parameters: {
    bookId: objectIdSchema,
    word: z.string().min(1).max(100),
    forget: z.boolean().default(false),
  },
  apply(draft, { bookId, word, forget }) {
    const book = draft.need('book', bookId);
    const others = (book.dictionary ?? []).filter((known) => known !== word);
    const words = forget ? others : [...others, word].sort();
    draft.set<'book'>(book.id, { dictionary: words.length === 0 ? undefined : words });
    return {};
  },
});
