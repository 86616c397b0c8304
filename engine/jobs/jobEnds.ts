import type { ExportProgress, Job } from '#core/contract/jobs.ts';
import { joinedStretches } from '#core/contract/stretches.ts';
import { type Fault, Refusal } from '#core/fault.ts';

/** What a stopped export still has: parts that were in the making are to be made anew. */
export function keptOf(frames: ExportProgress, progress: number): Pick<Job, 'frames' | 'progress'> {
  const stretches = frames.stretches.map((stretch) =>
    stretch.state === 'making' ? { ...stretch, state: 'waiting' as const } : stretch,
  );
  const framesDone = stretches
    .filter(({ state }) => state !== 'waiting')
    .reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
  const share = frames.framesDone === 0 ? 0 : framesDone / frames.framesDone;
  return {
    frames: { ...frames, framesDone, stretches: joinedStretches(stretches) },
    progress: Math.min(progress, progress * share),
  };
}

/** Whether a job has ended, whatever its end. */
export function isOver({ state }: Job): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/** Why work failed; what nobody expected is told as such. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Refusal) return error.fault;
  return {
    code: 'job/failed',
    message: 'Something unexpected went wrong. What was there before is unchanged.',
    details: { reason: String(error) },
  };
}
