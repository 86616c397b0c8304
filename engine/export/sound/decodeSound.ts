import { refuse } from '#core/fault.ts';
import type { ObjectId } from '#core/model/entities.ts';
import { silentBlock } from '#core/render/soundEffects/soundProcessor.ts';
import {
  decimalSeconds,
  type Flicks,
  FLICKS_PER_SECOND,
  flicks,
  maxFlicks,
  ZERO,
} from '#core/time/flicks.ts';
import { sampleAt } from '#core/time/rate.ts';
import { inputArguments } from '../../media/probe.ts';
import { runFfmpeg } from '../../process/runFfmpeg.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { readRaw } from './rawSound.ts';
import { exactly, type SoundStage } from './soundStage.ts';

/** Decoders need a little sound before the first sample to be exact from it on. */
const PREROLL: Flicks = flicks(FLICKS_PER_SECOND / 5);
/** Files are opened at whole multiples of this, at which a sample stands at every usual rate. */
const GRID: Flicks = flicks(FLICKS_PER_SECOND / 25);
/** Gaps in a recording of this length are filled, so that what follows stays in its place. */
const SMALLEST_GAP_SECONDS = 0.004;

/** A stream of sound in a file. */
export type SoundFile = {
  path: string;
  streamIndex: number;
  /** As far as known. */
  channels?: number;
  /** How long after the beginning of the file ffmpeg begins to count when it is opened there; see `startLag`. */
  startLag?: Flicks;
};

/**
 * Decodes `samples` samples of a file from a source time on, exact to the sample, silence where the file has none: the
 * time may lie before its beginning. One channel is heard from both sides as loud as recorded; more than two are mixed
 * down as ITU-R BS.775 has it, without the channel for low frequencies.
 * Refuses `export/sound-failed`.
 */
export async function decodeSound(options: {
  tools: Ffmpeg;
  clipId: ObjectId;
  file: SoundFile;
  sampleRateHz: number;
  from: Flicks;
  samples: number;
  signal: AbortSignal;
  next: SoundStage;
}): Promise<void> {
  const { tools, file, from, samples, sampleRateHz, signal } = options;
  const next = exactly(0, samples, options.next);
  const lead = sampleAt(maxFlicks(ZERO, flicks(-from)), sampleRateHz);
  if (lead > 0) await next.write(silentBlock(Math.min(lead, samples)));
  if (lead >= samples) return next.end();
  const lag = file.startLag ?? ZERO;
  const opened = openedAt(from, lag);
  const preroll = sampleAt(flicks(maxFlicks(ZERO, from) - opened), sampleRateHz);
  const filters = [
    ...(opened === 0 && lag > 0 ? [`asetpts=PTS+${decimalSeconds(lag)}/TB`] : []),
    ...(file.channels === 1 ? ['pan=stereo|c0=c0|c1=c0'] : []),
    `aresample=${sampleRateHz}:async=1:min_hard_comp=${SMALLEST_GAP_SECONDS}:first_pts=0`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    `atrim=start_sample=${preroll}:end_sample=${preroll + samples - lead}`,
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
    { signal, readStdout: (stdout) => readRaw(stdout, next) },
  );
  refuseFailure(options.clipId, failure);
  await next.end();
}

/** Where a file is opened: a little before, or at its very beginning if that would not be in the stream. */
function openedAt(from: Flicks, lag: Flicks): Flicks {
  const opened = flicks(Math.floor((from - PREROLL) / GRID) * GRID);
  return opened > lag ? opened : ZERO;
}

/** Refuses `export/sound-failed` where ffmpeg had something to say. */
export function refuseFailure(clipId: ObjectId, failure: string | null): void {
  if (failure === null) return;
  refuse(
    'export/sound-failed',
    'The sound of a clip could not be read. The project is unchanged; the details say what ffmpeg reported.',
    { clipId, reason: failure },
  );
}
