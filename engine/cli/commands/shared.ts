import type { Job } from '#core/contract/jobs.ts';
import type { OpenProject } from '#core/contract/projects.ts';
import { Project } from '#core/model/project.ts';
import { Cancelled } from '../../process/run.ts';
import { CallRefused, type CommandContext, unwrap } from '../command.ts';

/** A project opened for one command, with its state in memory. */
export type OpenForCommand = OpenProject & { project: Project };

export async function openProject(
  { engine }: CommandContext,
  path: string,
): Promise<OpenForCommand> {
  const opened = unwrap(await engine.call('project.open', { path }));
  return { ...opened, project: new Project(opened.writes) };
}

/** Waits for a job, shows its progress, and gives its result; an interrupt cancels it first. */
export async function finishJob(context: CommandContext, jobId: string): Promise<Job> {
  const { engine, output, signal } = context;
  const cancel = () => void engine.call('job.cancel', { jobId });
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const stopListening = engine.listen((event) => {
    if (event.type === 'job.changed' && event.job.id === jobId && event.job.state === 'running') {
      output.progress(event.job.title, event.job.progress, event.job.detail);
    }
  });
  try {
    const job = await engine.jobEnd(jobId);
    if (job.state === 'cancelled') throw new Cancelled();
    if (job.fault) throw new CallRefused(job.fault);
    return job;
  } finally {
    stopListening();
    signal.removeEventListener('abort', cancel);
    output.progressEnd();
  }
}

/** `1.2 MB`. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}

/** `2026-11-20 12:05`, on the clock of this computer. */
export function formatMoment(timeMs: number): string {
  const time = new Date(timeMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** `2.4 s`. */
export function formatSeconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Losses as lines, one each. */
export function lossLines(losses: readonly { where: string; message: string }[]): string[] {
  return losses.map((loss) => `  not carried: ${loss.where}: ${loss.message}`);
}
