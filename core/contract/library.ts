import { z } from 'zod';
import { bookMetadataSchema } from '../book/manuscript.ts';
import { anyCommandSchema } from '../edits/applyEdit.ts';
import { bookStatusSchema, objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

/** A book as the shelf shows it, wherever its project lies. */
export const shelfBookSchema = z.object({
  projectId: z.string(),
  /** The project's file. */
  path: z.string(),
  projectName: z.string(),
  bookId: objectIdSchema,
  metadata: bookMetadataSchema,
  status: bookStatusSchema,
  archived: z.boolean(),
  chapters: z.int(),
  words: z.int(),
  /** Words that the book is meant to have, where its author said so. */
  goalWords: z.int().optional(),
  /** When its project was last opened. */
  openedAtMs: z.number(),
});
export type ShelfBook = z.infer<typeof shelfBookSchema>;

export const libraryCalls = {
  'library.list': defineCall({
    summary: 'Every book of the projects opened before; projects need not be open.',
    input: z.object({}),
    output: z.object({
      books: z.array(shelfBookSchema),
      /** Projects that could not be read, and why. */
      unreadable: z.array(z.object({ path: z.string(), name: z.string(), message: z.string() })),
    }),
    changes: 'nothing',
  }),
  'library.edit': defineCall({
    summary:
      'Applies edit commands to a project of the shelf as one edit; it is opened for it if it is not open.',
    input: z.object({ path: pathSchema, commands: z.array(anyCommandSchema).min(1).max(100) }),
    output: z.object({
      revision: z.int(),
      /** Whether anything is another way than before, so that there is something to take back. */
      changed: z.boolean(),
      outcomes: z.array(z.record(z.string(), z.unknown())),
    }),
    changes: 'project',
  }),
  'library.duplicate': defineCall({
    summary:
      'Puts a copy of a book beside it in its project, as a draft with an identifier of its own.',
    input: z.object({ path: pathSchema, bookId: objectIdSchema }),
    output: z.object({ revision: z.int(), changed: z.boolean(), bookId: objectIdSchema }),
    changes: 'project',
  }),
  'library.undo': defineCall({
    summary: 'Takes an edit of the shelf back, if nothing came after it.',
    input: z.object({
      path: pathSchema,
      /** Of the edit, as it was answered. */
      revision: z.int(),
    }),
    output: z.object({ revision: z.int() }),
    changes: 'project',
  }),
};
