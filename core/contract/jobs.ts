import { z } from 'zod';
import { faultSchema } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { defineCall } from './call.ts';
import { stretchSchema } from './stretches.ts';

/**
 * `paused` is a job that goes on only when somebody says so: one that was stopped for now, or one that Inkreel was
 * closed over.
 */
const jobStateSchema = z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled']);

/** How far an export is, counted in frames and not guessed. */
export const exportProgressSchema = z.object({
  /** Frames that are there, and frames that the film has. */
  framesDone: z.int().min(0),
  framesTotal: z.int().min(0),
  /** Of those done: taken over from the sources as they are, and kept from an earlier export. */
  framesCopied: z.int().min(0),
  framesCached: z.int().min(0),
  /** The film from its first frame to its last; stretches in the same state are one. At most a few hundred. */
  stretches: z.array(stretchSchema),
});
export type ExportProgress = z.infer<typeof exportProgressSchema>;

/** Long work: what it is, how far it is, how it ended. */
export const jobSchema = z.object({
  id: z.string(),
  kind: z.enum(['export', 'thumbnails', 'peaks', 'book', 'import']),
  /** What is being made, for a list of jobs: "Export harbour.mp4". */
  title: z.string(),
  projectId: z.string().optional(),
  assetId: objectIdSchema.optional(),
  /** Where the file will stand; only for exports. */
  output: z.string().optional(),
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
  /** Its place among the jobs that wait for the same turn, from 1; only while it waits or is paused. */
  place: z.int().min(1).optional(),
  /** Whether it can be paused and go on later with what it has made so far. */
  canPause: z.boolean().default(false),
  /** It was waiting or under way when Inkreel was closed, and has not gone on since. */
  isLeftOver: z.boolean().default(false),
  /** Only for exports of films, once their picture is begun. */
  frames: exportProgressSchema.optional(),
});
export type Job = z.infer<typeof jobSchema>;

const jobId = z.object({ jobId: z.string() });
const job = z.object({ job: jobSchema });

export const jobCalls = {
  'job.list': defineCall({
    summary: 'Jobs of this run of the engine and exports left over from the last, newest first.',
    input: z.object({}),
    output: z.object({ jobs: z.array(jobSchema) }),
    changes: 'nothing',
  }),
  'job.cancel': defineCall({
    summary: 'Stops a job; what it had begun is removed. A job that has ended stays as it is.',
    input: jobId,
    output: job,
    changes: 'nothing',
  }),
  'job.pause': defineCall({
    summary:
      'Stops an export for now; what it has finished is kept and used when it goes on. The next one that waits has its turn.',
    input: jobId,
    output: job,
    changes: 'nothing',
  }),
  'job.resume': defineCall({
    summary: 'Lets a paused job, or one left over from the last run, wait for its turn again.',
    input: jobId,
    output: job,
    changes: 'nothing',
  }),
  'job.move': defineCall({
    summary: 'Changes the turn of a job that waits; the one that runs stays first.',
    input: jobId.extend({ to: z.enum(['earlier', 'later', 'first', 'last']) }),
    output: job,
    changes: 'nothing',
  }),
  'job.retry': defineCall({
    summary:
      'Puts a failed or cancelled job at the end of the queue once more; a film is then made of the project as it is now.',
    input: jobId,
    output: job,
    changes: 'nothing',
  }),
  'job.open': defineCall({
    summary:
      'Opens the file that a job made with the system’s program for it, or shows it in its folder.',
    input: jobId.extend({ how: z.enum(['open', 'show']).default('open') }),
    output: z.object({}),
    changes: 'nothing',
  }),
  'job.remove': defineCall({
    summary: 'Takes a job that has ended off the list. What it made stays where it is.',
    input: jobId,
    output: z.object({}),
    changes: 'nothing',
  }),
};
