import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse } from '#core/fault.ts';
import type { ExportPlan } from '#core/render/planExport.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { decimalSeconds } from '#core/time/flicks.ts';
import { frameStart } from '#core/time/rate.ts';
import { runFfmpeg } from '../process/runFfmpeg.ts';
import type { Ffmpeg } from '../tools/ffmpeg.ts';
import { MIX_CHANNELS } from './decodeSound.ts';

const REORDER_FRAMES = 2;

/**
 * Joins encoded spans and the mixed sound into one MP4: picture packets are copied, sound is encoded once.
 * Refuses `export/join-failed`.
 */
export async function joinFilm(options: {
  tools: Ffmpeg;
  plan: ExportPlan;
  settings: ExportSettings;
  /** One for each span of the plan, in order. */
  pieces: readonly string[];
  /** Raw samples from `mixSound`; null for a film without sound. */
  mix: string | null;
  subtitles: string | null;
  title: string;
  folder: string;
  output: string;
  signal: AbortSignal;
}): Promise<void> {
  const { tools, plan, settings, pieces, mix, subtitles, signal } = options;
  const list = join(options.folder, 'pieces.ffconcat');
  const entries = pieces.flatMap((piece, index) => {
    const span = plan.spans[index];
    const frames = span ? span.endFrame - span.startFrame : 0;
    return [
      `file '${piece.replaceAll("'", "'\\''")}'`,
      `duration ${decimalSeconds(frameStart(frames, plan.frameRate))}`,
    ];
  });
  await writeFile(list, `ffconcat version 1.0\n${entries.join('\n')}\n`);
  const inputs = ['-f', 'concat', '-safe', '0', '-i', list];
  const maps = ['-map', '0:v'];
  let inputCount = 1;
  if (mix !== null) {
    inputs.push(
      '-f',
      'f32le',
      '-ar',
      String(plan.sampleRateHz),
      '-ac',
      String(MIX_CHANNELS),
      '-i',
      mix,
    );
    maps.push('-map', `${inputCount}:a`, '-c:a', 'aac', '-b:a', `${settings.audioBitrateKbps}k`);
    inputCount += 1;
  }
  if (subtitles !== null) {
    inputs.push('-f', 'srt', '-i', subtitles);
    maps.push('-map', `${inputCount}:s`, '-c:s', 'mov_text');
  }
  const { den, num } = plan.frameRate;
  // Joining rounds times to microseconds, and short pieces begin with other decoding delays than long ones. At a
  // constant rate both times follow from the count: presentation on whole frames, decoding two frames ahead, which
  // is as far as H.264 with a pyramid of B-frames reorders.
  const exactTimes = `setts=pts=round(PTS/${den})*${den}:dts=(N-${REORDER_FRAMES})*${den}`;
  const failure = await runFfmpeg(
    tools,
    [
      ...inputs,
      ...maps,
      ...['-c:v', 'copy', '-bsf:v', exactTimes, '-video_track_timescale', String(num)],
      ...['-map_metadata', '-1', '-metadata', `title=${options.title}`],
      ...['-fflags', '+bitexact', '-flags:a', '+bitexact'],
      ...['-movflags', '+faststart', '-f', 'mp4'],
    ],
    options.output,
    { signal },
  );
  if (failure !== null) {
    refuse(
      'export/join-failed',
      'The parts of the film could not be joined. The project is unchanged; the details say what ffmpeg reported.',
      {
        reason: failure,
      },
    );
  }
}
