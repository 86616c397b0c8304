import { refuse } from '#core/fault.ts';
import { type LoudnessFacts, LoudnessMeter } from '#core/render/loudness/loudnessMeter.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { rawFormat, readRaw } from './rawSound.ts';

/** A file that has sound, as an export wrote it. */
export type WrittenSound = { path: string; sampleRateHz: number; channels: 1 | 2 };

/** How loud the first sound of a file is, as players decode it. Refuses `export/sound-failed`. */
export async function measureLoudness(
  tools: Ffmpeg,
  { path, sampleRateHz, channels }: WrittenSound,
  signal: AbortSignal,
): Promise<LoudnessFacts> {
  const meter = new LoudnessMeter(sampleRateHz);
  // Sound of one channel counts once, not from both sides.
  const layout = channels === 1 ? 'pan=stereo|c0=c0|c1=0*c0' : 'aformat=channel_layouts=stereo';
  const failure = await runFfmpeg(
    tools,
    [
      ...inputArguments(path),
      ...['-map', '0:a:0', '-af', layout],
      ...['-c:a', 'pcm_f32le', ...rawFormat(sampleRateHz)],
    ],
    'pipe:1',
    {
      signal,
      readStdout: (stdout) =>
        readRaw(stdout, {
          write(block) {
            meter.add(block);
            return Promise.resolve();
          },
        }),
    },
  );
  if (failure !== null) {
    refuse(
      'export/sound-failed',
      'The loudness of the film could not be measured. The project is unchanged; the details say what ffmpeg reported.',
      { reason: failure },
    );
  }
  return meter.facts();
}
