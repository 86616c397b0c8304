import { refuse } from '#core/fault.ts';
import type { SoundPart } from '#core/render/soundParts.ts';
import {
  decimalSeconds,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  maxFlicks,
  subtractFlicks,
  ZERO,
} from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';
import { inputArguments } from '../media/probe.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';

/** Sound in the engine is stereo, 32-bit float, interleaved. */
export const MIX_CHANNELS = 2;
export const BYTES_PER_FRAME: number = MIX_CHANNELS * 4;
/** Decoders need a little sound before the first sample to be exact from it on. */
const PREROLL: Flicks = flicks(FLICKS_PER_SECOND / 5);

export type SoundFile = { path: string; streamIndex: number };

/**
 * Decodes `samples` samples of a file from a source time on, exact to the sample; fewer where the file ends. `filters`
 * come last.
 * Refuses `export/sound-failed`.
 */
export async function decodeSound(options: {
  tools: Ffmpeg;
  part: SoundPart;
  file: SoundFile;
  sampleRateHz: number;
  from: Flicks;
  samples: number;
  filters?: readonly string[];
  signal: AbortSignal;
  onData: (chunk: Buffer) => void;
}): Promise<void> {
  const { tools, file, from, samples, sampleRateHz, signal } = options;
  const opened = maxFlicks(ZERO, subtractFlicks(from, PREROLL));
  const preroll = sampleAt(subtractFlicks(from, opened), sampleRateHz);
  const filters = [
    `aresample=${sampleRateHz}:async=1:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `atrim=start_sample=${preroll}:end_sample=${preroll + samples}`,
    ...(options.filters ?? []),
  ];
  const failure = await runFfmpeg(
    tools,
    [
      ...(opened > 0 ? ['-ss', decimalSeconds(opened)] : []),
      ...inputArguments(file.path),
      ...['-map', `0:${file.streamIndex}`],
      ...['-af', filters.join(',')],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le'],
    ],
    'pipe:1',
    { signal, onStdoutData: options.onData },
  );
  refuseFailure(options.part, failure);
}

/** Refuses `export/sound-failed` where ffmpeg had something to say. */
export function refuseFailure(part: SoundPart, failure: string | null): void {
  if (failure === null) return;
  refuse(
    'export/sound-failed',
    'The sound of a clip could not be read. The project is unchanged; the details say what ffmpeg reported.',
    { clipId: part.clipId, reason: failure },
  );
}
