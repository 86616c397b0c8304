import { z } from 'zod';
import { bookStatusSchema, objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Says how far a book has come, or takes it off the shelf for now. */
export const bookSetStatus = defineEdit({
  type: 'book.setStatus',
  label: 'Change status',
  summary:
    'Says whether a book is a draft or published, and whether it is archived; what is not given stays.',
  parameters: {
    bookId: objectIdSchema,
    status: bookStatusSchema.optional(),
    archived: z.boolean().optional(),
  },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    draft.set<'book'>(book.id, {
      ...(command.status !== undefined && { status: command.status }),
      ...(command.archived !== undefined && { archived: command.archived ? true : undefined }),
    });
    return {};
  },
});
