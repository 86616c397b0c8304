import { writtenSampleRate } from '#core/render/formats.ts';
import type { LoudnessFacts } from '#core/render/loudness/loudnessMeter.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings, LoudnessTarget } from '#core/render/settings.ts';
import type { Ffmpeg } from '../../tools/ffmpeg.ts';
import { failure, type FilmCheck, notice } from '../check/filmCheck.ts';
import { measureLoudness } from './measureLoudness.ts';

const MOST_LU_OFF = 0.1;

/** Measures a finished film that was to have a certain loudness; gives nothing for others. */
export async function checkLoudness(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  settings: ExportSettings;
  path: string;
  /** Its sound could not be brought to that. */
  isTooQuiet: boolean;
  signal: AbortSignal;
}): Promise<FilmCheck[]> {
  const { tools, plan, settings, path, isTooQuiet, signal } = options;
  const { loudness: target, audioCodec, audioChannels: channels } = settings;
  if (target === undefined || plan.sound.length === 0 || audioCodec === 'none') return [];
  if (isTooQuiet) return [tooQuiet(target)];
  const sampleRateHz = writtenSampleRate(audioCodec, plan.sampleRateHz);
  return loudnessChecks(
    target,
    await measureLoudness(tools, { path, sampleRateHz, channels }, signal),
  );
}

function tooQuiet({ targetLufs }: LoudnessTarget): FilmCheck {
  return notice(
    'Loudness target',
    false,
    `the sound is too quiet or too short to be brought to ${signed(targetLufs)} LUFS; it was left as it is`,
  );
}

function loudnessChecks(target: LoudnessTarget, found: LoudnessFacts): FilmCheck[] {
  return [
    failure(
      'Loudness target',
      Math.abs(found.integratedLufs - target.targetLufs) <= MOST_LU_OFF,
      `${signed(found.integratedLufs)} LUFS of ${signed(target.targetLufs)} LUFS`,
    ),
    failure(
      'True peak',
      found.truePeakDb <= target.truePeakDb,
      `${signed(found.truePeakDb)} dBTP of at most ${signed(target.truePeakDb)} dBTP`,
    ),
    notice('Loudness range', true, `${found.rangeLu.toFixed(1)} LU`),
  ];
}

function signed(value: number): string {
  return value.toFixed(1).replace('-', '−');
}
