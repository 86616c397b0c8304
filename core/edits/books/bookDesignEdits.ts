import { coverDesignSchema } from '../../book/cover/coverDesign.ts';
import { bookDesignSchema } from '../../book/print/design.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Sets how a book is set in print, or takes its design away. */
export const bookSetDesign = defineEdit({
  type: 'book.setDesign',
  label: 'Change book design',
  summary:
    'Sets how a book is set in print: theme, page size and what is otherwise than the theme has it; null takes the design away.',
  parameters: { bookId: objectIdSchema, design: bookDesignSchema.nullable() },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    draft.set<'book'>(book.id, { design: command.design ?? undefined });
    return {};
  },
});

/** Sets what a book’s cover looks like, or takes it away. */
export const bookSetCover = defineEdit({
  type: 'book.setCover',
  label: 'Change cover',
  summary:
    'Sets what the cover of a book looks like; its words are the book’s own. Null takes the cover away.',
  parameters: { bookId: objectIdSchema, cover: coverDesignSchema.nullable() },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    draft.set<'book'>(book.id, { cover: command.cover ?? undefined });
    return {};
  },
});
