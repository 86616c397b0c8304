import { z } from 'zod';
import { faultSchema } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';

const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

/** Long work: what it is, how far it is, how it ended. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(['export', 'thumbnails', 'peaks', 'book']),
  /** What is being made, for a list of jobs: "Export harbour.mp4". */
  title: z.string(),
  projectId: z.string().optional(),
  assetId: objectIdSchema.optional(),
  state: jobStateSchema,
  /** From 0 to 1. */
  progress: z.number().min(0).max(1),
  /** What is happening now, as a sentence part: "Frame 120 of 600". */
  detail: z.string(),
  startedAtMs: z.number().optional(),
  endedAtMs: z.number().optional(),
  /** Estimated time left, once there is something to estimate from. */
  remainingMs: z.number().optional(),
  fault: faultSchema.optional(),
  /** What the job made; its shape depends on the kind. */
  result: z.unknown().optional(),
});
export type Job = z.infer<typeof jobSchema>;

export const jobCalls = {
  'job.list': defineCall({
    summary: 'Jobs of this run of the engine, newest first.',
    input: z.object({}),
    output: z.object({ jobs: z.array(jobSchema) }),
    changes: 'nothing',
  }),
  'job.cancel': defineCall({
    summary: 'Stops a job; what it had begun is removed. A job that has ended stays as it is.',
    input: z.object({ jobId: z.string() }),
    output: z.object({ job: jobSchema }),
    changes: 'nothing',
  }),
};
