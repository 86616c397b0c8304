import { z } from 'zod';
import { faultSchema } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { exportOverridesSchema } from '../render/settings.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

/** What can be known of an export before it is begun. */
export const preflightSchema = z.object({
  /** Of the film; zero where it cannot be made. */
  frames: z.int(),
  /** Bytes of the finished file, and of what is kept beside it while it is made. Estimates. */
  sizeBytes: z.number(),
  workBytes: z.number(),
  /** Free bytes where the file will stand; null where that cannot be found out. */
  freeBytes: z.number().nullable(),
  /** From the pace of an earlier export with this codec and speed; null before there was one. */
  timeMs: z.number().nullable(),
  /** Files of the film that are nowhere. */
  missing: z.array(z.string()),
  /** Why it would not be made. */
  stops: z.array(faultSchema),
  /** What to know before it is begun. */
  warnings: z.array(faultSchema),
});
export type Preflight = z.infer<typeof preflightSchema>;

export const exportCalls = {
  'export.preflight': defineCall({
    summary:
      'Says what an export would come to and what stands in its way, without writing anything.',
    input: z.object({
      projectId: z.string(),
      timelineId: objectIdSchema.optional(),
      output: pathSchema.optional(),
      preset: z.string().optional(),
      settings: exportOverridesSchema.default({}),
    }),
    output: preflightSchema,
    changes: 'nothing',
  }),
};
