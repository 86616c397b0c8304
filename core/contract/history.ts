import { z } from 'zod';
import { writeSchema } from '../model/write.ts';
import { defineCall } from './call.ts';

/** Words for the next undo and redo ("Split clip"); null when there is none. */
export const historyStateSchema = z.object({
  undo: z.string().nullable(),
  redo: z.string().nullable(),
});
export type HistoryState = z.infer<typeof historyStateSchema>;

/** What a call that changes a project answers: the new revision and what was written. */
export const changeSchema = z.object({
  revision: z.int(),
  writes: z.array(writeSchema),
  history: historyStateSchema,
});

const projectId = z.object({ projectId: z.string() });
const steps = z.int().min(1).max(10_000_000).default(1);
/** Names are checked by the engine, which says what is wrong with them. */
const versionName = z.string().max(1_000);

const namedVersionSchema = z.object({
  name: z.string(),
  /** The edit whose state it is; 0 is the beginning. */
  revision: z.int(),
  author: z.string(),
  savedAtMs: z.number(),
});

/** One change of a project. Edits form a tree; the other kinds lead from one place in it to another. */
const historyEntrySchema = z.object({
  revision: z.int(),
  kind: z.enum(['edit', 'undo', 'redo', 'jump']),
  label: z.string(),
  /** Empty when it is not known. */
  author: z.string(),
  atMs: z.number(),
  /** The edit that the state stood on before, and the one it stands on afterwards; 0 is the beginning. */
  parent: z.int(),
  head: z.int(),
  /** Edits that followed one another without a fork share a branch, named after its first edit. */
  branch: z.int().nullable(),
  /** The step of undo it belongs to, counted from the beginning; edits of one gesture share one. */
  step: z.int().nullable(),
  /** Whether the edit is part of the present state. */
  applied: z.boolean(),
});

export const historyCalls = {
  'project.undo': defineCall({
    summary: 'Takes back the last steps as one change, over restarts too.',
    input: projectId.extend({ steps }),
    output: changeSchema.extend({ undone: z.array(z.string()) }),
    changes: 'project',
  }),
  'project.redo': defineCall({
    summary: 'Does again what was undone, on the same way or else along the youngest branch.',
    input: projectId.extend({ steps }),
    output: changeSchema.extend({ redone: z.array(z.string()) }),
    changes: 'project',
  }),
  'project.goTo': defineCall({
    summary: 'Goes to the state after any revision, on whatever branch; 0 is the beginning.',
    input: projectId.extend({ revision: z.int().min(0) }),
    output: changeSchema,
    changes: 'project',
  }),
  'project.history': defineCall({
    summary: 'The changes of a project, newest first.',
    input: projectId.extend({
      limit: z.int().min(1).max(10_000).default(200),
      /** Only changes before this revision, for the next page. */
      before: z.int().min(1).optional(),
    }),
    output: z.object({
      /** The edit that the present state stands on; 0 is the beginning. */
      current: z.int(),
      entries: z.array(historyEntrySchema),
    }),
    changes: 'nothing',
  }),
  'project.versions': defineCall({
    summary: 'The states of a project that have names, the one saved last first.',
    input: projectId,
    output: z.object({ versions: z.array(namedVersionSchema) }),
    changes: 'nothing',
  }),
  'project.saveVersion': defineCall({
    summary: 'Gives the present state a name.',
    input: projectId.extend({ name: versionName }),
    output: z.object({ version: namedVersionSchema }),
    changes: 'project',
  }),
  'project.restoreVersion': defineCall({
    summary: 'Brings a named state back, as a step that undo takes back.',
    input: projectId.extend({ name: versionName }),
    output: changeSchema,
    changes: 'project',
  }),
  'project.renameVersion': defineCall({
    summary: 'Gives a named state another name.',
    input: projectId.extend({ name: versionName, newName: versionName }),
    output: z.object({ version: namedVersionSchema }),
    changes: 'project',
  }),
  'project.deleteVersion': defineCall({
    summary: 'Takes the name off a state, which stays in the history.',
    input: projectId.extend({ name: versionName }),
    output: z.object({}),
    changes: 'project',
  }),
};
