import { z } from 'zod';
import { blocksSchema, bookMetadataSchema, chapterRoleSchema } from '../../book/manuscript.ts';
import { commentAnchorSchema } from '../../book/commentAnchor.ts';
import { objectIdSchema } from '../../model/entities.ts';
import { narrationSettingsSchema } from '../../narration/narrationSettings.ts';
import { orderBetween } from '../draft.ts';
import { defineEdit } from '../definition.ts';
import { chaptersOf, orderAfter } from './chapterOrder.ts';
import { noteProgress, progressSchema } from './writingProgress.ts';

export { chaptersOf };

/** Makes a book, with its chapters when it comes from a manuscript. */
export const bookCreate = defineEdit({
  type: 'book.create',
  label: 'New book',
  summary: 'Makes a book with the given metadata and chapters.',
  parameters: {
    metadata: bookMetadataSchema,
    chapters: z
      .array(
        z.object({
          title: z.string().max(500),
          role: chapterRoleSchema.optional(),
          blocks: blocksSchema,
        }),
      )
      .max(10_000)
      .default([]),
  },
  apply(draft, command) {
    const bookId = draft.create('book', { metadata: command.metadata });
    let order: string | undefined;
    const chapterIds = command.chapters.map((chapter) => {
      order = orderBetween(order, undefined);
      return draft.create('chapter', { bookId, order, ...chapter });
    });
    return { bookId, chapterIds };
  },
});

const { shape } = bookMetadataSchema;
/** Details to change; `null` takes away one that a book can do without. */
const detailChangesSchema = bookMetadataSchema.partial().extend({
  subtitle: shape.subtitle.nullable(),
  publisher: shape.publisher.nullable(),
  description: shape.description.nullable(),
  rights: shape.rights.nullable(),
  publishedOn: shape.publishedOn.nullable(),
  series: shape.series.nullable(),
  contributors: shape.contributors.nullable(),
  subjects: shape.subjects.nullable(),
});

/** Changes title, authors and the rest of what a book says of itself. */
export const bookSetMetadata = defineEdit({
  type: 'book.setMetadata',
  label: 'Change book details',
  summary:
    'Changes what a book says of itself; what is not given stays, and null takes a detail away.',
  parameters: { bookId: objectIdSchema, metadata: detailChangesSchema },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    const details = Object.entries({ ...book.metadata, ...command.metadata });
    const kept = Object.fromEntries(
      details.filter(([, value]) => value !== null && value !== undefined),
    );
    draft.set<'book'>(book.id, { metadata: bookMetadataSchema.parse(kept) });
    return {};
  },
});

const { shape: settings } = narrationSettingsSchema;
/** Settings to change; `null` goes back to what is usual. */
const narrationChangesSchema = z.strictObject({
  voice: settings.voice.nullable(),
  speed: settings.speed.nullable(),
  chapterVoices: settings.chapterVoices.nullable(),
  blockVoices: settings.blockVoices.nullable(),
  lexicon: settings.lexicon.nullable(),
  notes: settings.notes.nullable(),
});

/** Changes how a book is read aloud: its voices, their speed, and how words are spoken. */
export const bookSetNarration = defineEdit({
  type: 'book.setNarration',
  label: 'Change narration',
  summary:
    'Changes how a book is read aloud; what is not given stays, and null goes back to the usual.',
  parameters: { bookId: objectIdSchema, narration: narrationChangesSchema },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    const all = Object.entries({ ...book.narration, ...command.narration });
    const kept = Object.fromEntries(
      all.filter(([, value]) => value !== null && value !== undefined),
    );
    draft.set<'book'>(book.id, { narration: narrationSettingsSchema.parse(kept) });
    return {};
  },
});

/** Removes a book with its chapters; undo brings it back. */
export const bookDelete = defineEdit({
  type: 'book.delete',
  label: 'Delete book',
  summary: 'Removes a book with its chapters.',
  parameters: { bookId: objectIdSchema },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    for (const chapter of chaptersOf(draft.project, book.id)) draft.remove(chapter.id);
    draft.remove(book.id);
    return {};
  },
});

/** Adds a chapter after another, or at the end. */
export const chapterAdd = defineEdit({
  type: 'chapter.add',
  label: 'Add chapter',
  summary: 'Adds a chapter after another one, or at the end of the book.',
  parameters: {
    bookId: objectIdSchema,
    title: z.string().max(500),
    role: chapterRoleSchema.optional(),
    blocks: blocksSchema.default([]),
    afterId: objectIdSchema.optional(),
  },
  apply(draft, command) {
    const book = draft.need('book', command.bookId);
    const after = command.afterId ?? chaptersOf(draft.project, book.id).at(-1)?.id;
    const order = orderAfter(draft, book.id, after);
    const { title, role, blocks } = command;
    return {
      chapterId: draft.create('chapter', {
        bookId: book.id,
        order,
        title,
        ...(role !== undefined && { role }),
        blocks,
      }),
    };
  },
});

/** Replaces the text of a chapter, its title, its role, or several of them. */
export const chapterWrite = defineEdit({
  type: 'chapter.write',
  label: 'Write',
  summary: 'Replaces the text, the title or the role of a chapter; what is not given stays.',
  parameters: {
    chapterId: objectIdSchema,
    title: z.string().max(500).optional(),
    role: chapterRoleSchema.optional(),
    blocks: blocksSchema.optional(),
    /** Where comments on the text stand in it now. */
    anchors: z
      .array(z.strictObject({ commentId: objectIdSchema, anchor: commentAnchorSchema }))
      .max(10_000)
      .default([]),
    /** Who writes: the same number in edits that follow one another, another one after every undo. */
    writer: z.int().min(1).max(0xffff_ffff).optional(),
    /** What the day of writing comes to with it. */
    progress: progressSchema.optional(),
  },
  apply(draft, command) {
    const chapter = draft.need('chapter', command.chapterId);
    if (command.writer !== undefined) draft.writeAs(command.writer);
    draft.set<'chapter'>(chapter.id, {
      title: command.title ?? chapter.title,
      ...(command.blocks !== undefined && { blocks: command.blocks }),
      ...(command.role !== undefined && { role: command.role }),
    });
    for (const { commentId, anchor } of command.anchors)
      draft.set<'comment'>(draft.need('comment', commentId).id, { anchor });
    if (command.progress !== undefined) noteProgress(draft, chapter.bookId, command.progress);
    return {};
  },
});

/** Moves a chapter to another place in its book. */
export const chapterMove = defineEdit({
  type: 'chapter.move',
  label: 'Move chapter',
  summary: 'Moves a chapter behind another one, or to the beginning of its book.',
  parameters: { chapterId: objectIdSchema, afterId: objectIdSchema.optional() },
  apply(draft, command) {
    const chapter = draft.need('chapter', command.chapterId);
    if (command.afterId === chapter.id) return {};
    draft.set<'chapter'>(chapter.id, {
      order: orderAfter(draft, chapter.bookId, command.afterId, chapter.id),
    });
    return {};
  },
});

/** Removes a chapter; undo brings it back. */
export const chapterDelete = defineEdit({
  type: 'chapter.delete',
  label: 'Delete chapter',
  summary: 'Removes a chapter from its book.',
  parameters: { chapterId: objectIdSchema },
  apply(draft, command) {
    draft.remove(draft.need('chapter', command.chapterId).id);
    return {};
  },
});
