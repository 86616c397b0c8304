import { z } from 'zod';
import { type Block, walkBlocks } from '../../book/manuscript.ts';
import { renewIds } from '../../book/renewIds.ts';
import { textRun } from '../../book/inlines.ts';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';
import { commentsOf } from './chapterComments.ts';
import { chaptersOf } from './chapterOrder.ts';

/** Joins a chapter to the one before it. Refuses `edit/no-chapter-before`. */
export const chapterMerge = defineEdit({
  type: 'chapter.merge',
  label: 'Merge chapters',
  summary:
    'Adds the text of a chapter to the chapter before it and removes it; its title becomes a heading there unless that is not wanted. Comments go with their words.',
  parameters: {
    chapterId: objectIdSchema,
    title: z.enum(['heading', 'drop']).default('heading'),
  },
  apply(draft, { chapterId, title }) {
    const chapter = draft.need('chapter', chapterId);
    const chapters = chaptersOf(draft.project, chapter.bookId);
    const before =
      chapters[chapters.findIndex(({ id }) => id === chapter.id) - 1] ??
      refuse('edit/no-chapter-before', 'There is no chapter before this one to merge it with.', {
        chapterId,
      });
    const words = chapter.title.trim();
    const heading: Block[] =
      title === 'heading' && words !== ''
        ? [{ kind: 'heading', id: draft.newId(), level: 1, inlines: [textRun(words)] }]
        : [];
    const taken = new Set([...walkBlocks(before.blocks)].map((block) => block.id));
    const added = renewIds(chapter.blocks, (id) => (taken.has(id) ? draft.newId() : id));
    draft.set<'chapter'>(before.id, { blocks: [...before.blocks, ...heading, ...added] });
    for (const comment of commentsOf(draft.project, chapter.id))
      draft.set<'comment'>(comment.id, { chapterId: before.id });
    draft.remove(chapter.id);
    return { chapterId: before.id };
  },
});
