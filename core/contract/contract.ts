import { z } from 'zod';
import { type Fault, faultSchema, type Result } from '../fault.ts';
import { objectIdSchema } from '../model/entities.ts';
import { writeSchema } from '../model/write.ts';
import { appCalls } from './app.ts';
import { bookCalls } from './books.ts';
import { captionCalls } from './captions.ts';
import { exportCalls } from './exports.ts';
import { filmCalls } from './films.ts';
import { historyCalls, historyStateSchema } from './history.ts';
import { jobCalls, jobSchema } from './jobs.ts';
import { libraryCalls } from './library.ts';
import { narrationCalls } from './narration.ts';
import { mediaCalls } from './media.ts';
import { projectCalls } from './projects.ts';
import { readingCalls } from './reading.ts';

/**
 * Every call an interface can make to the engine, by name (`domain.verb`). Any of them may fail with a fault of its
 * domain, `contract/bad-input` or `contract/unknown-call`; failures are values.
 */
export const contract = {
  ...appCalls,
  ...projectCalls,
  ...historyCalls,
  ...mediaCalls,
  ...filmCalls,
  ...exportCalls,
  ...captionCalls,
  ...bookCalls,
  ...narrationCalls,
  ...libraryCalls,
  ...readingCalls,
  ...jobCalls,
};

export type CallName = keyof typeof contract;
/** Input as a caller writes it, defaults left out. */
export type CallInput<N extends CallName> = z.input<(typeof contract)[N]['input']>;
/** Input as a handler sees it, defaults filled in. */
export type ParsedInput<N extends CallName> = z.output<(typeof contract)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof contract)[N]['output']>;

/** What the engine tells every interface that listens. */
export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('project.changed'),
    projectId: z.string(),
    revision: z.int(),
    writes: z.array(writeSchema),
    history: historyStateSchema,
  }),
  z.object({ type: z.literal('job.changed'), job: jobSchema }),
  z.object({ type: z.literal('job.removed'), jobId: z.string() }),
  /** Thumbnails or peaks of an asset are ready. */
  z.object({ type: z.literal('media.derived'), projectId: z.string(), assetId: objectIdSchema }),
]);
export type EngineEvent = z.infer<typeof engineEventSchema>;

/** The engine as an interface sees it, whatever carries the calls. */
export interface EngineClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>;
  /** Listens to events until the returned function is called. */
  listen(listener: (event: EngineEvent) => void): () => void;
}

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(contract, name);
}

/** The shape of an answer on the wire. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: faultSchema }),
]);
export type Answer = { ok: true; value: unknown } | { ok: false; error: Fault };
