import { z } from 'zod';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';

/** Sets what the author wants of a chapter, and notes on it that are for nobody else. */
export const chapterSet = defineEdit({
  type: 'chapter.set',
  label: 'Change chapter',
  summary:
    'Sets how many words a chapter is meant to have, and the author’s notes on it, which are never exported; null takes either away.',
  parameters: {
    chapterId: objectIdSchema,
    target: z.int().min(1).max(10_000_000).nullable().optional(),
    notes: z.string().max(100_000).nullable().optional(),
  },
  apply(draft, { chapterId, target, notes }) {
    const chapter = draft.need('chapter', chapterId);
    draft.set<'chapter'>(chapter.id, {
      ...(target !== undefined && { target: target ?? undefined }),
      ...(notes !== undefined && { notes: notes === null || notes === '' ? undefined : notes }),
    });
    return {};
  },
});
