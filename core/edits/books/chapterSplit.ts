import { z } from 'zod';
import { splitBlocks } from '../../book/splitBlocks.ts';
import { inlineText } from '../../book/words.ts';
import { refuse } from '../../fault.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { defineEdit } from '../definition.ts';
import { orderAfter } from './chapterOrder.ts';
import { takeComments } from './chapterComments.ts';

/**
 * Ends a chapter at a place in its text and begins another with the rest. Refuses `edit/no-such-block`,
 * `edit/nothing-to-split`.
 */
export const chapterSplit = defineEdit({
  type: 'chapter.split',
  label: 'Split chapter',
  summary:
    'Ends a chapter in front of a block, or within a paragraph after so many characters; the rest is a new chapter behind it, which takes a heading that it begins with for its title. Comments go with their words.',
  parameters: {
    chapterId: objectIdSchema,
    /** A block that stands directly in the chapter. */
    blockId: z.string().min(1).max(64),
    offset: z.int().min(0).default(0),
  },
  apply(draft, { chapterId, blockId, offset }) {
    const chapter = draft.need('chapter', chapterId);
    const parts =
      splitBlocks(chapter.blocks, blockId, offset, () => draft.newId()) ??
      refuse('edit/no-such-block', 'That place is no longer in the chapter. Try again.', {
        blockId,
      });
    if (parts.before.length === 0 || parts.after.length === 0) {
      refuse(
        'edit/nothing-to-split',
        'A chapter is split between its first and last words. Put the cursor there first.',
        { chapterId },
      );
    }
    const [first, ...rest] = parts.after;
    const isTitle = first?.kind === 'heading' && first.inlines.every(({ kind }) => kind === 'text');
    const newId = draft.create('chapter', {
      bookId: chapter.bookId,
      order: orderAfter(draft, chapter.bookId, chapter.id),
      title: isTitle ? inlineText(first.inlines).trim().slice(0, 500) : '',
      ...(chapter.role !== undefined && chapter.role !== 'part' && { role: chapter.role }),
      blocks: isTitle ? rest : parts.after,
    });
    draft.set<'chapter'>(chapter.id, { blocks: parts.before });
    takeComments(draft, chapter.id, newId, parts);
    return { chapterId: newId };
  },
});
