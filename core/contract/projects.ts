import { z } from 'zod';
import { anyCommandSchema } from '../edits/applyEdit.ts';
import { faultSchema } from '../fault.ts';
import { timelineFormatSchema } from '../model/entities.ts';
import { writeSchema } from '../model/write.ts';
import { defineCall } from './call.ts';
import { changeSchema, historyStateSchema } from './history.ts';
import { pathSchema } from './path.ts';

/** An open project: who it is, where it lies, and every register of it. */
export const openProjectSchema = z.object({
  projectId: z.string(),
  path: z.string(),
  name: z.string(),
  revision: z.int().min(0),
  readOnly: z.boolean(),
  /** Why it can only be read (`project/open-elsewhere`, `project/read-only`, …); null when it can be changed. */
  readOnlyReason: faultSchema.nullable(),
  history: historyStateSchema,
  writes: z.array(writeSchema),
});
export type OpenProject = z.infer<typeof openProjectSchema>;

export const recentProjectSchema = z.object({
  path: z.string(),
  name: z.string(),
  projectId: z.string(),
  openedAtMs: z.number(),
  missing: z.boolean(),
  durationFlicks: z.number(),
  words: z.number(),
  /** Path for the media address of a picture of it, when there is one. */
  poster: z.string().optional(),
});

const projectId = z.object({ projectId: z.string() });

export const projectCalls = {
  'project.new': defineCall({
    summary: 'Makes a project file with one empty timeline and opens it.',
    input: z.object({
      /** Default: a free name in the projects folder. */
      path: pathSchema.optional(),
      name: z.string().trim().min(1).max(200).default('Untitled'),
      format: timelineFormatSchema.optional(),
      /** Whether it begins with an empty timeline or an empty book. */
      start: z.enum(['film', 'book']).default('film'),
    }),
    output: openProjectSchema,
    changes: 'files',
  }),
  'project.open': defineCall({
    summary:
      'Opens a project file, for reading only while another program writes to it; opening it again takes over once that has ended.',
    input: z.object({ path: pathSchema }),
    output: openProjectSchema,
    changes: 'nothing',
  }),
  'project.openSample': defineCall({
    summary: 'Opens the sample project, made on first use.',
    input: z.object({
      /** Default: a folder of its own in the projects folder. */
      folder: pathSchema.optional(),
    }),
    output: openProjectSchema,
    changes: 'files',
  }),
  'project.close': defineCall({
    summary: 'Closes a project; nothing needs saving.',
    input: projectId,
    output: z.object({}),
    changes: 'nothing',
  }),
  'project.recent': defineCall({
    summary: 'Projects opened before, newest first.',
    input: z.object({}),
    output: z.object({ projects: z.array(recentProjectSchema) }),
    changes: 'nothing',
  }),
  'project.forget': defineCall({
    summary: 'Takes a project off the list of recent ones; its file stays.',
    input: z.object({ path: pathSchema }),
    output: z.object({}),
    changes: 'files',
  }),
  'project.edit': defineCall({
    summary: 'Applies edit commands as one edit, all or nothing; durable when it answers.',
    input: projectId.extend({
      commands: z.array(anyCommandSchema).min(1).max(10_000),
      /** Beginning of the ids of new objects, unique to this call; an interface sends it to apply the same edit itself. */
      idSeed: z
        .string()
        .min(8)
        .max(48)
        .regex(/^[A-Za-z0-9_-]+$/)
        .optional(),
      /** Successive edits of one gesture, such as a drag, are one step of undo; each is durable when it answers. */
      gesture: z.string().min(1).max(100).optional(),
    }),
    output: changeSchema.extend({ outcomes: z.array(z.record(z.string(), z.unknown())) }),
    changes: 'project',
  }),
  'project.check': defineCall({
    summary: 'Checks the file, the rules of the timeline and the media.',
    input: projectId,
    output: z.object({
      ok: z.boolean(),
      revision: z.int(),
      problems: z.array(z.object({ code: z.string(), where: z.string(), message: z.string() })),
    }),
    changes: 'nothing',
  }),
  'project.repair': defineCall({
    summary:
      'Writes a sound copy of a damaged or inconsistent project beside it, of all that can be read; the original stays as it is.',
    input: z.object({ path: pathSchema }),
    output: z.object({
      /** The repaired copy. */
      path: z.string(),
      revision: z.int(),
      /** Steps of history that were saved. */
      commits: z.int(),
      /** Values of the last state that were saved. */
      registers: z.int(),
      /** Whether the whole history could be read; otherwise the oldest or newest steps may be missing. */
      complete: z.boolean(),
    }),
    changes: 'files',
  }),
  'project.backups': defineCall({
    summary: 'The backups of a project, newest first; it need not be open.',
    input: projectId,
    output: z.object({
      backups: z.array(
        z.object({ name: z.string(), path: z.string(), atMs: z.number(), sizeBytes: z.number() }),
      ),
    }),
    changes: 'nothing',
  }),
  'project.restoreBackup': defineCall({
    summary: 'Copies a backup beside its project, under a name that says so, and opens the copy.',
    input: projectId.extend({
      /** Name of the backup, as `project.backups` gives it. */
      name: z.string().max(200),
    }),
    output: openProjectSchema,
    changes: 'files',
  }),
};
