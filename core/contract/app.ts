import { z } from 'zod';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

const doctorItemSchema = z.object({
  name: z.string(),
  ok: z.boolean(),
  version: z.string().nullable(),
  path: z.string().nullable(),
  /** What is missing and how to get it; empty when all is well. */
  hint: z.string(),
});

export const appCalls = {
  'app.info': defineCall({
    summary: 'Which Inkreel this is and where it keeps things.',
    input: z.object({}),
    output: z.object({
      version: z.string(),
      platform: z.string(),
      projectsDir: z.string(),
      exportsDir: z.string(),
    }),
    changes: 'nothing',
  }),
  'app.doctor': defineCall({
    summary: 'Versions and paths of what Inkreel needs, what is missing and how to get it.',
    input: z.object({}),
    output: z.object({ ok: z.boolean(), items: z.array(doctorItemSchema) }),
    changes: 'nothing',
  }),
  'files.list': defineCall({
    summary:
      'One folder of this computer, for choosing files where the shell has no dialog of its own.',
    input: z.object({
      /** Default: the home folder. */
      path: pathSchema.optional(),
    }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      places: z.array(z.object({ name: z.string(), path: z.string() })),
      entries: z.array(
        z.object({
          name: z.string(),
          path: z.string(),
          kind: z.enum(['folder', 'file']),
          sizeBytes: z.number(),
          modifiedAtMs: z.number(),
        }),
      ),
    }),
    changes: 'nothing',
  }),
};
