import { Refusal } from '#core/fault.ts';
import { spokenFault } from '../files/systemFault.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { type FfmpegProgress, ffmpegProgress } from './ffmpegProgress.ts';
import { run, type RunOptions } from './run.ts';

export type FfmpegOptions = Pick<
  RunOptions,
  'cwd' | 'isPatient' | 'onStdoutData' | 'onStdoutLine' | 'readStdout' | 'writeStdin'
> & {
  signal?: AbortSignal | undefined;
  /** What is told of the progress; not together with output on standard output. */
  progress?: FfmpegProgress;
};

const REASON_CHARS = 2_000;

/**
 * Runs ffmpeg to write the file `output` (`pipe:1` for standard output). Gives null when it went well, else ffmpeg's
 * last words. Refuses what the system refused it, a full disk say, which ffmpeg may mention without failing.
 */
export async function runFfmpeg(
  tools: Ffmpeg,
  args: readonly string[],
  output: string,
  options: FfmpegOptions = {},
): Promise<string | null> {
  const { progress, signal, ...rest } = options;
  const { exitCode, stderr } = await run(
    tools.ffmpeg,
    [
      ...['-v', 'error', '-y'],
      ...(options.writeStdin ? [] : ['-nostdin']),
      ...(progress ? ['-progress', 'pipe:1'] : []),
      ...args,
      output,
    ],
    {
      ...rest,
      ...(signal ? { signal } : {}),
      ...(progress ? { onStdoutLine: ffmpegProgress(progress) } : {}),
    },
  );
  const fault = spokenFault(stderr, output);
  if (fault) throw new Refusal(fault);
  return exitCode === 0 ? null : stderr.trim().slice(-REASON_CHARS);
}
