import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Removes a comment; undo brings it back. */
export const commentRemove = defineEdit({
  type: 'comment.remove',
  label: 'Delete comment',
  summary: 'Removes a comment.',
  parameters: { commentId: objectIdSchema },
  apply(draft, { commentId }) {
    draft.remove(draft.need('comment', commentId).id);
    return {};
  },
});
