import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { exportOverridesSchema } from '../render/settings.ts';
import { defineCall } from './call.ts';
import { pathSchema } from './path.ts';

const project = z.object({ projectId: z.string() });
const timeline = project.extend({
  /** Default: the only timeline, or the first. */
  timelineId: objectIdSchema.optional(),
});

/** Something an interchange format could not carry. */
export const lossSchema = z.object({ code: z.string(), where: z.string(), message: z.string() });
export type Loss = z.infer<typeof lossSchema>;

/** One fact about a finished file that was compared with the plan. */
export const checkSchema = z.object({
  /** Stays the same between versions. */
  name: z.string(),
  ok: z.boolean(),
  /** What was found, as a sentence part. */
  value: z.string(),
  /** Whether a fact that is not ok makes the file wrong, or is only worth a look. Absent: `failure`. */
  level: z.enum(['failure', 'notice']).optional(),
});

/** What a finished film is, and what was checked about it. */
export const filmResultSchema = z.object({
  output: z.string(),
  frames: z.int(),
  spans: z.array(
    z.object({
      kind: z.enum(['copy', 'footage', 'graphics']),
      startFrame: z.int(),
      endFrame: z.int(),
      /** Whether it was there from an earlier export. */
      cached: z.boolean(),
      /** Why it was not copied from its source. */
      why: z.string().optional(),
    }),
  ),
  elapsedMs: z.number(),
  sizeBytes: z.number(),
  checks: z.array(checkSchema),
  /** What encoded the picture; `fallback`: why it was not the hardware that was asked for. */
  encoder: z
    .object({ name: z.string(), isHardware: z.boolean(), fallback: z.string().optional() })
    .optional(),
});
export type FilmResult = z.infer<typeof filmResultSchema>;

/** A film that was made some time ago; of very many pieces the spans are left out. */
export const filmReportSchema = z.object({ madeAtMs: z.number(), result: filmResultSchema });
export type FilmReport = z.infer<typeof filmReportSchema>;

export const filmCalls = {
  'timeline.import': defineCall({
    summary:
      'Reads an interchange file into a new timeline, with a report of what it could not carry.',
    input: project.extend({ path: pathSchema }),
    output: z.object({ timelineId: objectIdSchema, losses: z.array(lossSchema) }),
    changes: 'project',
  }),
  'timeline.export': defineCall({
    summary: 'Writes a timeline as an interchange file, with a report of what it could not carry.',
    input: timeline.extend({ path: pathSchema, force: z.boolean().default(false) }),
    output: z.object({ output: z.string(), losses: z.array(lossSchema) }),
    changes: 'files',
  }),
  'film.export': defineCall({
    summary: 'Starts writing a timeline as a film; the job’s result is a film result.',
    input: timeline.extend({
      output: pathSchema,
      force: z.boolean().default(false),
      preset: z.string().optional(),
      settings: exportOverridesSchema.default({}),
      /** Span encoders at once; default chosen from the processors. The film is the same for any number. */
      workers: z.int().min(1).max(64).optional(),
    }),
    output: z.object({ jobId: z.string() }),
    changes: 'files',
  }),
  'film.reports': defineCall({
    summary:
      'The last films that were made of a project and what was checked about them, newest first.',
    input: project,
    output: z.object({ reports: z.array(filmReportSchema) }),
    changes: 'nothing',
  }),
  'film.frame': defineCall({
    summary: 'Writes one frame of a timeline as PNG, exactly as the export shows it.',
    input: timeline.extend({
      frame: z.int().min(0),
      output: pathSchema,
      force: z.boolean().default(false),
    }),
    output: z.object({ output: z.string() }),
    changes: 'files',
  }),
};
