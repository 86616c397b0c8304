import { z } from 'zod';
import { commentAnchorSchema } from '../../book/commentAnchor.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';
import { chosenIdSchema } from '../ids.ts';

/** Writes a comment on words of a chapter. */
export const commentAdd = defineEdit({
  type: 'comment.add',
  label: 'Add comment',
  summary:
    'Writes a comment on words of a chapter. It is for those who write and is never exported.',
  parameters: {
    chapterId: objectIdSchema,
    anchor: commentAnchorSchema,
    text: z.string().max(10_000),
    /** When it was written, in milliseconds since 1970. */
    madeAtMs: z.int().min(0),
    commentId: chosenIdSchema.optional(),
  },
  apply(draft, { chapterId, anchor, text, madeAtMs, commentId }) {
    const chapter = draft.need('chapter', chapterId);
    const id = draft.create(
      'comment',
      { chapterId: chapter.id, anchor, text, madeAtMs },
      commentId ?? draft.newId(),
    );
    return { commentId: id };
  },
});
