import { renewIds } from '../../book/renewIds.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';
import { orderAfter } from './chapterOrder.ts';

/** Puts a copy of a chapter behind it, with ids of its own. */
export const chapterDuplicate = defineEdit({
  type: 'chapter.duplicate',
  label: 'Duplicate chapter',
  summary: 'Puts a copy of a chapter behind it; comments stay with the original.',
  parameters: { chapterId: objectIdSchema },
  apply(draft, { chapterId }) {
    const { bookId, title, role, blocks, id, target } = draft.need('chapter', chapterId);
    const copy = draft.create('chapter', {
      bookId,
      order: orderAfter(draft, bookId, id),
      title,
      ...(role !== undefined && { role }),
      ...(target !== undefined && { target }),
      blocks: renewIds(blocks, () => draft.newId()),
    });
    return { chapterId: copy };
  },
});
