import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

const words = z.int().min(1).max(10_000_000);

/** Sets how long a book is meant to be, and how much is to be written a day. */
export const bookSetGoal = defineEdit({
  type: 'book.setGoal',
  label: 'Change goal',
  summary:
    'Sets how many words a book is meant to have and how many are to be written a day; null takes either away.',
  parameters: {
    bookId: objectIdSchema,
    words: words.nullable().optional(),
    perDay: words.nullable().optional(),
  },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    const whole = command.words === undefined ? book.goal?.words : command.words;
    const daily = command.perDay === undefined ? book.goal?.perDay : command.perDay;
    const goal = {
      ...(typeof whole === 'number' && { words: whole }),
      ...(typeof daily === 'number' && { perDay: daily }),
    };
    draft.set<'book'>(book.id, { goal: Object.keys(goal).length === 0 ? undefined : goal });
    return {};
  },
});
