import { z } from 'zod';
import { blocksSchema } from '../../book/manuscript.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Gives a chapter the title and text that it had. */
export const chapterRestore = defineEdit({
  type: 'chapter.restore',
  label: 'Restore chapter',
  summary: 'Gives a chapter a title and text that it had before, as a step of its own.',
  parameters: {
    chapterId: objectIdSchema,
    title: z.string().max(500),
    blocks: blocksSchema,
  },
  apply(draft, { chapterId, title, blocks }) {
    draft.set<'chapter'>(draft.need('chapter', chapterId).id, { title, blocks });
    return {};
  },
});
