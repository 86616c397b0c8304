import { z } from 'zod';
import { blocksSchema } from '../../book/manuscript.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Replaces the text of several chapters as one step. */
export const bookReplace = defineEdit({
  type: 'book.replace',
  label: 'Replace',
  summary: 'Replaces the text of chapters, as a replacement over the whole book does, as one step.',
  parameters: {
    chapters: z
      .array(z.strictObject({ chapterId: objectIdSchema, blocks: blocksSchema }))
      .min(1)
      .max(5_000),
  },
  apply(draft, { chapters }) {
    for (const { chapterId, blocks } of chapters)
      draft.set<'chapter'>(draft.need('chapter', chapterId).id, { blocks });
    return {};
  },
});
