import { z } from 'zod';
import { commentAnchorSchema } from '../../book/commentAnchor.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Changes the words of a comment, where it stands, or whether it is settled. */
export const commentSet = defineEdit({
  type: 'comment.set',
  label: 'Change comment',
  summary: 'Changes a comment: its words, the words it is about, or whether it is settled.',
  parameters: {
    commentId: objectIdSchema,
    text: z.string().max(10_000).optional(),
    resolved: z.boolean().optional(),
    anchor: commentAnchorSchema.optional(),
  },
  apply(draft, { commentId, text, resolved, anchor }) {
    const comment = draft.need('comment', commentId);
    draft.set<'comment'>(comment.id, {
      ...(text !== undefined && { text }),
      ...(anchor !== undefined && { anchor }),
      ...(resolved !== undefined && { resolved: resolved || undefined }),
    });
    return {};
  },
});
